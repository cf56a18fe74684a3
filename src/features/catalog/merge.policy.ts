/** The three versions of one text; null if it does not exist there. */
export interface ThreeTexts {
  /** Its value when file and database last agreed. */
  readonly base: string | null;
  readonly file: string | null;
  readonly database: string | null;
  /** Whether the database once had the file's text: then the file is merely outdated, not a conflict. */
  readonly fileIsEarlier: boolean;
  /** Whether staff wrote the text in the database. */
  readonly isEdited: boolean;
}

/**
 * SAME: nothing to do. FILE: the file is newer. DATABASE: the database is newer. CONFLICT: both changed, and they
 * differ.
 */
export type MergeOutcome = 'SAME' | 'FILE' | 'DATABASE' | 'CONFLICT';

/** Decides which side of a text changed since the two last agreed. */
export function mergeText(texts: ThreeTexts): MergeOutcome {
  const { base, file, database, fileIsEarlier, isEdited } = texts;
  if (file === database) return 'SAME';
  if (database === null && file !== base) return base === null ? 'FILE' : 'CONFLICT';
  if (file === null && database !== base) return base === null ? 'DATABASE' : 'CONFLICT';
  if (file === base) return 'DATABASE';
  // They may have agreed in another folder than this one: an older text never reverts an edit.
  if (fileIsEarlier && isEdited) return 'DATABASE';
  if (database === base) return 'FILE';
  return fileIsEarlier ? 'DATABASE' : 'CONFLICT';
}

export type Side = 'FILE' | 'DATABASE';

/** The result for a text when one side is carried over to the other. */
export type Carried =
  | 'UNCHANGED'
  /** The source side is newer: the target gets its text. */
  | 'TAKEN'
  /** The target side is newer, and is unchanged. */
  | 'KEPT'
  | 'CONFLICT';

/** @param force use the text of the source side if the two differ in more than age */
export function carry(texts: ThreeTexts, from: Side, force: boolean): Carried {
  const outcome = mergeText(texts);
  if (outcome === 'SAME') return 'UNCHANGED';
  if (outcome === 'CONFLICT') return force ? 'TAKEN' : 'CONFLICT';
  return outcome === from ? 'TAKEN' : 'KEPT';
}
