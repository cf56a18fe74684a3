import type { TextOrigin } from '../../kernel/release.js';

/** The least reviewed first: a machine's text that nobody has read. */
const BY_TRUST = ['MACHINE', 'IMPORTED', 'MACHINE_REVIEWED', 'HUMAN', 'ORIGINAL'] as const;

/** The origin of a text with parts of several origins: the least reviewed one; undefined for no parts. */
export function leastReviewed(origins: Iterable<TextOrigin>): TextOrigin | undefined {
  const there = new Set(origins);
  return BY_TRUST.find((origin) => there.has(origin));
}
