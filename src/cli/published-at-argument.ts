import { InvalidArgumentError } from 'commander';

import { OWN_DATE } from '../features/import/index.js';
import { isCalendarDate, isInstant } from '../kernel/calendar-date.js';

/** @throws InvalidArgumentError for a value that is not a date, an instant or `own-date` */
export function publishedAtArgument(value: string): string {
  if (value === OWN_DATE || isCalendarDate(value) || isInstant(value)) return value;
  throw new InvalidArgumentError(`YYYY-MM-DD, YYYY-MM-DDThh:mmZ, ${OWN_DATE}`);
}
