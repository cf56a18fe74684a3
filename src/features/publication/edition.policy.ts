import type { Locale, LocaleMask } from '../../kernel/locale.js';
import { maskOf } from '../../kernel/locale.js';
import {
  type BlockKind,
  type Freshness,
  type SegmentKind,
  type TextOrigin,
  worstFreshness,
} from '../../kernel/release.js';
import type { StoredRendering } from '../../kernel/rich-text/index.js';
import { freshnessAgainst, type SourceVersion, WHOLE_ORIGINAL } from '../release/index.js';
import type { LocaleSegment } from '../translation/index.js';
import type { Correction } from './correction-row.js';

/** One segment of one locale in an edition. */
export interface EditionSegment {
  readonly key: string;
  readonly kind: SegmentKind;
  readonly own: boolean;
  /** Inline CommonMark; null if the locale omits the segment on purpose. */
  readonly text: string | null;
  readonly sourceDigest: string | null;
  readonly origin: TextOrigin;
  readonly freshness: Freshness;
}

/** The text of one locale in an edition, in reading order. */
export interface EditionText {
  readonly locale: Locale;
  readonly revision: number;
  readonly segments: readonly EditionSegment[];
  /** The worst of its segments; also STALE if a segment of the original is missing. */
  readonly freshness: Freshness;
}

/** The sources that the texts of an edition are compared with: its own original, and all versions. */
export interface EditionSource {
  /** Digests of the original in this edition, by key; see `sourceDigests`. */
  readonly digests: ReadonlyMap<string, string>;
  readonly versions: ReadonlyMap<string, readonly SourceVersion[]>;
}

/** The current text of a locale, for a new edition. */
export function freshText(
  locale: Locale,
  revision: number,
  segments: readonly LocaleSegment[],
  source: EditionSource,
): EditionText {
  const there = segments.filter(({ text, omitted }) => text !== null || omitted);
  const parts = there.map(({ key, kind, own, text, sourceDigest, origin }) => {
    return { key, kind, own, text, sourceDigest, origin: origin ?? 'HUMAN' };
  });
  return judged(locale, revision, parts, source);
}

/** A text that is carried over from the last edition: only its freshness is computed again. */
export function carriedText(text: EditionText, source: EditionSource): EditionText {
  return judged(text.locale, text.revision, text.segments, source);
}

function judged(
  locale: Locale,
  revision: number,
  parts: readonly Omit<EditionSegment, 'freshness'>[],
  source: EditionSource,
): EditionText {
  const segments = parts.map((part): EditionSegment => {
    return { ...part, freshness: segmentFreshness(part, source) };
  });
  const shown = segments.filter(({ text }) => text !== null);
  const worst = worstFreshness(shown.map(({ freshness }) => freshness));
  return { locale, revision, segments, freshness: lacksSource(parts, source) ? 'STALE' : worst };
}

function segmentFreshness(
  { key, own, sourceDigest }: Omit<EditionSegment, 'freshness'>,
  { digests, versions }: EditionSource,
): Freshness {
  if (sourceDigest === null) return 'CURRENT';
  const source = own ? WHOLE_ORIGINAL : key;
  return freshnessAgainst(versions.get(source) ?? [], sourceDigest, digests.get(source));
}

/** Whether the original has a segment that this text neither translates nor omits on purpose. */
function lacksSource(
  parts: readonly { readonly key: string }[],
  { digests }: EditionSource,
): boolean {
  const keys = new Set(parts.map(({ key }) => key));
  return [...digests.keys()].some((key) => key !== WHOLE_ORIGINAL && !keys.has(key));
}

/** One text with its provenance, for readers. */
export interface PublishedText {
  readonly text: string;
  readonly origin: TextOrigin;
  readonly freshness: Freshness;
}

export interface PublishedBlock extends PublishedText {
  readonly key: string;
  readonly kind: BlockKind;
  /** The rendering that is stored with the content in the tables for readers. */
  readonly rendered?: StoredRendering | undefined;
}

/** The fields of a text for readers. */
export interface PublishedContent {
  readonly title: PublishedText;
  readonly summary: PublishedText | null;
  readonly blocks: readonly PublishedBlock[];
  /** That of the text as a whole: never better than the worst block. */
  readonly bodyFreshness: Freshness;
  /** Newest first; absent if there are none. */
  readonly corrections?: readonly Correction[];
}

/**
 * @param original the original in the same edition
 * @throws Error for a text without a title: no edition may have one
 */
export function publishedContent(text: EditionText, original: EditionText): PublishedContent {
  let title: PublishedText | null = null;
  let summary: PublishedText | null = null;
  const blocks: PublishedBlock[] = [];
  for (const { key, kind, text: value, origin, freshness } of text.segments) {
    if (value === null) continue;
    if (kind === 'TITLE') title = { text: value, origin, freshness };
    else if (kind === 'SUMMARY') summary = { text: value, origin, freshness };
    else blocks.push({ key, kind, text: value, origin, freshness });
  }
  if (!title) throw new Error(`the text in ${text.locale} has no title`);
  const worst = worstFreshness(blocks.map(({ freshness }) => freshness));
  return { title, summary, blocks, bodyFreshness: lacksBlock(text, original) ? 'STALE' : worst };
}

/** {@link lacksSource} for the body alone: a missing summary does not count. */
function lacksBlock(text: EditionText, original: EditionText): boolean {
  const keys = new Set(text.segments.map(({ key }) => key));
  return original.segments.some(({ key, kind }) => {
    return kind !== 'TITLE' && kind !== 'SUMMARY' && !keys.has(key);
  });
}

/** The masks by which the locale for a reader is decided; see migrations/0005-published. */
export interface EditionMasks {
  readonly published: LocaleMask;
  readonly withSummary: LocaleMask;
  readonly withBody: LocaleMask;
  readonly stale: LocaleMask;
  readonly retracted: LocaleMask;
}

/** @param everPublished all locales that any edition of this release has had */
export function editionMasks(
  texts: readonly EditionText[],
  everPublished: LocaleMask,
): EditionMasks {
  const having = (test: (content: PublishedContent, text: EditionText) => boolean) => {
    return maskOf(texts.filter((t) => test(publishedContent(t, t), t)).map(({ locale }) => locale));
  };
  const published = having(() => true);
  return {
    published,
    withSummary: having(({ summary }) => summary !== null),
    withBody: having(({ blocks }) => blocks.length > 0),
    stale: having((_, { freshness }) => freshness === 'STALE'),
    retracted: everPublished & ~published,
  };
}

/** The locales whose text differs from the last edition; `before` is null for a first edition. */
export function changedLocales(
  before: readonly EditionText[] | null,
  after: readonly EditionText[],
): Locale[] {
  const old = new Map(before?.map((text) => [text.locale, wording(text)]));
  return after.filter((text) => old.get(text.locale) !== wording(text)).map(({ locale }) => locale);
}

/** The locales whose words for readers are the same as in the last edition. */
export function unchangedWords(
  before: readonly EditionText[],
  after: readonly EditionText[],
): Locale[] {
  const old = new Map(before.map((text) => [text.locale, words(text)]));
  return after.filter((text) => old.get(text.locale) === words(text)).map(({ locale }) => locale);
}

/** The visible text and its kinds, without origin and source. */
function words({ segments }: EditionText): string {
  const shown = segments.filter(({ text }) => text !== null);
  return JSON.stringify(shown.map(({ kind, text }) => [kind, text]));
}

/** The source counts too: readers see the freshness of a text that was confirmed for a new source. */
function wording({ segments }: EditionText): string {
  const parts = segments.map(({ key, kind, text, origin, sourceDigest }) => {
    return [key, kind, text, origin, sourceDigest];
  });
  return JSON.stringify(parts);
}
