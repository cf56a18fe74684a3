/** The vocabulary of releases for the whole project; schema/schema.graphql documents the meanings. */
export const RELEASE_TYPES = [
  'PRESS_RELEASE',
  'ADVISORY',
  'STATEMENT',
  'SPEECH',
  'PHOTO_NEWS',
] as const;
export type ReleaseType = (typeof RELEASE_TYPES)[number];

export const SEGMENT_KINDS = [
  'TITLE',
  'SUMMARY',
  'PARAGRAPH',
  'HEADING',
  'QUOTE',
  'LIST_ITEM',
] as const;
export type SegmentKind = (typeof SEGMENT_KINDS)[number];

/** The kinds of block in a body. */
export const BLOCK_KINDS = ['PARAGRAPH', 'HEADING', 'QUOTE', 'LIST_ITEM'] as const;
export type BlockKind = (typeof BLOCK_KINDS)[number];

export const TEXT_ORIGINS = [
  'ORIGINAL',
  'HUMAN',
  'MACHINE',
  'MACHINE_REVIEWED',
  'IMPORTED',
] as const;
export type TextOrigin = (typeof TEXT_ORIGINS)[number];

/** From best to worst; see {@link worstFreshness}. */
export const FRESHNESS = ['CURRENT', 'MINOR_DRIFT', 'STALE'] as const;
export type Freshness = (typeof FRESHNESS)[number];

export function worstFreshness(values: Iterable<Freshness>): Freshness {
  let worst = 0;
  for (const value of values) worst = Math.max(worst, FRESHNESS.indexOf(value));
  return FRESHNESS[worst] ?? 'CURRENT';
}

export const SOURCE_CHANGES = ['SUBSTANTIVE', 'MINOR'] as const;
export type SourceChange = (typeof SOURCE_CHANGES)[number];
