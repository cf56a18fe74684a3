import type pg from 'pg';

import { ReadSnapshot } from './read-snapshot.js';

/** A snapshot for one operation, which may be others' too. */
export interface OpenedSnapshot {
  readonly snapshot: ReadSnapshot;
  /** Must be called; whoever is the last ends it. May be called twice. */
  leave(): Promise<void>;
}

export interface SharedSnapshotsOptions {
  readonly pool: pg.Pool;
  /** How many moments may be read from at one time. */
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
 * So many operations read from one moment: with more, what was read for the first ones lies in memory until the last
 * ones have got theirs, and collecting garbage costs more than queries do.
 */
const MAX_USERS = 24;

/**
 * Lets operations that come at one time read from one snapshot, so that what they ask for goes to the database
 * together: while some moments are read from, whoever comes gathers for the next one. It begins when the last of them
 * has come, so nobody is shown less than was there when they asked.
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
    // Those of one turn of the event loop come together also where there is room at once.
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
    // All have gone meanwhile.
    if (shared.users === 0) void this.end(shared);
  }

  private async end({ snapshot }: SharedSnapshot): Promise<void> {
    await snapshot.close();
    this.running -= 1;
    this.beginNext();
  }
}
