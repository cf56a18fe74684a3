import type pg from 'pg';

import { ReadSnapshot } from './read-snapshot.js';

/** A snapshot for one operation, which may be others' too. */
export interface OpenedSnapshot {
  readonly snapshot: ReadSnapshot;
  /** Must be called; whoever is the last ends it. May be called twice. */
  leave(): Promise<void>;
}

export interface MomentParts {
  readonly pool: pg.Pool;
  /** How many moments may be read from at one time. */
  readonly most: number;
  readonly onOpen?: ((snapshot: ReadSnapshot) => void) | undefined;
}

interface Moment {
  readonly snapshot: ReadSnapshot;
  users: number;
  hasBegun: boolean;
}

/**
 * Lets operations that come at one time read from one snapshot, so that what they ask for goes to the database
 * together: while some moments are read from, whoever comes gathers for the next one. It begins when the last of them
 * has come, so nobody is shown less than was there when they asked.
 */
export class SharedMoments {
  private gathering: Moment | null = null;
  private running = 0;
  private beginNext: (() => void) | null = null;

  constructor(private readonly parts: MomentParts) {}

  open(): OpenedSnapshot {
    const moment = (this.gathering ??= this.gather());
    moment.users += 1;
    let inside = true;
    return {
      snapshot: moment.snapshot,
      leave: async () => {
        if (!inside) return;
        inside = false;
        moment.users -= 1;
        if (moment.users === 0 && moment.hasBegun) await this.end(moment);
      },
    };
  }

  private gather(): Moment {
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const snapshot = new ReadSnapshot(this.parts.pool, { begin: begun });
    this.parts.onOpen?.(snapshot);
    const moment: Moment = { snapshot, users: 0, hasBegun: false };
    const go = (): void => {
      this.gathering = null;
      this.running += 1;
      moment.hasBegun = true;
      begin();
      // All have gone meanwhile.
      if (moment.users === 0) void this.end(moment);
    };
    // Those of one turn of the event loop come together also where there is room at once.
    if (this.running < this.parts.most) setImmediate(go);
    else this.beginNext = go;
    return moment;
  }

  private async end({ snapshot }: Moment): Promise<void> {
    await snapshot.close();
    this.running -= 1;
    const next = this.beginNext;
    this.beginNext = null;
    next?.();
  }
}
