import type { ReadSnapshot } from '../../platform/db/index.js';
import type { ChangePage } from './reader-sync.js';

/**
 * One snapshot of the database that all who are woken by one change read from, so that what they have in common is
 * asked for once. It takes a connection when the first of them enters, and gives it back when the last one leaves.
 */
export class LiveMoment {
  private users = 0;
  private begun = false;
  private ended = false;
  /** Pages by the reader and the place of the copy: those who stand at one place get one computation. */
  readonly pages = new Map<string, Promise<ChangePage>>();
  /** What the hub had heard when the snapshot began. */
  mark = -1;

  constructor(
    readonly snapshot: ReadSnapshot,
    readonly today: string,
    private readonly end: (moment: LiveMoment) => void,
  ) {}

  /** From here on its answers are as of one instant. */
  begin(mark: number): void {
    this.begun = true;
    this.mark = mark;
  }

  /** Whether somebody who has heard that much may still enter. */
  isOpenTo(mark: number): boolean {
    return !this.ended && (!this.begun || this.mark === mark);
  }

  /** @returns what to call on leaving; the second call does nothing */
  enter(): () => void {
    this.users += 1;
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      this.users -= 1;
      if (this.users > 0) return;
      this.ended = true;
      this.end(this);
    };
  }
}
