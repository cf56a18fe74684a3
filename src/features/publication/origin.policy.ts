import type { TextOrigin } from '../../kernel/release.js';

/** What a reader should be wary of first: a machine's text that nobody has read. */
const BY_TRUST = ['MACHINE', 'IMPORTED', 'MACHINE_REVIEWED', 'HUMAN', 'ORIGINAL'] as const;

/** The origin that says most of a text with parts of several origins; undefined where there are none. */
export function leastReviewed(origins: Iterable<TextOrigin>): TextOrigin | undefined {
  const there = new Set(origins);
  return BY_TRUST.find((origin) => there.has(origin));
}
