import { renderInline, type Block } from '../../../kernel/rich-text/index.js';

/** The maximum factor between the actual and the expected length of a block: languages differ by about a third. */
const RATIO = 1.6;
/** Short blocks vary more; a difference of this many characters is always tolerated. */
const SLACK = 60;

/**
 * Whether a translation's blocks match the original's one to one. All of these conditions must be met:
 *
 * 1. The number, kinds and order of the blocks are the same.
 * 2. No block is more than 1.6 times as long or as short (give or take 60 characters) as expected from the lengths of
 * both bodies: one that includes a neighboring block is.
 * 3. Every number, address and code that occurs in exactly one block of each body occurs in the same one.
 * 4. If both bodies have the same number of quotations, so does each pair of blocks.
 *
 * A false positive would show readers a paragraph beside the translation of another one; a false negative only costs
 * the translation its freshness by paragraph. Doubtful cases are therefore rejected.
 */
export function alignBlocks(original: readonly Block[], translation: readonly Block[]): boolean {
  if (original.length !== translation.length) return false;
  if (original.some(({ kind }, index) => kind !== translation[index]?.kind)) return false;
  const from = original.map(({ text }) => renderInline(text).plainText);
  const to = translation.map(({ text }) => renderInline(text).plainText);
  return lengthsAgree(from, to) && anchorsAgree(from, to) && quotationsAgree(from, to);
}

function lengthsAgree(from: readonly string[], to: readonly string[]): boolean {
  const expansion = total(to.map(({ length }) => length)) / total(from.map(({ length }) => length));
  return from.every((text, index) => {
    const expected = text.length * expansion;
    const found = to[index]?.length ?? 0;
    return found <= expected * RATIO + SLACK && found >= expected / RATIO - SLACK;
  });
}

const ANCHOR =
  /(?:https?:\/\/|www\.)[^\s<>“”«»]*[^\s<>“”«».,;:!?)]|\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+(?:[.,]\d+)*/gu;

function anchorsAgree(from: readonly string[], to: readonly string[]): boolean {
  const there = uniqueAnchors(to);
  for (const [anchor, index] of uniqueAnchors(from)) {
    const other = there.get(anchor);
    if (other !== undefined && other !== index) return false;
  }
  return true;
}

/** Compares numbers by their digits only, because separators differ by country (`1.2`, `1,2`). */
function uniqueAnchors(texts: readonly string[]): Map<string, number> {
  const places = new Map<string, Set<number>>();
  texts.forEach((text, index) => {
    for (const [found] of text.matchAll(ANCHOR)) {
      const anchor = /^\d/.test(found) ? found.replace(/\D/g, '') : found.toLowerCase();
      places.set(anchor, (places.get(anchor) ?? new Set()).add(index));
    }
  });
  const unique = new Map<string, number>();
  for (const [anchor, [index, ...others]] of places) {
    if (index !== undefined && others.length === 0) unique.set(anchor, index);
  }
  return unique;
}

function quotationsAgree(from: readonly string[], to: readonly string[]): boolean {
  const here = from.map(quotations);
  const there = to.map(quotations);
  return total(here) !== total(there) || here.every((count, index) => count === there[index]);
}

/** Counts outermost quotations, including unclosed ones. */
function quotations(text: string): number {
  let count = 0;
  let depth = 0;
  let straight = false;
  for (const [mark] of text.matchAll(/[“”«»"]/gu)) {
    if (mark === '"') {
      straight = !straight;
      if (straight && depth === 0) count += 1;
    } else if (mark === '“' || mark === '«') {
      if (depth === 0 && !straight) count += 1;
      depth += 1;
    } else depth = Math.max(0, depth - 1);
  }
  return count;
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
