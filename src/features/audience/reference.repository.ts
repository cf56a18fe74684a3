import { type MaybePromise, mapMaybe } from '../../kernel/maybe-promise.js';
import type { Queryable } from '../../platform/db/queryable.js';
import type { PublicHead, ReadTrace } from '../../platform/graphql/execution/read-trace.js';
import { type ReferenceData, referenceFrom, type ReferenceRows } from './reference.js';

const HEAD =
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

/** An operation, as far as what it reads is concerned. */
export interface TracedContext {
  readonly tracedSnapshot: Queryable;
  readonly trace: ReadTrace;
  /** Whether it may be answered from what the process keeps. */
  readonly usesModels?: boolean;
}

/** A node's copy of the reference data, read again when its revision has moved. */
export class ReferenceCache {
  private kept: ReferenceData | null = null;
  private readonly seen = new WeakMap<Queryable, Promise<ReferenceState>>();
  private readonly read = new WeakMap<Queryable, ReferenceState>();

  /** @param present tells the state that the process last heard of; without it, each snapshot is asked */
  constructor(private readonly present: { readonly head: PublicHead | null } | null = null) {}

  /**
   * The reference data as this snapshot of the database has it: one small statement for a snapshot, when nothing
   * moved since the last one.
   */
  async load(snapshot: Queryable): Promise<ReferenceData> {
    return (await this.state(snapshot)).reference;
  }

  /** The reference data for one operation, which notes what state of the public side it is answered from. */
  of(context: TracedContext): MaybePromise<ReferenceData> {
    const head = context.usesModels ? this.present?.head : null;
    if (head && this.kept?.revision === head.revision) {
      context.trace.note(head);
      return this.kept;
    }
    return mapMaybe(this.stateOf(context), ({ reference }) => reference);
  }

  /** The state of the public side that an operation's snapshot has, which it notes. */
  headOf(context: TracedContext): MaybePromise<PublicHead> {
    return mapMaybe(this.stateOf(context), ({ head }) => head);
  }

  private stateOf({ tracedSnapshot, trace }: TracedContext): MaybePromise<ReferenceState> {
    const state = this.read.get(tracedSnapshot) ?? this.state(tracedSnapshot);
    return mapMaybe(state, (found) => {
      trace.note(found.head);
      return found;
    });
  }

  private state(snapshot: Queryable): Promise<ReferenceState> {
    let reading = this.seen.get(snapshot);
    if (!reading) this.seen.set(snapshot, (reading = this.readFrom(snapshot)));
    return reading;
  }

  private async readFrom(db: Queryable): Promise<ReferenceState> {
    const [head] = await db.query<{ seq: number; revision: number }>(HEAD, []);
    if (!head) throw new Error('the head of the change log is one row');
    if (this.kept?.revision !== head.revision) {
      const [rows] = await db.query<ReferenceRows>(ALL, []);
      if (!rows) throw new Error('the reference data is one row');
      this.kept = referenceFrom(rows);
    }
    const state = { head, reference: this.kept };
    this.read.set(db, state);
    return state;
  }
}

/** The reference data, and the state of the public side, of one snapshot. */
interface ReferenceState {
  readonly head: PublicHead;
  readonly reference: ReferenceData;
}
