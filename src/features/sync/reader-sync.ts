import { Localizer } from '../../kernel/localizer.js';
import type { Queryable } from '../../platform/db/queryable.js';
import { type Verdict, verdict } from './change.policy.js';
import { type ContextTerms, sameTerms } from './context-terms.js';
import { shown, type Shown, type SyncContext, type Trace } from './shown.js';
import { contextName, type SyncCursors, type SyncPosition } from './sync-cursor.js';
import {
  findPoint,
  type KnownPoint,
  loadVersion,
  type LogVersion,
  primaryHas,
} from './log.repository.js';
import {
  type DatePlace,
  loadChanged,
  loadEver,
  loadPublic,
  loadTraces,
  type Traces,
} from './trace.repository.js';

/** One change, without its text or metadata. */
export type Change = Verdict & {
  readonly releaseId: string;
  readonly number: string;
  readonly at: Date;
};

export interface ChangePage {
  /** Each release at most once. */
  readonly changes: readonly Change[];
  readonly cursor: string;
  readonly hasMore: boolean;
  readonly reset: boolean;
  /** The number of releases in a first copy; null on pages of any other phase. */
  readonly total: number | null;
}

/** A device that was offline for longer starts a new copy. */
const OLDEST_DAYS = 400;
/** The maximum number of releases examined for one page: a reader may be shown few of them. */
const MAX_EXAMINED = 2_000;

export interface SyncDependencies {
  /** One snapshot of the database for the whole page. */
  readonly db: Queryable;
  /** The primary, which alone has every committed change: `db` may be a replica. */
  readonly primary: Queryable;
  readonly cursors: SyncCursors;
  readonly context: SyncContext;
  /** The rules in force. */
  readonly terms: ContextTerms;
  /** Days since 1970. */
  readonly day: number;
  /** The current number of releases in a first copy. */
  readonly count: () => Promise<number>;
}

/** The changes of a few releases, and the position of the copy after them. */
interface Step {
  readonly changes: readonly Change[];
  readonly place: SyncPosition;
  readonly hasMore: boolean;
  readonly examined: number;
}

/** Where a page starts. */
interface Start {
  readonly place: SyncPosition | null;
  readonly version: LogVersion;
  /** Whether the server that is read from lacks changes that the copy already has. */
  readonly isBehind: boolean;
}

interface Swept {
  readonly releaseId: string;
  readonly number: string;
  readonly at: Date;
  /** Only in a first copy. */
  readonly date?: string;
  /** Only in a sweep. */
  readonly renamed?: boolean;
}

/** Brings one reader's copy up to date, a page at a time. */
export class ReaderSync {
  private readonly contextName: string;
  private readonly localizer = new Localizer();

  constructor(private readonly parts: SyncDependencies) {
    this.contextName = contextName(parts.context);
  }

  /**
   * @param since the cursor of the previous page; null for a first copy. A cursor for another reader, another database
   *   or history, another presentation, or one that is too old starts a new copy.
   * @throws AppError DATABASE_UNAVAILABLE if only the primary knows whether the cursor belongs to this history, and the
   *   primary is unavailable
   */
  async page(since: string | null, size: number): Promise<ChangePage> {
    const { place: known, version, isBehind } = await this.startOf(since);
    if (since !== null && known && isBehind) {
      const hasMore = known.phase !== 'CHANGES' || known.upTo !== known.base;
      return { changes: [], cursor: since, hasMore, reset: false, total: known.total };
    }
    const start = known ?? { ...this.beginning(version), total: await this.parts.count() };
    let place: SyncPosition = start;
    const changes: Change[] = [];
    const delivered = new Set<string>();
    let hasMore = true;
    let examined = 0;
    while (hasMore && changes.length < size && examined < MAX_EXAMINED) {
      const step = await this.step(place, version, size - changes.length);
      // All steps read the same snapshot, so the first change of a release is complete.
      changes.push(...step.changes.filter(({ releaseId }) => !delivered.has(releaseId)));
      for (const { releaseId } of step.changes) delivered.add(releaseId);
      ({ place, hasMore } = step);
      examined += step.examined;
    }
    const cursor = this.cursorOf(place, version);
    return { changes, cursor, hasMore, reset: since !== null && !known, total: start.total };
  }

  /** A page without changes, whose cursor starts at the current version. */
  async startHere(): Promise<ChangePage> {
    const version = await loadVersion(this.parts.db);
    const place: SyncPosition = { ...this.beginning(version), phase: 'CHANGES' };
    const cursor = this.cursorOf(place, version);
    return { changes: [], cursor, hasMore: false, reset: false, total: null };
  }

  /** The position of the copy; none if the copy has to start again. */
  private async startOf(since: string | null): Promise<Start> {
    const { db, primary } = this.parts;
    const place = since === null ? null : this.read(since);
    if (place === null) return { place, version: await loadVersion(db), isBehind: false };
    const point = pointOf(place);
    const { version, isThere } = await findPoint(db, point);
    const isOfHistory =
      place.database === version.database && (isThere || (await primaryHas(primary, point)));
    if (!isOfHistory) return { place: null, version, isBehind: false };
    // A replica may be behind the server that issued the cursor: it has nothing new yet.
    return { place, version, isBehind: !isThere || version.seq < point.seq };
  }

  private read(cursor: string): SyncPosition | null {
    const place = this.parts.cursors.decode(cursor);
    if (place?.context !== this.contextName) return null;
    if (this.parts.day - place.day > OLDEST_DAYS) return null;
    // The rules changed while a copy was being made by the previous ones.
    const target = place.nextTerms ?? place.terms;
    if (place.phase !== 'CHANGES' && !sameTerms(target, this.parts.terms)) return null;
    return place;
  }

  private beginning({ seq, database }: LogVersion): SyncPosition {
    const { terms, day, context } = this.parts;
    const { dateFrom } = context;
    const start = { base: seq, upTo: seq, after: null, loose: false, nextTerms: null };
    const copy = { phase: 'COPY' as const, newest: null, total: null, dateFrom };
    return { database, context: this.contextName, terms, day, seen: null, ...copy, ...start };
  }

  private cursorOf(place: SyncPosition, { seq, id }: LogVersion): string {
    return this.parts.cursors.encode({ ...place, seen: { seq, id }, day: this.parts.day });
  }

  private step(place: SyncPosition, version: LogVersion, room: number): Promise<Step> {
    const { terms } = this.parts;
    if (place.phase !== 'CHANGES') return this.sweep(place, version, room);
    if (sameTerms(place.terms, terms)) return this.follow(place, version, room);
    const loose = place.loose || place.upTo !== place.base;
    const start = { upTo: version.seq, after: null, loose, nextTerms: terms };
    return this.sweep({ ...place, ...start, phase: 'SWEEP' }, version, room);
  }

  /** Continues along the change log. */
  private async follow(place: SyncPosition, version: LogVersion, room: number): Promise<Step> {
    const { db } = this.parts;
    const { base, loose } = place;
    const done = { ...place, base: version.seq, upTo: version.seq, loose: false };
    if (place.upTo === version.seq)
      return { changes: [], place: done, hasMore: false, examined: 0 };
    const candidates = await loadChanged(db, place, room + 1);
    const some = candidates.slice(0, room);
    const traces = await this.traces(some, base);
    const changes = some.flatMap((candidate) => {
      const found = traces.get(candidate.releaseId);
      if (!found) return [];
      const sent = found.since.filter(({ seq }) => loose || seq <= place.upTo);
      const decided = this.decide(place, found, sent, candidate.renamed);
      return decided ? [{ ...decided, ...named(candidate) }] : [];
    });
    const last = some.at(-1)?.last;
    if (candidates.length <= room || last === undefined) {
      return { changes, place: done, hasMore: false, examined: some.length };
    }
    const examined = some.length;
    return { changes, place: { ...place, upTo: last }, hasMore: true, examined };
  }

  /** Examines all releases: for a first copy, or because the rules have changed. */
  private async sweep(place: SyncPosition, version: LogVersion, room: number): Promise<Step> {
    const { db } = this.parts;
    const isCopy = place.phase === 'COPY';
    const candidates: readonly Swept[] = isCopy
      ? await loadPublic(db, { ...place, dateFrom: this.parts.context.dateFrom }, room + 1)
      : await loadEver(db, place, room + 1);
    const some = candidates.slice(0, room);
    const traces = await this.traces(some, place.base);
    const changes = some.flatMap((candidate) => {
      const found = traces.get(candidate.releaseId);
      if (!found) return [];
      const sent = place.loose ? found.since : [];
      const decided = isCopy
        ? this.first(found)
        : this.decide(place, found, sent, candidate.renamed === true);
      return decided ? [{ ...decided, ...named(candidate) }] : [];
    });
    const examined = some.length;
    const last = some.at(-1);
    if (candidates.length > room && last) {
      const seen = isCopy ? { newest: placeOf(last) } : { after: last.releaseId };
      return { changes, place: { ...place, ...seen }, hasMore: true, examined };
    }
    // A change made during the copy may or may not be in it, so it is sent in any case.
    const rest = version.seq > place.upTo;
    const next: SyncPosition = {
      ...place,
      phase: 'CHANGES',
      base: place.upTo,
      after: null,
      newest: null,
      total: null,
      loose: rest,
      terms: this.parts.terms,
      nextTerms: null,
    };
    return { changes, place: next, hasMore: rest, examined };
  }

  private async traces(
    candidates: readonly { readonly releaseId: string }[],
    base: number,
  ): Promise<Map<string, Traces>> {
    if (candidates.length === 0) return new Map();
    const ids = candidates.map(({ releaseId }) => releaseId);
    return loadTraces(this.parts.db, ids, base);
  }

  private first(traces: Traces): Verdict | null {
    const nothing = this.shown(null);
    return verdict(nothing, this.now(traces));
  }

  private decide(
    { terms }: SyncPosition,
    traces: Traces,
    sent: Traces['since'],
    isRenamed: boolean,
  ): Verdict | null {
    const { context } = this.parts;
    const then = (trace: Trace | null) => shown(trace, context, terms, this.localizer);
    const meanwhile = sent.map(({ trace }) => then(trace));
    const isLogged = traces.since.length > 0;
    return verdict(then(traces.before), this.now(traces), { meanwhile, isLogged, isRenamed });
  }

  private shown(trace: Trace | null): Shown {
    return shown(trace, this.parts.context, this.parts.terms, this.localizer);
  }

  private now({ before, since }: Traces): Shown {
    const last = since.at(-1);
    return this.shown(last ? last.trace : before);
  }
}

function pointOf({ seen, base, upTo }: SyncPosition): KnownPoint {
  return seen ?? { seq: Math.max(base, upTo), id: undefined };
}

function placeOf({ date = '', number }: Swept): DatePlace {
  return { date, number };
}

function named({ releaseId, number, at }: { releaseId: string; number: string; at: Date }) {
  return { releaseId, number, at };
}
