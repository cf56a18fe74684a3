import DataLoader from 'dataloader';

import type { ReadSnapshot } from '../../platform/db/index.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import {
  countSteps,
  type HistoryPage,
  type HistoryStep,
  loadHistories,
  loadRecordedTexts,
  type LocaleSegment,
  type TextPlace,
  type TextRevision,
} from '../translation/index.js';
import { loadWordedVersions, type WordedVersion } from './staff-segments.js';

type Versions = ReadonlyMap<string, readonly WordedVersion[]>;

const nameOf = ({ releaseId, locale }: TextPlace): string => `${releaseId} ${locale}`;

/** What one operation reads of histories: each kind in one statement, however many texts are asked for. */
export class HistorySession {
  private readonly pages = new Map<string, DataLoader<TextPlace, HistoryStep[], string>>();

  constructor(private readonly snapshot: ReadSnapshot) {}

  /** @returns one step more than the page has, where there are more */
  steps(place: TextPlace, page: HistoryPage): Promise<HistoryStep[]> {
    const name = `${page.size} ${page.after ?? ''}`;
    let loader = this.pages.get(name);
    if (!loader) {
      loader = new DataLoader((places) => loadHistories(this.snapshot, places, page), {
        cacheKeyFn: nameOf,
      });
      this.pages.set(name, loader);
    }
    return loader.load(place);
  }

  readonly count = new DataLoader<TextPlace, number, string>(
    (places) => countSteps(this.snapshot, places),
    { cacheKeyFn: nameOf },
  );

  readonly text = new DataLoader<TextRevision, readonly LocaleSegment[] | null, string>(
    (revisions) => loadRecordedTexts(this.snapshot, revisions),
    { cacheKeyFn: (revision) => `${nameOf(revision)} ${revision.revision}` },
  );

  /** Every text that the sources of a release have had, by key. */
  readonly versions = new DataLoader<string, Versions>(async (releaseIds) => {
    const found = await loadWordedVersions(this.snapshot, releaseIds);
    return releaseIds.map((id) => found.get(id) ?? new Map());
  });
}

export class HistorySessions {
  private readonly sessions = new WeakMap<ReadSnapshot, HistorySession>();

  /** @throws AppError UNAUTHENTICATED, FORBIDDEN */
  of({ staffSnapshot }: RequestContext): HistorySession {
    let session = this.sessions.get(staffSnapshot);
    if (!session) {
      session = new HistorySession(staffSnapshot);
      this.sessions.set(staffSnapshot, session);
    }
    return session;
  }
}
