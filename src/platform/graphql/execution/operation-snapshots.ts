import type { ReadSnapshot } from '../../db/read-snapshot.js';

export interface SnapshotOptions {
  /** Opens a snapshot of the public data, over the readers' connections. */
  readonly openSnapshot: () => ReadSnapshot;
  /** Opens a snapshot of the authoring side, for staff. */
  readonly openStaffSnapshot: () => ReadSnapshot;
}

/** The snapshots that the resolvers of one operation share, each as of its first query. */
export class OperationSnapshots {
  private publicSnapshot: ReadSnapshot | null = null;
  private staffSnapshot: ReadSnapshot | null = null;

  constructor(private readonly options: SnapshotOptions) {}

  ofPublicData(): ReadSnapshot {
    return (this.publicSnapshot ??= this.options.openSnapshot());
  }

  ofStaffData(): ReadSnapshot {
    return (this.staffSnapshot ??= this.options.openStaffSnapshot());
  }

  /** The next read opens others. */
  async close(): Promise<void> {
    const opened = [this.publicSnapshot, this.staffSnapshot];
    this.publicSnapshot = null;
    this.staffSnapshot = null;
    await Promise.all(opened.flatMap((snapshot) => snapshot?.close() ?? []));
  }
}
