import { isCalendarDate } from '../../../kernel/calendar-date.js';
import { LOCALES, type Locale, type PerLocale } from '../../../kernel/locale.js';
import { Refused } from './refused.js';

const MONTHS: PerLocale<readonly string[]> = {
  EN: 'january february march april may june july august september october november december'.split(
    ' ',
  ),
  ES: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(
    ' ',
  ),
  FR: 'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre'.split(
    ' ',
  ),
  PT: 'janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro'.split(
    ' ',
  ),
};
/** Peru and Uruguay write *setiembre*. */
const VARIANTS: readonly (readonly [string, number, Locale])[] = [
  ['setiembre', 9, 'ES'],
  ['sept', 9, 'EN'],
];
const WEEKDAY =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|lunes|martes|miercoles|jueves|viernes|sabado|domingo|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:segunda|terca|quarta|quinta|sexta)-feira),? /;
const DAY_FIRST =
  /^(?:el |le |em )?(\d{1,2})(?: ?(?:st|nd|rd|th|er|re|ro|o|º|°|\.º))?(?: de| of)? ([a-z]+)\.?,?(?: del?)? (\d{4})$/;
const MONTH_FIRST = /^([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/;
const NUMERIC = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/;
const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;

export interface PageDate {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** The locales in which the month has this name; all, where it is a number. */
  readonly locales: readonly Locale[];
}

/**
 * Reads a line that is a date and nothing else, in any of the four languages: pages carry dates in
 * another language than their text's.
 *
 * @returns null for a line that is no date
 * @throws Refused DATE_IMPOSSIBLE, DATE_AMBIGUOUS (`10/09/2012`)
 */
export function readDateLine(line: string): PageDate | null {
  const text = line
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/\.$/, '')
    .toLowerCase()
    .replace(WEEKDAY, '');
  const worded = wordedDate(text);
  if (worded) return worded.month === 0 ? null : dateOf(worded, line);
  const numeric = NUMERIC.exec(text);
  if (numeric) return numericDate(numeric, line);
  const iso = ISO.exec(text);
  if (!iso) return null;
  return dateOf({ year: iso[1], month: Number(iso[2]), day: iso[3], locales: LOCALES }, line);
}

interface Parts {
  readonly year: string | undefined;
  /** 0 where the word is no month. */
  readonly month: number;
  readonly day: string | undefined;
  readonly locales: readonly Locale[];
}

function wordedDate(text: string): Parts | null {
  const dayFirst = DAY_FIRST.exec(text);
  if (dayFirst) return { ...monthOf(dayFirst[2] ?? ''), day: dayFirst[1], year: dayFirst[3] };
  const monthFirst = MONTH_FIRST.exec(text);
  return monthFirst && { ...monthOf(monthFirst[1] ?? ''), day: monthFirst[2], year: monthFirst[3] };
}

function monthOf(word: string): { month: number; locales: Locale[] } {
  const variant = VARIANTS.find(([name]) => name === word);
  if (variant) return { month: variant[1], locales: [variant[2]] };
  const locales = LOCALES.filter((locale) => MONTHS[locale].includes(word));
  const [first] = locales;
  return { month: first ? MONTHS[first].indexOf(word) + 1 : 0, locales };
}

/** 31/12 and 12/31 can be read in one way only; 10/09 cannot. */
function numericDate([, first, second, year]: RegExpExecArray, line: string): PageDate {
  const [a, b] = [Number(first), Number(second)];
  if (a <= 12 && b <= 12 && a !== b) throw new Refused('DATE_AMBIGUOUS', { date: line });
  const [day, month] = b > 12 ? [second, a] : [first, b];
  return dateOf({ year, month, day, locales: LOCALES }, line);
}

function dateOf({ year = '', month, day = '', locales }: Parts, line: string): PageDate {
  const date = `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isCalendarDate(date)) throw new Refused('DATE_IMPOSSIBLE', { date: line });
  return { date, locales };
}
