import type { EntityManager } from 'typeorm';

import { AppError } from '../../kernel/errors.js';
import type { Locale } from '../../kernel/locale.js';
import { releaseCode } from '../../kernel/reference-code.js';
import { retractedLocales } from '../publication/index.js';
import { lastWritten, type ReleaseEntity } from '../release/index.js';

type Known = Pick<ReleaseEntity, 'id' | 'number'>;

/** @throws AppError TEXT_EDITED_SINCE if the newest text of this locale was not imported */
export async function refuseEdited(
  manager: EntityManager,
  { id, number }: Known,
  locale: Locale,
): Promise<void> {
  const last = await lastWritten(manager, id, locale);
  if (!last || last.action === 'IMPORTED') return;
  throw new AppError('TEXT_EDITED_SINCE', { reference: releaseCode(number, locale), locale });
}

/**
 * A text that staff have retracted is not published again because a file still contains it.
 *
 * @throws AppError TEXT_RETRACTED_SINCE
 */
export async function refuseRetracted(
  manager: EntityManager,
  { id, number, originalLocale }: Known & Pick<ReleaseEntity, 'originalLocale'>,
  locales: readonly Locale[],
): Promise<void> {
  const retracted = await retractedLocales(manager, id);
  const locale = locales.find((candidate) => retracted.includes(candidate));
  if (locale) {
    throw new AppError('TEXT_RETRACTED_SINCE', { reference: releaseCode(number, locale), locale });
  }
  // No translation is published without its original.
  if (retracted.includes(originalLocale)) {
    throw new AppError('TEXT_RETRACTED_SINCE', { reference: number });
  }
}
