import { type AppError } from '../../kernel/errors.js';
import {
  type CarryReport,
  type CatalogConflict,
  type KeyPlaces,
  nameOf,
  type RefusedText,
  type TextPair,
} from './carry-over.js';
import type { EntryName } from './catalog.repository.js';
import { type Carried, carry, type Side } from './merge.policy.js';

interface CarryPlanOptions {
  /** The side whose texts are carried over. */
  readonly from: Side;
  /** Use the text of that side if both sides changed. */
  readonly force: boolean;
  /** The texts that are merely outdated in the file; see `findBehind`. */
  readonly behind: ReadonlySet<string>;
  /** Never replace a text that staff edited. */
  readonly keepEdits?: boolean;
}

/** What push and pull have in common: the decision for each text, and the report. */
export class CarryPlan {
  /** Texts that are the same on both sides, but not yet recorded as agreed in the database. */
  readonly agreed: EntryName[] = [];
  readonly counts = { added: 0, changed: 0, unchanged: 0, skipped: 0, gone: 0, removed: 0 };
  private readonly conflicts: CatalogConflict[] = [];
  private readonly refused: RefusedText[] = [];
  private readonly places = new Map<string, KeyPlaces>();

  constructor(private readonly options: CarryPlanOptions) {}

  /**
   * Compares the two sides of a text and counts it, except a text that is to be written: that one may still be refused.
   *
   * @param text the text of the side that is carried over
   */
  compare(pair: TextPair, text: string): Carried {
    const { from, force, behind, keepEdits = false } = this.options;
    const carried = carry({ ...pair, fileIsEarlier: behind.has(nameOf(pair)) }, from, force);
    const undoesEdit = carried === 'TAKEN' && keepEdits && pair.isEdited;
    if (carried === 'CONFLICT' || undoesEdit) {
      this.addConflict(pair);
      return 'CONFLICT';
    }
    if (carried === 'KEPT') this.counts.skipped += 1;
    if (carried === 'UNCHANGED') {
      this.counts.unchanged += 1;
      if (pair.base !== text) this.agreed.push(pair);
    }
    return carried;
  }

  addConflict(pair: TextPair): void {
    this.conflicts.push(pair);
  }

  /**
   * Reserves the place of a new key in a group, which is a namespace or a file. A key without a place is refused.
   *
   * @param present creates the places of the group as they are before the first new key
   */
  claim({ namespace, key, locale }: TextPair, group: string, present: () => KeyPlaces): boolean {
    const places = this.places.get(group) ?? present();
    this.places.set(group, places);
    const error: AppError | null = places.claim(key);
    if (error) this.refused.push({ namespace, key, locale, error });
    return error === null;
  }

  report(refused: readonly RefusedText[]): CarryReport {
    const { counts, conflicts } = this;
    return { ...counts, conflicts, refused: [...refused, ...this.refused] };
  }
}
