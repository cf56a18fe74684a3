/** One state of what the public may read. Two reads of the same version are consistent with each other. */
export interface Version {
  /** The number of the newest change in the change log. */
  readonly seq: number;
  /** The revision of the reference data: member states, rules, topics. */
  readonly revision: number;
}

export function isSameVersion(a: Version, b: Version): boolean {
  return a.seq === b.seq && a.revision === b.revision;
}
