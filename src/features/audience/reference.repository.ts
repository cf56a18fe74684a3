import { type MaybePromise, mapMaybe } from '../../kernel/maybe-promise.js';
import type { Queryable } from '../../platform/db/queryable.js';
import type { Dependencies } from '../../platform/cache/dependencies.js';
import type { Version } from '../../platform/cache/version.js';
import { type ReferenceData, referenceFrom, type ReferenceRows } from './reference.js';

const VERSION =
  'SELECT h.seq, r.number::int AS revision FROM published.change_log_head h, reference.revision r';

const ALL = `
  SELECT (SELECT number::int FROM reference.revision) AS revision,
    (SELECT json_agg(json_build_object(
        'code', s.code, 'since_year', s.since_year, 'national_languages', s.national_languages,
        'tags', s.tags, 'time_zone', s.time_zone, 'oas_names', s.oas_names,
        'periods', (SELECT json_agg(json_build_object('status', p.status,
                      'valid_from', p.valid_from, 'valid_until', p.valid_until) ORDER BY p.valid_from)
                      FROM reference.membership_period p WHERE p.state_code = s.code)) ORDER BY s.code)
       FROM reference.member_state s) AS states,
    (SELECT json_agg(r ORDER BY r.audience, r.valid_from, r.type) FROM reference.audience_rule r) AS rules,
    (SELECT coalesce(json_agg(json_build_object('id', t.id, 'slug', t.slug,
        'names', (SELECT coalesce(json_object_agg(n.locale, n.name), '{}')
                    FROM reference.topic_name n WHERE n.topic_id = t.id)) ORDER BY t.slug), '[]')
       FROM reference.topic t) AS topics,
    (SELECT complete FROM published.search_index) AS searches_lexemes`;

/** The source of public data for an operation, and the record of its dependencies. */
export interface ReadContext {
  readonly reads: Queryable;
  readonly dependencies: Dependencies;
  /** Whether cached values may be used; else everything is read from one snapshot. */
  readonly isOptimistic?: boolean;
}

/** A node's copy of the reference data, read again when its revision has changed. */
export class ReferenceCache {
  private cached: ReferenceData | null = null;
  private readonly states = new WeakMap<Queryable, Promise<ReferenceState>>();
  /** The reference data that is already loaded, for callers that need not wait. */
  private readonly loaded = new WeakMap<Queryable, ReferenceState>();

  /** @param feed the newest version known to the process; without it, every operation queries the database */
  constructor(private readonly feed: { readonly version: Version | null } | null = null) {}

  /** The reference data as of a snapshot: one small statement if the revision has not changed since the last one. */
  async load(snapshot: Queryable): Promise<ReferenceData> {
    return (await this.state(snapshot)).reference;
  }

  /** The reference data for one operation, which records its version. */
  of(context: ReadContext): MaybePromise<ReferenceData> {
    const { dependencies } = context;
    const version = context.isOptimistic ? this.feed?.version : null;
    if (version && this.cached?.revision === version.revision) {
      dependencies.addReference(version);
      return this.cached;
    }
    const { reads } = context;
    return mapMaybe(this.loaded.get(reads) ?? this.state(reads), (state) => {
      dependencies.addVersion(state.version);
      return state.reference;
    });
  }

  private state(reads: Queryable): Promise<ReferenceState> {
    let state = this.states.get(reads);
    if (!state) this.states.set(reads, (state = this.readFrom(reads)));
    return state;
  }

  private async readFrom(reads: Queryable): Promise<ReferenceState> {
    const [version] = await reads.query<Version>(VERSION, []);
    if (!version) throw new Error('the version of the public data is one row');
    let reference = this.cached;
    if (reference?.revision !== version.revision) {
      const [rows] = await reads.query<ReferenceRows>(ALL, []);
      if (!rows) throw new Error('the reference data is one row');
      reference = referenceFrom(rows);
      this.cached = reference;
    }
    const state = { version, reference };
    this.loaded.set(reads, state);
    return state;
  }
}

/** The reference data and the version of one snapshot. */
interface ReferenceState {
  readonly version: Version;
  readonly reference: ReferenceData;
}
