/** One text in three places; null where it is not there. */
export interface ThreeTexts {
  /** As it was when file and database last agreed. */
  readonly base: string | null;
  readonly file: string | null;
  readonly database: string | null;
  /** Whether the database has had the file's text once: then the file is behind, and not another opinion. */
  readonly fileIsEarlier: boolean;
  /** Whether it was staff who gave the database its text. */
  readonly isEdited: boolean;
}

/**
 * SAME: nothing to do. FILE: the file has something newer. DATABASE: the database has. CONFLICT: both have, and they
 * differ.
 */
export type MergeOutcome = 'SAME' | 'FILE' | 'DATABASE' | 'CONFLICT';

/** Which side of a text moved since the two last agreed. */
export function mergeText(texts: ThreeTexts): MergeOutcome {
  const { base, file, database, fileIsEarlier, isEdited } = texts;
  if (file === database) return 'SAME';
  if (database === null && file !== base) return base === null ? 'FILE' : 'CONFLICT';
  if (file === null && database !== base) return base === null ? 'DATABASE' : 'CONFLICT';
  if (file === base) return 'DATABASE';
  // They may have agreed in another folder than this one: an older text is never a reason to undo an edit.
  if (fileIsEarlier && isEdited) return 'DATABASE';
  if (database === base) return 'FILE';
  return fileIsEarlier ? 'DATABASE' : 'CONFLICT';
}

export type Side = 'FILE' | 'DATABASE';

/** What becomes of a text when one side is carried over to the other. */
export type Carried =
  | 'UNCHANGED'
  /** The side that is carried over is newer: the other one takes its text. */
  | 'TAKEN'
  /** The other side is newer, and stays. */
  | 'KEPT'
  | 'CONFLICT';

/** @param force take the text of the side that is carried over, where the two differ in more than age */
export function carry(texts: ThreeTexts, from: Side, force: boolean): Carried {
  const outcome = mergeText(texts);
  if (outcome === 'SAME') return 'UNCHANGED';
  if (outcome === 'CONFLICT') return force ? 'TAKEN' : 'CONFLICT';
  return outcome === from ? 'TAKEN' : 'KEPT';
}
