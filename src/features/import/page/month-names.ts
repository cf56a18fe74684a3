import { LOCALES, type Locale, type PerLocale } from '../../../kernel/locale.js';

const words = (text: string): readonly string[] => text.split(' ');

/** Without accents, as {@link monthOf} expects them; abbreviations after the names, in the same order. */
const MONTHS: PerLocale<readonly (readonly string[])[]> = {
  EN: [
    words('january february march april may june july august september october november december'),
    words('jan feb mar apr may jun jul aug sep oct nov dec'),
  ],
  ES: [
    words(
      'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
    ),
    words('ene feb mar abr may jun jul ago sep oct nov dic'),
  ],
  FR: [
    words('janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre'),
    words('janv fevr mars avr mai juin juil aout sept oct nov dec'),
    words('jan fev mar avr mai jun jul aou sep oct nov dec'),
  ],
  PT: [
    words(
      'janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro',
    ),
    words('jan fev mar abr mai jun jul ago set out nov dez'),
  ],
};
/** Peru and Uruguay write *setiembre*. */
const VARIANTS: readonly (readonly [string, number, Locale])[] = [
  ['setiembre', 9, 'ES'],
  ['sept', 9, 'EN'],
  ['sept', 9, 'ES'],
  ['set', 9, 'ES'],
];

/**
 * @param word a month's name or abbreviation in lower case, without accents and point
 * @returns month 0 if it is not a month; the locales in which it has this name
 */
export function monthOf(word: string): { month: number; locales: Locale[] } {
  const variants = VARIANTS.filter(([name]) => name === word);
  const number = (locale: Locale): number => {
    const found = MONTHS[locale].map((list) => list.indexOf(word) + 1).find((place) => place > 0);
    return found ?? variants.find(([, , of]) => of === locale)?.[1] ?? 0;
  };
  const locales = LOCALES.filter((locale) => number(locale) > 0);
  const [first] = locales;
  return { month: first ? number(first) : 0, locales };
}
