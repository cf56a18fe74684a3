import DataLoader from 'dataloader';

import type { ReadSnapshot } from '../../platform/db/index.js';
import { type CommentRecord, loadComments } from './comment.repository.js';
import {
  countSteps,
  type HistoryPage,
  type HistoryStep,
  loadHistories,
  loadRecordedTexts,
  type TextRevision,
} from './history-page.repository.js';
import type { LocaleSegment } from './reading-order.policy.js';
import type { SourceTexts, StaffSegment } from './segment.policy.js';
import { loadSourceTexts, loadStaffSegments } from './segment.repository.js';
import type { TextPlace } from './text-place.js';

const keyOf = ({ releaseId, locale }: TextPlace): string => `${releaseId} ${locale}`;

/** The texts that one operation of staff reads: one statement for each kind, however many texts are requested. */
export class TranslationLoaders {
  private readonly pages = new Map<string, DataLoader<TextPlace, HistoryStep[], string>>();

  constructor(private readonly snapshot: ReadSnapshot) {}

  /** In reading order. */
  readonly segments = new DataLoader<TextPlace, readonly StaffSegment[], string>(
    (places) => loadStaffSegments(this.snapshot, places),
    { cacheKeyFn: keyOf },
  );

  /** The oldest first. */
  readonly comments = new DataLoader<TextPlace, readonly CommentRecord[], string>(
    (places) => loadComments(this.snapshot, places),
    { cacheKeyFn: keyOf },
  );

  /** @returns one step more than the page has, if there are more */
  steps(place: TextPlace, page: HistoryPage): Promise<HistoryStep[]> {
    const name = `${page.size} ${page.after ?? ''}`;
    let loader = this.pages.get(name);
    if (!loader) {
      loader = new DataLoader((places) => loadHistories(this.snapshot, places, page), {
        cacheKeyFn: keyOf,
      });
      this.pages.set(name, loader);
    }
    return loader.load(place);
  }

  readonly stepCount = new DataLoader<TextPlace, number, string>(
    (places) => countSteps(this.snapshot, places),
    { cacheKeyFn: keyOf },
  );

  readonly recordedText = new DataLoader<TextRevision, readonly LocaleSegment[] | null, string>(
    (revisions) => loadRecordedTexts(this.snapshot, revisions),
    { cacheKeyFn: (revision) => `${keyOf(revision)} ${revision.revision}` },
  );

  /** By release. */
  readonly sourceTexts = new DataLoader<string, SourceTexts>(async (releaseIds) => {
    const found = await loadSourceTexts(this.snapshot, releaseIds);
    return releaseIds.map((id) => found.get(id) ?? new Map());
  });
}
