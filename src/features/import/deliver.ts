import type { DataSource } from 'typeorm';

import { AppError, type ErrorReason } from '../../kernel/errors.js';
import { isLocale, type Locale } from '../../kernel/locale.js';
import { wallClockMs } from '../../kernel/wall-clock.js';
import { databaseCode, UNIQUE_VIOLATION, withTransaction } from '../../platform/db/index.js';
import { queryableOf } from '../../platform/db/queryable.js';
import type { ReferenceCache } from '../audience/index.js';
import { lockReleaseByNumber } from '../release/index.js';
import type { Delivery } from './deliveries.js';
import { importRelease, type ImportOptions, type ImportOutcome } from './import-release.js';

export type { Delivery } from './deliveries.js';

export interface DeliveryOptions extends ImportOptions {
  /** Runs the whole import and then rolls it back. */
  readonly dryRun: boolean;
}

export interface Delivered {
  /** null if nothing of the release could be imported. */
  readonly outcome: ImportOutcome | null;
  /** Why a text or, with locale null, the release was refused; the other texts were imported. */
  readonly refusals: readonly { readonly locale: Locale | null; readonly error: AppError }[];
}

/** Rolls back the transaction of a dry run, and returns its outcome. */
class TakenBack extends Error {
  constructor(readonly outcome: ImportOutcome) {
    super('taken back');
  }
}

/** Imports one release in its own transaction. A refused text does not block the other languages. */
export async function deliver(
  dataSource: DataSource,
  cache: ReferenceCache,
  delivery: Delivery,
  options: DeliveryOptions,
): Promise<Delivered> {
  const refusals: { locale: Locale | null; error: AppError }[] = [];
  const held = options.publish ? embargoFault(delivery) : null;
  if (held) return { outcome: null, refusals: [{ locale: null, error: held }] };
  let left = delivery;
  let meetings = 0;
  for (;;) {
    try {
      return { outcome: await attempt(dataSource, cache, left, options), refusals };
    } catch (error) {
      if (error instanceof MetAnother && (meetings += 1) < 3) continue;
      if (!(error instanceof AppError) || error.row.status >= 500) throw error;
      const locale = refusedLocale(error);
      refusals.push({ locale, error });
      const rest = locale === null ? null : without(left, locale);
      if (!rest) return { outcome: null, refusals };
      left = rest;
    }
  }
}

/** An embargo that cannot be parsed counts as in force. */
function embargoFault({ embargoes }: Delivery): AppError | null {
  for (const { line, until } of embargoes) {
    if (until === null) return new AppError('EMBARGO_UNREADABLE', { line });
    if (until.getTime() > wallClockMs()) return new AppError('EMBARGO_NOT_OVER', { line });
  }
  return null;
}

async function attempt(
  dataSource: DataSource,
  cache: ReferenceCache,
  { incoming, isOriginalGiven }: Delivery,
  options: DeliveryOptions,
): Promise<ImportOutcome> {
  try {
    return await withTransaction(dataSource, async (manager) => {
      const found = isOriginalGiven ? null : await lockReleaseByNumber(manager, incoming.number);
      const originalLocale = found?.originalLocale ?? incoming.originalLocale;
      const reference = await cache.load(queryableOf(manager));
      const release = { ...incoming, originalLocale };
      const outcome = await importRelease(manager, reference, release, options);
      if (options.dryRun) throw new TakenBack(outcome);
      return outcome;
    });
  } catch (error) {
    if (error instanceof TakenBack) return error.outcome;
    throw namedForOne(error);
  }
}

/** Another import has created the same release in the meantime. */
class MetAnother extends Error {}

/** An error of the database for one release (a value too long for an index, for example) must not stop the others. */
function namedForOne(error: unknown): unknown {
  const code = databaseCode(error);
  if (code === UNIQUE_VIOLATION) return new MetAnother('met another', { cause: error });
  if (!/^(?:22|23|54)/.test(code)) return error;
  return new AppError('NOT_STORABLE', { detail: code }, { cause: error });
}

const OF_ONE_TEXT: readonly ErrorReason[] = ['TEXT_EDITED_SINCE', 'TEXT_RETRACTED_SINCE'];

/** A change that staff made to one text refuses only its locale. */
function refusedLocale(error: AppError): Locale | null {
  const { locale } = error.vars;
  return OF_ONE_TEXT.includes(error.reason) && isLocale(locale) ? locale : null;
}

function without(delivery: Delivery, refused: Locale): Delivery | null {
  const texts = { ...delivery.incoming.texts };
  delete texts[refused];
  if (Object.keys(texts).length === 0) return null;
  return { ...delivery, incoming: { ...delivery.incoming, texts } };
}
