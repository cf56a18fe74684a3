import type { ReadSnapshot } from '../../platform/db/index.js';
import type { ChangePage } from './reader-sync.js';

/**
 * One snapshot of the database that all subscribers woken by one change read from, so that each distinct page is
 * computed once. It acquires a connection for the first reader and releases it after the last one.
 */
export class LiveSnapshot {
  private users = 0;
  private begun = false;
  private ended = false;
  /** By reader and position of the copy: subscribers at the same position share one computation. */
  readonly pages = new Map<string, Promise<ChangePage>>();
  /** The version of the hub when the snapshot began. */
  version = -1;

  constructor(
    readonly snapshot: ReadSnapshot,
    readonly today: string,
    private readonly onEnd: () => void,
  ) {}

  /** Starts reading from one snapshot. */
  begin(version: number): void {
    this.begun = true;
    this.version = version;
  }

  /** Whether a subscriber that has seen this version may join. */
  isOpenTo(version: number): boolean {
    return !this.ended && (!this.begun || this.version === version);
  }

  /** @returns a function that releases it; a second call does nothing */
  acquire(): () => void {
    this.users += 1;
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      this.users -= 1;
      if (this.users > 0) return;
      this.ended = true;
      this.onEnd();
    };
  }
}
