import { LOCALES, type Locale } from '../../kernel/locale.js';
import {
  canonicalInline,
  exceedsInlineLimits,
  parseBlocks,
  renderBlocks,
  renderInline,
} from '../../kernel/rich-text/index.js';
import { duplicateMember } from '../../kernel/json-members.js';
import { writtenNumber } from '../../kernel/reference-code.js';
import { isBlank } from '../../kernel/unprintable.js';
import { MAX_TITLE_LENGTH } from '../release/index.js';
import { type Embargo, readEmbargo } from './page/embargo.js';
import type {
  CountryCode,
  ImportedRelease,
  ImportedText,
  Note,
  Refusal,
  TopicNames,
} from './page/imported.js';
import { repairC1 } from './page/mojibake.js';
import { noted, repairs, suggestions } from './page/page-notes.js';
import { Refused, refusalOf, refuseUnprintable } from './page/refused.js';
import { releaseLineSchema, type ReleaseLine } from './release-line.schema.js';

/** In UTF-16 units; the longest speech in four languages has a tenth of it. */
export const MAX_LINE_LENGTH = 2_000_000;

export type LineResult =
  | {
      readonly ok: true;
      readonly line: number;
      readonly release: ImportedRelease;
      readonly notes: readonly Note[];
      /** Until when the release may not be public, if a line of its texts contains an embargo. */
      readonly embargo: Embargo | null;
    }
  | (Refusal & { readonly line: number });

/** Creates a parser of lines for a set of states; `line` counts from 1 and identifies the line in the result. */
export function releaseLineParser(
  countries: ReadonlySet<CountryCode>,
): (text: string, line: number) => LineResult {
  const schema = releaseLineSchema(countries);
  return (text, line) => {
    try {
      const notes: Note[] = [];
      const release = toRelease(readLine(schema, text), notes);
      const embargo = embargoIn(release);
      if (embargo) {
        notes.push({
          ...noted('EMBARGO', embargo.line),
          repaired: embargo.until?.toISOString() ?? null,
        });
      }
      return { ok: true, line, release, notes, embargo };
    } catch (error) {
      return { ...refusalOf(error), line };
    }
  };
}

/** Like {@link releaseLineParser}, for one line. */
export function parseReleaseLine(
  text: string,
  line: number,
  countries: ReadonlySet<CountryCode>,
): LineResult {
  return releaseLineParser(countries)(text, line);
}

/**
 * The canonical serialization of a release as a line: members in a fixed order, sets sorted, texts in their stored
 * form. Parsing and serializing it again results in the same bytes. No line feed at the end.
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
      ...(text.publishedAt !== undefined && { publishedAt: text.publishedAt }),
      ...(text.slug !== undefined && { slug: text.slug }),
      ...(text.oldSlugs && text.oldSlugs.length > 0 && { oldSlugs: sortedSet(text.oldSlugs) }),
    };
  }
  return JSON.stringify({
    number: release.number,
    type: release.type,
    date: release.date,
    ...(release.publishedAt !== undefined && { publishedAt: release.publishedAt }),
    originalLocale: release.originalLocale,
    audiences: sortedSet(release.audiences),
    ...(release.mentions ? { mentions: sortedSet(release.mentions) } : {}),
    topics: sortedSet(release.topics),
    ...namesMember(release),
    texts,
  });
}

/** Only topics that have a name, in the order of the topics and of the locales. */
function namesMember({ topics, topicNames = {} }: ImportedRelease): { topicNames?: TopicNames } {
  const named = sortedSet(topics).flatMap((topic): [string, TopicNames[string]][] => {
    const names = LOCALES.flatMap((locale) => {
      const name = topicNames[topic]?.[locale];
      return name === undefined ? [] : [[locale, name]];
    });
    return names.length > 0 ? [[topic, Object.fromEntries(names) as TopicNames[string]]] : [];
  });
  return named.length > 0 ? { topicNames: Object.fromEntries(named) } : {};
}

/** Omits null values. */
function namesOf({ topicNames }: ReleaseLine): { topicNames?: TopicNames } {
  if (!topicNames) return {};
  const named = Object.entries(topicNames).map(([topic, names]) => {
    return [topic, Object.fromEntries(Object.entries(names).filter(([, name]) => name))];
  });
  return { topicNames: Object.fromEntries(named) as TopicNames };
}

function readLine(schema: ReturnType<typeof releaseLineSchema>, text: string): ReleaseLine {
  if (text.length > MAX_LINE_LENGTH) throw new Refused('LINE_TOO_LONG', { count: MAX_LINE_LENGTH });
  const json = text.replace(/^\uFEFF/, '');
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new Refused('LINE_NOT_JSON', {});
  }
  const twice = duplicateMember(json);
  if (twice !== null) throw new Refused('LINE_MEMBER_TWICE', { member: shortName([twice]) });
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = issue?.path.map(String) ?? [];
  if (issue?.code === 'unrecognized_keys') {
    throw new Refused('LINE_MEMBER_UNKNOWN', { member: shortName([...path, issue.keys[0] ?? '']) });
  }
  if (path.length === 0) throw new Refused('LINE_NOT_JSON', {});
  const written =
    path[0] === 'number' && typeof issue?.input === 'string' && writtenNumber(issue.input);
  if (written) {
    throw new Refused('LINE_NUMBER_INVALID', { number: shortName([String(issue.input)]), written });
  }
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
    if (text) texts[locale] = toText(text, locale, notes);
  }
  const { number, type, date, publishedAt, originalLocale } = line;
  if (!texts[originalLocale]) {
    throw new Refused('LINE_MEMBER_MISSING', { member: `texts.${originalLocale}` });
  }
  return {
    number,
    type,
    date,
    ...(publishedAt && { publishedAt }),
    originalLocale,
    audiences: sortedSet(line.audiences ?? []),
    mentions: line.mentions ? sortedSet(line.mentions) : null,
    topics: sortedSet(line.topics ?? []),
    ...namesOf(line),
    texts,
  };
}

type TextOfLine = NonNullable<ReleaseLine['texts'][Locale]>;

function toText(text: TextOfLine, locale: Locale, notes: Note[]): ImportedText {
  const path = `texts.${locale}`;
  const value = (raw: string, member: string): string =>
    settled(raw, `${path}.${member}`, path, notes);
  const title = canonicalInline(value(text.title, 'title'), 'HEADING');
  const { plainText } = renderInline(title);
  if (isBlank(plainText)) throw new Refused('LINE_MEMBER_INVALID', { member: `${path}.title` });
  if (exceedsInlineLimits(title) || plainText.length > MAX_TITLE_LENGTH) {
    throw new Refused('TEXT_TOO_LONG', { member: `${path}.title` });
  }
  const summary = summaryOf(value(text.summary ?? '', 'summary'));
  if (summary !== null && exceedsInlineLimits(summary)) {
    throw new Refused('TEXT_TOO_LONG', { member: `${path}.summary` });
  }
  const markdown = value(text.body, 'body');
  const body = parseBlocks(markdown);
  if (!body.ok) throw new Refused(body.reason, { member: `${path}.body`, line: body.line });
  const lines = markdown.split('\n');
  for (const { what, line } of body.reduced) {
    notes.push(noted(what === 'RULE' ? 'SEPARATOR' : 'NESTED', lines[line - 1]?.trim() ?? ''));
  }
  const { blocks } = body;
  const parts = [
    title,
    ...(summary === null ? [] : [summary]),
    ...blocks.map((block) => block.text),
  ];
  parts.forEach((inline) => notes.push(...notesOn(inline, locale)));
  const { publishedAt, slug, oldSlugs } = text;
  return {
    title,
    summary,
    blocks,
    ...(publishedAt && { publishedAt }),
    ...(slug && { slug }),
    ...(oldSlugs && oldSlugs.length > 0 && { oldSlugs: sortedSet(oldSlugs) }),
  };
}

/** A string as it is stored: composed, with its quotation marks repaired, and without unprintable characters. */
function settled(raw: string, member: string, path: string, notes: Note[]): string {
  if (raw.length > MAX_LINE_LENGTH) throw new Refused('TEXT_TOO_LONG', { member });
  const repaired = repairC1(raw);
  refuseUnprintable(repaired, member);
  notes.push(...repairs(raw, null));
  const nfc = repaired.normalize('NFC');
  if (nfc !== repaired) notes.push({ code: 'NFC', original: path, repaired: null, block: null });
  return nfc;
}

const HTML_TAG = /<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>/gi;

function notesOn(inline: string, locale: Locale): Note[] {
  const { plainText } = renderInline(inline);
  const tags = [...new Set(plainText.match(HTML_TAG) ?? [])];
  const html = tags.length === 0 ? [] : [noted('HTML_AS_TEXT', tags.join(' '))];
  return [...html, ...suggestions(plainText, null, locale)];
}

/** How many paragraphs from either end may contain lines for newsrooms. */
const EDGE = 3;

function embargoIn({ texts }: ImportedRelease): Embargo | null {
  for (const text of Object.values(texts)) {
    const blocks = [...text.blocks.slice(0, EDGE), ...text.blocks.slice(EDGE).slice(-EDGE)];
    const lines = [text.title, text.summary ?? '', ...blocks.map((block) => block.text)];
    for (const line of lines) {
      const embargo = readEmbargo(renderInline(line).plainText);
      if (embargo) return embargo;
    }
  }
  return null;
}

function summaryOf(summary: string | null): string | null {
  return canonicalInline((summary ?? '').normalize('NFC'), 'PARAGRAPH') || null;
}

/** By code unit, so that the order is the same on every machine. */
function sortedSet(values: readonly string[]): string[] {
  return [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));
}
