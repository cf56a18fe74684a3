import { InvalidArgumentError } from 'commander';

import { LOCALES, type Locale } from '../kernel/locale.js';

/** @throws InvalidArgumentError */
export function localeArgument(value: string): Locale {
  const locale = LOCALES.find((candidate) => candidate === value.toUpperCase());
  if (!locale) throw new InvalidArgumentError(LOCALES.join(', '));
  return locale;
}
