import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

import { z } from 'zod';

import { PRESENTATION } from '../../kernel/presentation.js';
import { contextTerms } from './context-terms.js';
import type { SyncContext } from './shown.js';

/** Where a copy stands. */
const position = z.object({
  /** The database: numbers of another one mean nothing here. */
  database: z.string(),
  /** Of the context: a cursor is good for the reader that it was made for. */
  context: z.string(),
  /** The number of the change log that the copy stands at. */
  base: z.number().int().nonnegative(),
  /** Up to which number the changes since then are delivered; the base itself between two syncs. */
  upTo: z.number().int().nonnegative(),
  /** The newest change that the copy may hold: the version of the log that the page with this cursor was read from. */
  seen: z
    .object({ seq: z.number().int().nonnegative(), id: z.string().nullable() })
    .nullable()
    .default(null),
  /** By which rules. */
  terms: contextTerms,
  /** The rules that a sweep is going over to. */
  nextTerms: contextTerms.nullable(),
  /**
   * CHANGES: along the log. COPY: the first full copy, newest first. SWEEP: over all releases by their ids, because the
   * rules changed. The two end at the number `upTo` where they began.
   */
  phase: z.enum(['CHANGES', 'COPY', 'SWEEP']),
  /** The last release id that a SWEEP has seen. */
  after: z.string().nullable(),
  /** The last release that a COPY has seen; a cursor of before has none, and its COPY starts from the top. */
  newest: z.object({ date: z.string(), number: z.string() }).nullable().default(null),
  /** How many releases the COPY delivers, as counted when it began. */
  total: z.number().int().nonnegative().nullable().default(null),
  /** The first date of the copy; part of `context` too. */
  dateFrom: z.string().nullable().default(null),
  /** Whether the copy may hold some releases as they were after `base`: what changed since is sent in any case. */
  loose: z.boolean(),
  /** The day on which it was made, days since 1970. */
  day: z.number().int(),
});
export type SyncPosition = z.infer<typeof position>;

/** A copy that was made by another presentation may hold what nothing in the change log tells of. */
const presented = position.extend({ presentation: z.literal(PRESENTATION) });

const MAX_CURSOR_LENGTH = 6_000;
const SEAL_BYTES = 16;

/** Makes and reads cursors: opaque, and none but our own. */
export class SyncCursors {
  /** @param key the same on all nodes of one database */
  constructor(private readonly key: string) {}

  encode(place: SyncPosition): string {
    const body = Buffer.from(JSON.stringify({ ...place, presentation: PRESENTATION }));
    return Buffer.concat([this.seal(body), body]).toString('base64url');
  }

  /** null for what we never made, or another presentation did. */
  decode(cursor: string): SyncPosition | null {
    const parsed = presented.safeParse(this.unseal(cursor));
    return parsed.success ? parsed.data : null;
  }

  /** The first date of the copy, also where the cursor is of no use otherwise; null for what we never made. */
  dateFromOf(cursor: string): string | null {
    const parsed = position.pick({ dateFrom: true }).safeParse(this.unseal(cursor));
    return parsed.success ? parsed.data.dateFrom : null;
  }

  private unseal(cursor: string): unknown {
    if (cursor.length > MAX_CURSOR_LENGTH) return null;
    const bytes = Buffer.from(cursor, 'base64url');
    // Buffer passes over what is no base64url, and over spare bits at the end.
    if (bytes.toString('base64url') !== cursor) return null;
    const body = bytes.subarray(SEAL_BYTES);
    if (body.length === 0) return null;
    if (!timingSafeEqual(bytes.subarray(0, SEAL_BYTES), this.seal(body))) return null;
    return JSON.parse(body.toString('utf8'));
  }

  private seal(body: Buffer): Buffer {
    return createHmac('sha256', this.key).update(body).digest().subarray(0, SEAL_BYTES);
  }
}

/** Names a context: the same reader with the same conditions has the same one. */
export function contextName({ reader, addressedTo, dateFrom }: SyncContext): string {
  const { requested, audience, coherence, refused } = reader;
  const rest = refused ? [refused] : [];
  const from = dateFrom === null ? [] : [{ dateFrom }];
  const text = JSON.stringify([requested, audience, coherence, addressedTo, ...rest, ...from]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
