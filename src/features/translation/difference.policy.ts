import { diffArrays } from 'diff';

import { type Locale, TAG_OF } from '../../kernel/locale.js';
import type { SegmentKind } from '../../kernel/release.js';
import { type LocaleSegment, readingOrder } from './reading-order.policy.js';

export const DIFFERENCE_PARTS = ['EQUAL', 'DELETED', 'INSERTED'] as const;
export type DifferencePartKind = (typeof DIFFERENCE_PARTS)[number];

export const SEGMENT_CHANGES = ['ADDED', 'REMOVED', 'CHANGED', 'MOVED'] as const;
export type SegmentChange = (typeof SEGMENT_CHANGES)[number];

export interface DifferencePart {
  readonly kind: DifferencePartKind;
  readonly text: string;
}

/** One segment that differs between two texts. */
export interface SegmentDifference {
  readonly key: string;
  /** That of the later text; of the earlier one for a removed segment. */
  readonly kind: SegmentKind;
  readonly change: SegmentChange;
  /** null if there was none, or it was omitted on purpose. */
  readonly before: string | null;
  readonly after: string | null;
  /** All but INSERTED is the text before, all but DELETED the text after. */
  readonly parts: readonly DifferencePart[];
}

/** Limits of one comparison, in steps of the algorithm and in characters: a fraction of a second. */
const MAX_STEPS = 1_000_000;
const MAX_CHARACTERS = 200_000;

/** Compares texts word by word up to the limits; after that, as wholes. */
class WordComparison {
  private steps = MAX_STEPS;
  private characters = MAX_CHARACTERS;
  private readonly segmenter: Intl.Segmenter;

  constructor(locale: Locale) {
    this.segmenter = new Intl.Segmenter(TAG_OF[locale], { granularity: 'word' });
  }

  parts(before: string, after: string): DifferencePart[] {
    if (before === after) return merged([{ kind: 'EQUAL', text: before }]);
    this.characters -= before.length + after.length;
    const parts = this.characters < 0 ? null : this.wordParts(before, after);
    return merged(
      parts ?? [
        { kind: 'DELETED', text: before },
        { kind: 'INSERTED', text: after },
      ],
    );
  }

  /** The steps of Myers' algorithm grow with the square of the number of changes. */
  private wordParts(before: string, after: string): DifferencePart[] | null {
    const maxEditLength = Math.min(600, Math.floor(Math.sqrt(this.steps)));
    const changes = diffArrays(this.words(before), this.words(after), { maxEditLength });
    const edits = changes?.reduce((sum, { added, removed, count }) => {
      return sum + (added || removed ? count : 0);
    }, 0);
    this.steps -= (edits ?? maxEditLength) ** 2;
    if (!changes) return null;
    return changes.map(({ added, removed, value }) => {
      return { kind: added ? 'INSERTED' : removed ? 'DELETED' : 'EQUAL', text: value.join('') };
    });
  }

  private words(text: string): string[] {
    return Array.from(this.segmenter.segment(text), ({ segment }) => segment);
  }
}

/** Merges neighbors of one kind, and white space between two changes into these: deletions come first. */
function merged(parts: readonly DifferencePart[]): DifferencePart[] {
  const result: DifferencePart[] = [];
  let deleted = '';
  let inserted = '';
  const flush = () => {
    if (deleted !== '') result.push({ kind: 'DELETED', text: deleted });
    if (inserted !== '') result.push({ kind: 'INSERTED', text: inserted });
    deleted = inserted = '';
  };
  for (const [index, { kind, text }] of parts.entries()) {
    const isGap = index > 0 && index < parts.length - 1 && text.trim() === '';
    if (kind === 'EQUAL' && !isGap) {
      flush();
      if (text !== '') result.push({ kind, text });
    }
    if (kind === 'DELETED' || (kind === 'EQUAL' && isGap)) deleted += text;
    if (kind === 'INSERTED' || (kind === 'EQUAL' && isGap)) inserted += text;
  }
  flush();
  return result;
}

/** The segments that differ between two texts of one locale, in the order of the later one. */
export function differenceBetween(
  before: readonly LocaleSegment[],
  after: readonly LocaleSegment[],
  locale: Locale,
): SegmentDifference[] {
  const compare = new WordComparison(locale);
  const old = readingOrder(before);
  const now = readingOrder(after);
  const was = new Map(old.map((segment) => [segment.key, segment]));
  const moved = movedKeys(old, now);
  const is = new Set(now.map(({ key }) => key));
  const all = withRemoved(old, now, is);
  return all.flatMap((segment): SegmentDifference[] => {
    const { key, kind } = segment;
    const earlier = was.get(key);
    const change = changeOf(earlier, is.has(key) ? segment : undefined, moved);
    if (change === null) return [];
    const [from, to] = [earlier?.text ?? null, is.has(key) ? segment.text : null];
    const parts = compare.parts(from ?? '', to ?? '');
    return [{ key, kind, change, before: from, after: to, parts }];
  });
}

function changeOf(
  before: LocaleSegment | undefined,
  after: LocaleSegment | undefined,
  moved: ReadonlySet<string>,
): SegmentChange | null {
  if (!before) return 'ADDED';
  if (!after) return 'REMOVED';
  const same =
    before.text === after.text && before.omitted === after.omitted && before.kind === after.kind;
  if (!same) return 'CHANGED';
  return moved.has(after.key) ? 'MOVED' : null;
}

/** A removed segment follows the segment that it followed before. */
function withRemoved(
  before: readonly LocaleSegment[],
  after: readonly LocaleSegment[],
  remaining: ReadonlySet<string>,
): LocaleSegment[] {
  const behind = new Map<string | null, LocaleSegment[]>();
  let anchor: string | null = null;
  for (const segment of before) {
    if (remaining.has(segment.key)) anchor = segment.key;
    else behind.set(anchor, [...(behind.get(anchor) ?? []), segment]);
  }
  return [
    ...(behind.get(null) ?? []),
    ...after.flatMap((segment) => [segment, ...(behind.get(segment.key) ?? [])]),
  ];
}

/** The smallest set of common segments whose move turns one order into the other. */
function movedKeys(before: readonly LocaleSegment[], after: readonly LocaleSegment[]): Set<string> {
  const rank = new Map(before.map(({ key }, index) => [key, index]));
  const common = after.map(({ key }) => key).filter((key) => rank.has(key));
  const stays = new Set(increasingSubsequence(common, (key) => rank.get(key) ?? 0));
  return new Set(common.filter((key) => !stays.has(key)));
}

/** The longest increasing subsequence by rank (patience sorting). */
function increasingSubsequence(keys: readonly string[], rank: (key: string) => number): string[] {
  const tops: string[] = [];
  const previous = new Map<string, string | undefined>();
  for (const key of keys) {
    const pile = tops.findIndex((top) => rank(top) > rank(key));
    const place = pile < 0 ? tops.length : pile;
    previous.set(key, tops[place - 1]);
    tops[place] = key;
  }
  const rising: string[] = [];
  for (let key = tops.at(-1); key !== undefined; key = previous.get(key)) rising.push(key);
  return rising;
}
