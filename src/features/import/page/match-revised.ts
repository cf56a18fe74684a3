import type { SegmentKind } from '../../../kernel/release.js';
import type { Block } from '../../../kernel/rich-text/index.js';

export interface KeyedBlock {
  readonly key: string;
  readonly kind: SegmentKind;
  readonly text: string;
}

/** Two texts with less similarity than this are different texts. */
const SIMILAR = 0.5;
/** Larger bodies with nothing in common are matched by equal texts only, to limit the time. */
const MAX_PAIRS = 250_000;

/**
 * Finds the old segment that each block of a revised body continues, so that keys are stable: null for a new block.
 * Equal texts come first, in order; then equal texts that moved; then, between those that stayed, the most similar
 * texts of one kind in order; finally the same among the rest. No key is used twice.
 */
export function matchRevised(
  old: readonly KeyedBlock[],
  next: readonly Block[],
): (string | null)[] {
  const matches = new Map<number, number>(commonSubsequence(old, next));
  const anchors = [...matches];
  matchMoved(old, next, matches);
  let from = { old: 0, next: 0 };
  for (const [nextIndex, oldIndex] of [...anchors, [next.length, old.length] as const]) {
    matchGap(old, next, { from, to: { old: oldIndex, next: nextIndex } }, matches);
    from = { old: oldIndex + 1, next: nextIndex + 1 };
  }
  const whole = { from: { old: 0, next: 0 }, to: { old: old.length, next: next.length } };
  matchGap(old, next, whole, matches);
  return next.map((_block, index) => old[matches.get(index) ?? -1]?.key ?? null);
}

function same(a: KeyedBlock | undefined, b: Block | undefined): boolean {
  return a !== undefined && a.kind === b?.kind && a.text === b.text;
}

/** Pairs (next, old) of the longest common subsequence of equal blocks. */
function commonSubsequence(old: readonly KeyedBlock[], next: readonly Block[]): [number, number][] {
  const pairs: [number, number][] = [];
  let start = 0;
  while (start < next.length && same(old[start], next[start])) pairs.push([start, start++]);
  let tail = 0;
  const limit = Math.min(old.length, next.length) - start;
  while (tail < limit && same(old[old.length - 1 - tail], next[next.length - 1 - tail])) tail += 1;
  const rows = old.slice(start, old.length - tail);
  const columns = next.slice(start, next.length - tail);
  const middle = bestPath(rows.length, columns.length, (row, column) =>
    same(rows[row], columns[column]) ? 1 : 0,
  );
  for (const [row, column] of middle) pairs.push([column + start, row + start]);
  for (; tail > 0; tail -= 1) pairs.push([next.length - tail, old.length - tail]);
  return pairs;
}

function matchMoved(
  old: readonly KeyedBlock[],
  next: readonly Block[],
  matches: Map<number, number>,
): void {
  const taken = new Set(matches.values());
  const free = new Map<string, number[]>();
  old.forEach(({ kind, text }, index) => {
    if (taken.has(index)) return;
    const name = `${kind} ${text}`;
    free.set(name, [...(free.get(name) ?? []), index]);
  });
  next.forEach(({ kind, text }, index) => {
    const found = matches.has(index) ? undefined : free.get(`${kind} ${text}`)?.shift();
    if (found !== undefined) matches.set(index, found);
  });
}

interface Place {
  readonly old: number;
  readonly next: number;
}

function matchGap(
  old: readonly KeyedBlock[],
  next: readonly Block[],
  gap: { readonly from: Place; readonly to: Place },
  matches: Map<number, number>,
): void {
  const taken = new Set(matches.values());
  const rows = range(gap.from.old, gap.to.old).filter((index) => !taken.has(index));
  const columns = range(gap.from.next, gap.to.next).filter((index) => !matches.has(index));
  if (rows.length === 0 || columns.length === 0) return;
  const before = rows.map((index) => wordsOf(old[index]?.text ?? ''));
  const after = columns.map((index) => wordsOf(next[index]?.text ?? ''));
  const score = (row: number, column: number): number => {
    if (old[rows[row] ?? -1]?.kind !== next[columns[column] ?? -1]?.kind) return 0;
    const likeness = similarity(before[row] ?? [], after[column] ?? []);
    return likeness >= SIMILAR ? likeness : 0;
  };
  for (const [row, column] of bestPath(rows.length, columns.length, score)) {
    matches.set(columns[column] ?? -1, rows[row] ?? -1);
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

/** The pairs in order with the greatest sum of scores (Needleman–Wunsch without a gap penalty). */
function bestPath(
  rows: number,
  columns: number,
  score: (row: number, column: number) => number,
): [number, number][] {
  if (rows * columns > MAX_PAIRS) return [];
  const width = columns + 1;
  const best = new Float64Array((rows + 1) * width);
  const scores = new Float64Array(rows * columns);
  const at = (row: number, column: number): number => best[row * width + column] ?? 0;
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      const here = (scores[row * columns + column] = score(row, column));
      const paired = here > 0 ? here + at(row + 1, column + 1) : 0;
      best[row * width + column] = Math.max(at(row + 1, column), at(row, column + 1), paired);
    }
  }
  const path: [number, number][] = [];
  for (let row = 0, column = 0; row < rows && column < columns;) {
    const here = scores[row * columns + column] ?? 0;
    if (here > 0 && at(row, column) === here + at(row + 1, column + 1))
      path.push([row++, column++]);
    else if (at(row, column) === at(row + 1, column)) row += 1;
    else column += 1;
  }
  return path;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** Dice's coefficient of two bags of words: 0 for no common words, 1 for the same words. */
function similarity(a: readonly string[], b: readonly string[]): number {
  if (a.length + b.length === 0) return 0;
  const counts = new Map<string, number>();
  for (const word of a) counts.set(word, (counts.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of b) {
    const left = counts.get(word) ?? 0;
    if (left > 0) {
      shared += 1;
      counts.set(word, left - 1);
    }
  }
  return (2 * shared) / (a.length + b.length);
}
