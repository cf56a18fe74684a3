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
  readonly begin: () => void;
  users: number;
  hasBegun: boolean;
}

/**
 * So many operations read from one moment: with more, what was read for the first ones lies in memory until the last
 * ones have got theirs, and collecting garbage costs more than queries do.
 */
const MOST_USERS = 24;

/**
 * Lets operations that come at one time read from one snapshot, so that what they ask for goes to the database
 * together: while some moments are read from, whoever comes gathers for the next one. It begins when the last of them
 * has come, so nobody is shown less than was there when they asked.
 */
export class SharedMoments {
  /** The last one may still be joined. */
  private readonly waiting: Moment[] = [];
  private running = 0;

  constructor(private readonly parts: MomentParts) {}

  open(): OpenedSnapshot {
    const last = this.waiting.at(-1);
    const moment = last && last.users < MOST_USERS ? last : this.gather();
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
    const moment: Moment = { snapshot, begin, users: 0, hasBegun: false };
    this.waiting.push(moment);
    // Those of one turn of the event loop come together also where there is room at once.
    setImmediate(() => this.beginNext());
    return moment;
  }

  private beginNext(): void {
    if (this.running >= this.parts.most) return;
    const moment = this.waiting.shift();
    if (!moment) return;
    this.running += 1;
    moment.hasBegun = true;
    moment.begin();
    // All have gone meanwhile.
    if (moment.users === 0) void this.end(moment);
  }

  private async end({ snapshot }: Moment): Promise<void> {
    await snapshot.close();
    this.running -= 1;
    this.beginNext();
  }
}
