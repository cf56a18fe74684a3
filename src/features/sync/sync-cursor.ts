import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

import { z } from 'zod';

import { PRESENTATION } from '../../kernel/presentation.js';
import { contextTerms } from './context-terms.js';
import type { SyncContext } from './shown.js';

/** The position of a copy. */
const position = z.object({
  /** The id of the database: sequence numbers of another database are meaningless here. */
  database: z.string(),
  /** The name of the context: a cursor is valid only for the reader it was issued to. */
  context: z.string(),
  /** The change log number that the copy is based on. */
  base: z.number().int().nonnegative(),
  /** The number up to which later changes have been delivered; equal to `base` between two syncs. */
  upTo: z.number().int().nonnegative(),
  /** The newest change that the copy may contain: the log version that the page with this cursor was read from. */
  seen: z
    .object({ seq: z.number().int().nonnegative(), id: z.string().nullable() })
    .nullable()
    .default(null),
  /** The rules the copy was made by. */
  terms: contextTerms,
  /** The rules that a sweep is switching to. */
  nextTerms: contextTerms.nullable(),
  /**
   * CHANGES: along the log. COPY: the first full copy, newest first. SWEEP: over all releases by id, because the rules
   * changed. COPY and SWEEP end at the number `upTo` at which they started.
   */
  phase: z.enum(['CHANGES', 'COPY', 'SWEEP']),
  /** The last release id that a SWEEP has processed. */
  after: z.string().nullable(),
  /** The last release that a COPY has processed; older cursors have none, and their COPY starts from the top. */
  newest: z.object({ date: z.string(), number: z.string() }).nullable().default(null),
  /** The number of releases the COPY delivers, counted when it started. */
  total: z.number().int().nonnegative().nullable().default(null),
  /** The first date of the copy; also part of `context`. */
  dateFrom: z.string().nullable().default(null),
  /**
   * Whether the copy may contain some releases as they were after `base`: every change since then is sent in any case.
   */
  loose: z.boolean(),
  /** The day the cursor was issued, in days since 1970. */
  day: z.number().int(),
});
export type SyncPosition = z.infer<typeof position>;

/** A copy made by another presentation may differ in ways that the change log does not record. */
const presented = position.extend({ presentation: z.literal(PRESENTATION) });

const MAX_CURSOR_LENGTH = 6_000;
const SEAL_BYTES = 16;

/** Encodes and decodes cursors: opaque, and accepted only if this gateway issued them. */
export class SyncCursors {
  /** @param key the same on all nodes of one database */
  constructor(private readonly key: string) {}

  encode(place: SyncPosition): string {
    const body = Buffer.from(JSON.stringify({ ...place, presentation: PRESENTATION }));
    return Buffer.concat([this.seal(body), body]).toString('base64url');
  }

  /** @returns null for a cursor that this gateway did not issue, or that another presentation issued */
  decode(cursor: string): SyncPosition | null {
    const parsed = presented.safeParse(this.unseal(cursor));
    return parsed.success ? parsed.data : null;
  }

  /**
   * The first date of the copy, even if the cursor is otherwise unusable; null for a cursor that this gateway did not
   * issue.
   */
  dateFromOf(cursor: string): string | null {
    const parsed = position.pick({ dateFrom: true }).safeParse(this.unseal(cursor));
    return parsed.success ? parsed.data.dateFrom : null;
  }

  private unseal(cursor: string): unknown {
    if (cursor.length > MAX_CURSOR_LENGTH) return null;
    const bytes = Buffer.from(cursor, 'base64url');
    // Buffer ignores characters that are not base64url, and spare bits at the end.
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

/** Names a context: the same reader with the same filters always has the same name. */
export function contextName({ reader, addressedTo, dateFrom }: SyncContext): string {
  const { requested, audience, coherence, refused } = reader;
  const rest = refused ? [refused] : [];
  const from = dateFrom === null ? [] : [{ dateFrom }];
  const text = JSON.stringify([requested, audience, coherence, addressedTo, ...rest, ...from]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
