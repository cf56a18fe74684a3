import type pg from 'pg';

import { ReadSnapshot } from './read-snapshot.js';

/** A snapshot that one operation uses, perhaps together with others. */
export interface OpenedSnapshot {
  readonly snapshot: ReadSnapshot;
  /** Must be called; the last user closes the snapshot. A second call does nothing. */
  leave(): Promise<void>;
}

export interface SharedSnapshotsOptions {
  readonly pool: pg.Pool;
  /** How many snapshots may be read from at the same time. */
  readonly max: number;
  readonly onOpen?: ((snapshot: ReadSnapshot) => void) | undefined;
}

interface SharedSnapshot {
  readonly snapshot: ReadSnapshot;
  readonly begin: () => void;
  users: number;
  hasBegun: boolean;
}

/**
 * How many operations may share a snapshot: with more, the rows that the first ones read stay in memory until the last
 * ones finish, and garbage collection costs more than the queries saved.
 */
const MAX_USERS = 24;

/**
 * Lets operations that arrive at the same time read from one snapshot, so that their queries are batched. While the
 * maximum of snapshots is in use, further operations wait for the next one. A snapshot begins after all of its operations
 * have arrived, so no response is older than its request.
 */
export class SharedSnapshots {
  /** The last one may still be joined. */
  private readonly waiting: SharedSnapshot[] = [];
  private running = 0;

  constructor(private readonly parts: SharedSnapshotsOptions) {}

  open(): OpenedSnapshot {
    const last = this.waiting.at(-1);
    const shared = last && last.users < MAX_USERS ? last : this.gather();
    shared.users += 1;
    let inside = true;
    return {
      snapshot: shared.snapshot,
      leave: async () => {
        if (!inside) return;
        inside = false;
        shared.users -= 1;
        if (shared.users === 0 && shared.hasBegun) await this.end(shared);
      },
    };
  }

  private gather(): SharedSnapshot {
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const snapshot = new ReadSnapshot(this.parts.pool, { begin: begun });
    this.parts.onOpen?.(snapshot);
    const shared: SharedSnapshot = { snapshot, begin, users: 0, hasBegun: false };
    this.waiting.push(shared);
    // Operations of the same turn of the event loop share a snapshot even if one can begin at once.
    setImmediate(() => this.beginNext());
    return shared;
  }

  private beginNext(): void {
    if (this.running >= this.parts.max) return;
    const shared = this.waiting.shift();
    if (!shared) return;
    this.running += 1;
    shared.hasBegun = true;
    shared.begin();
    // All of its users have left.
    if (shared.users === 0) void this.end(shared);
  }

  private async end({ snapshot }: SharedSnapshot): Promise<void> {
    await snapshot.close();
    this.running -= 1;
    this.beginNext();
  }
}
