import type { EntityManager } from 'typeorm';

import type { Locale } from '../../kernel/locale.js';
import { Invalid } from '../../kernel/refusal.js';
import { queryableOf } from '../../platform/db/queryable.js';
import { type ReferenceData } from '../audience/index.js';
import { type Change, logChange } from '../change-log/index.js';
import { recordAudit } from '../../platform/mutation/audit.repository.js';
import { getLocked } from '../release/index.js';
import { checkCorrection } from './correction.policy.js';
import {
  preparePublication,
  prepareRetraction,
  type PublishRequest,
  type RetractRequest,
  writeDraft,
  type WrittenEdition,
} from './publication.service.js';
import { judgeEdition, judgePinned, NotReady, type EditionRequest } from './readiness.service.js';
import * as repository from './schedule.repository.js';
import type { Schedule } from './schedule.repository.js';

const MAX_YEARS_AHEAD = 5;

/** The result of publishing, scheduling or retracting: plain JSON. */
export interface EditionOutcome {
  readonly releaseId: string;
  /** null while it is only scheduled. */
  readonly edition: number | null;
  /** Newly published, replaced or retracted. */
  readonly locales: readonly Locale[];
  /** ISO 8601. */
  readonly publishedAt: string | null;
  readonly scheduledFor: string | null;
}

/**
 * Publishes now or, if `at` is later than the clock of the database, creates a schedule: the rules are run now, the
 * revisions are pinned, and readers have no access before that instant.
 *
 * @returns the outcome, and the row that must be written into the change log by the last statement
 * @throws NotReady; Invalid SCHEDULE_TOO_FAR, CORRECTION_REPLACES_NOTHING; AppError NOT_FOUND
 */
export async function publishOrSchedule(
  manager: EntityManager,
  reference: ReferenceData,
  request: PublishRequest & Pick<EditionRequest, 'at'>,
): Promise<{ outcome: EditionOutcome; change: Change | null }> {
  const { releaseId, at } = request;
  await getLocked(manager, releaseId);
  if (at && (await isAhead(manager, at))) {
    return { outcome: await schedule(manager, reference, { ...request, at }), change: null };
  }
  return outcomeOf(releaseId, await preparePublication(manager, reference, request));
}

/**
 * Retracts a release or some of its translations.
 *
 * @returns as {@link publishOrSchedule}
 * @throws Invalid ORIGINAL_STAYS, NOTHING_PUBLIC; AppError NOT_FOUND
 */
export async function retractNow(
  manager: EntityManager,
  request: RetractRequest,
): Promise<{ outcome: EditionOutcome; change: Change | null }> {
  return outcomeOf(request.releaseId, await prepareRetraction(manager, request));
}

function outcomeOf(
  releaseId: string,
  { edition, changed, publishedAt, change }: WrittenEdition,
): { outcome: EditionOutcome; change: Change | null } {
  const at = publishedAt.toISOString();
  const outcome = { releaseId, edition, locales: changed, publishedAt: at, scheduledFor: null };
  return { outcome, change };
}

/** @throws Invalid SCHEDULE_TOO_FAR */
async function isAhead(manager: EntityManager, at: Date): Promise<boolean> {
  const [row] = await manager.query<{ ahead: boolean; far: boolean }[]>(
    `SELECT $1::timestamptz > clock_timestamp() AS ahead,
            $1::timestamptz > clock_timestamp() + make_interval(years => $2) AS far`,
    [at, MAX_YEARS_AHEAD],
  );
  if (row?.far) throw new Invalid('SCHEDULE_TOO_FAR', { years: MAX_YEARS_AHEAD }, ['at']);
  return row?.ahead ?? false;
}

async function schedule(
  manager: EntityManager,
  reference: ReferenceData,
  request: PublishRequest & { readonly at: Date },
): Promise<EditionOutcome> {
  const { releaseId, at, by, waivers = [], notes = {} } = request;
  const { draft, material, readiness } = await judgeEdition(
    queryableOf(manager),
    reference,
    request,
  );
  if (!readiness.ready) throw new NotReady(readiness);
  checkCorrection(draft, notes);
  const pins = draft.candidates.flatMap(({ locale }) => {
    const written = material.texts.get(locale);
    return written ? [[locale, written.revision] as const] : [];
  });
  const toCome: Schedule = { releaseId, at, pins: Object.fromEntries(pins), waivers, notes, by };
  await repository.putSchedule(manager, toCome);
  return {
    releaseId,
    edition: null,
    locales: pins.map(([locale]) => locale),
    publishedAt: null,
    scheduledFor: at.toISOString(),
  };
}

/** @throws Invalid NOTHING_SCHEDULED; AppError NOT_FOUND */
export async function cancelSchedule(
  manager: EntityManager,
  releaseId: string,
): Promise<EditionOutcome> {
  await getLocked(manager, releaseId);
  if (!(await repository.removeSchedule(manager, releaseId))) {
    throw new Invalid('NOTHING_SCHEDULED');
  }
  return { releaseId, edition: null, locales: [], publishedAt: null, scheduledFor: null };
}

export type DueOutcome = 'PUBLISHED' | 'UNCHANGED' | 'HELD_BACK';

/**
 * Publishes the texts that a schedule has pinned, or holds it back if the rules are no longer met. The change log is
 * the last statement, so the caller must not write anything after it.
 */
export async function publishDue(
  manager: EntityManager,
  reference: ReferenceData,
  { releaseId, pins, waivers, notes, by }: Schedule,
): Promise<DueOutcome> {
  const wish = { releaseId, pins, waivers };
  const { draft, readiness } = await judgePinned(queryableOf(manager), reference, wish);
  if (!readiness.ready) {
    await repository.holdBack(manager, releaseId, readiness.unmet);
    return 'HELD_BACK';
  }
  await repository.removeSchedule(manager, releaseId);
  const { change } = await writeDraft(manager, draft, { releaseId, waivers, notes, by });
  if (!change) return 'UNCHANGED';
  const subject = { releaseId, locales: Object.keys(pins), scheduled: true };
  await recordAudit(manager, { by, mutation: 'publish', subject, requestId: null });
  await logChange(manager, change);
  return 'PUBLISHED';
}
