import { LOCALES, type Locale } from '../../../kernel/locale.js';
import {
  canonicalInline,
  exceedsInlineLimits,
  MAX_INLINE_LENGTH,
  parseBlocks,
  renderBlocks,
} from '../../../kernel/rich-text/index.js';
import type { CountryCode, ImportedRelease, ImportedText, Note, Refusal } from './imported.js';
import { Refused, refusalOf } from './refused.js';
import { releaseLineSchema, type ReleaseLine } from './release-line.schema.js';

/** In UTF-16 units; four languages of the longest speech take a tenth of it. */
export const MAX_LINE_LENGTH = 2_000_000;

/** Longer than any title; a paragraph that was taken for one is refused. */
const MAX_TITLE_LENGTH = 1_000;

export type LineResult =
  | {
      readonly ok: true;
      readonly line: number;
      readonly release: ImportedRelease;
      readonly notes: readonly Note[];
    }
  | (Refusal & { readonly line: number });

/** A parser of lines for a set of states; `line` counts from 1 and names the line in the result. */
export function releaseLineParser(
  countries: ReadonlySet<CountryCode>,
): (text: string, line: number) => LineResult {
  const schema = releaseLineSchema(countries);
  return (text, line) => {
    try {
      const notes: Note[] = [];
      return { ok: true, line, release: toRelease(readLine(schema, text), notes), notes };
    } catch (error) {
      return { ...refusalOf(error), line };
    }
  };
}

/** As {@link releaseLineParser}, for one line. */
export function parseReleaseLine(
  text: string,
  line: number,
  countries: ReadonlySet<CountryCode>,
): LineResult {
  return releaseLineParser(countries)(text, line);
}

/**
 * The one way to write a release as a line: members in a fixed order, sets sorted, texts in their
 * stored form. What is read from it is written as the same bytes again. No line feed at the end.
 */
export function formatReleaseLine(release: ImportedRelease): string {
  const texts: Record<string, unknown> = {};
  for (const locale of LOCALES) {
    const text = release.texts[locale];
    if (!text) continue;
    const blocks = text.blocks.map(({ kind, text: inline }) => ({
      kind,
      text: inline.normalize('NFC'),
    }));
    texts[locale] = {
      title: canonicalInline(text.title.normalize('NFC'), 'HEADING'),
      summary: summaryOf(text.summary),
      body: renderBlocks(blocks).markdown,
    };
  }
  return JSON.stringify({
    number: release.number,
    type: release.type,
    date: release.date,
    originalLocale: release.originalLocale,
    audiences: sortedSet(release.audiences),
    ...(release.mentions ? { mentions: sortedSet(release.mentions) } : {}),
    topics: sortedSet(release.topics),
    texts,
  });
}

function readLine(schema: ReturnType<typeof releaseLineSchema>, text: string): ReleaseLine {
  if (text.length > MAX_LINE_LENGTH) throw new Refused('LINE_TOO_LONG', { count: MAX_LINE_LENGTH });
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new Refused('LINE_NOT_JSON', {});
  }
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.map(String) ?? [];
  if (issue?.code === 'unrecognized_keys') {
    throw new Refused('LINE_MEMBER_UNKNOWN', { member: shortName([...path, issue.keys[0] ?? '']) });
  }
  if (path.length === 0) throw new Refused('LINE_NOT_JSON', {});
  const missing = issue?.input === undefined && issue?.code !== 'custom';
  throw new Refused(missing ? 'LINE_MEMBER_MISSING' : 'LINE_MEMBER_INVALID', {
    member: shortName(path),
  });
}

function shortName(path: readonly string[]): string {
  const name = path.join('.');
  return name.length > 80 ? `${name.slice(0, 79)}…` : name;
}

function toRelease(line: ReleaseLine, notes: Note[]): ImportedRelease {
  const texts: Partial<Record<Locale, ImportedText>> = {};
  for (const locale of LOCALES) {
    const text = line.texts[locale];
    if (text) texts[locale] = toText(text, `texts.${locale}`, notes);
  }
  const { number, type, date, originalLocale } = line;
  if (!texts[originalLocale]) {
    throw new Refused('LINE_MEMBER_MISSING', { member: `texts.${originalLocale}` });
  }
  return {
    number,
    type,
    date,
    originalLocale,
    audiences: sortedSet(line.audiences ?? []),
    mentions: line.mentions ? sortedSet(line.mentions) : null,
    topics: sortedSet(line.topics ?? []),
    texts,
  };
}

type TextOfLine = NonNullable<ReleaseLine['texts'][Locale]>;

function toText(text: TextOfLine, path: string, notes: Note[]): ImportedText {
  const composed = (value: string): string => {
    const nfc = value.normalize('NFC');
    if (nfc !== value) notes.push({ code: 'NFC', original: path, repaired: null, block: null });
    return nfc;
  };
  const { title: rawTitle, summary: rawSummary } = text;
  if (rawTitle.length > MAX_TITLE_LENGTH) {
    throw new Refused('TEXT_TOO_LONG', { member: `${path}.title` });
  }
  if ((rawSummary ?? '').length > MAX_INLINE_LENGTH) {
    throw new Refused('TEXT_TOO_LONG', { member: `${path}.summary` });
  }
  const title = canonicalInline(composed(rawTitle), 'HEADING');
  if (title === '') throw new Refused('LINE_MEMBER_INVALID', { member: `${path}.title` });
  if (exceedsInlineLimits(title)) {
    throw new Refused('TEXT_TOO_LONG', { member: `${path}.title` });
  }
  const summary = summaryOf(composed(rawSummary ?? ''));
  if (summary !== null && exceedsInlineLimits(summary)) {
    throw new Refused('TEXT_TOO_LONG', { member: `${path}.summary` });
  }
  const body = parseBlocks(composed(text.body));
  if (!body.ok) throw new Refused(body.reason, { member: `${path}.body`, line: body.line });
  return { title, summary, blocks: body.blocks };
}

function summaryOf(summary: string | null): string | null {
  return canonicalInline((summary ?? '').normalize('NFC'), 'PARAGRAPH') || null;
}

/** By code unit, so that the order is the same on every machine. */
function sortedSet(values: readonly string[]): string[] {
  return [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));
}
