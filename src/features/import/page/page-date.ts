import { isCalendarDate } from '../../../kernel/calendar-date.js';
import { LOCALES, type Locale } from '../../../kernel/locale.js';
import { visibleText } from '../../../kernel/unprintable.js';
import { monthOf } from './month-names.js';
import { Refused } from './refused.js';

const WEEKDAY =
  /^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|lunes|martes|miercoles|jueves|viernes|sabado|domingo|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:segunda|terca|quarta|quinta|sexta)(?:[- ]feira)?|[2-6][aª][- ]feira|(?:mon|tues?|wed|thurs?|thu|fri|sat|sun|lun|mar|mie|mier|jue|vie|sab|dom|mer|jeu|ven|sam|dim|seg|ter|qua|qui|sex)\.?),? /;
const DAY_FIRST =
  /^(?:el |le |em |the )?(?:dia )?(\d{1,2})(?: ?(?:st|nd|rd|th|er|ero|re|ro|o|a|º|ª|°|\.º|\.o|\.er))?(?: de|[ -]of)?[ -]([a-z]+)\.?,?(?: del? (?:ano )?|[ -])(\d{4})$/;
const MONTH_FIRST = /^([a-z]+)\.? (?:the )?(\d{1,2})(?: ?(?:st|nd|rd|th))?,? ?(?:of )?(\d{4})$/;
const NUMERIC = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/;
const ISO = /^(\d{4})[-/.](\d{2})[-/.](\d{2})$/;
const LABEL =
  /^(?:date(?: of (?:issue|publication|release)| de publication)?|fecha(?: de publicacion)?|data(?: de publicacao)?|published(?: on)?|publie le|publicado (?:el|em)|posted(?: on)?) ?[:–-]? ?(?=\S)/;
/** The place before the date of a page: a name of a few words in capitals, then a comma or a dash. */
const PLACE_WORD =
  /^(?:\p{Lu}[\p{L}’'.-]*|d['’]\p{Lu}\p{L}*|de|del|la|las|los|el|do|da|dos|das|du|des|of|the|et|y|e|and)$/u;
const PLACE =
  /^([^\d]{2,60}?)(?: ?[,(–—|:/•·]+ ?| - ?|(?<=\.) |(?<=D\.? ?C\.?) |\) ?[–—-]? ?)(?=\S)/;
const MAX_PLACE_WORDS = 8;

export interface PageDate {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** The locales in which the month has this name; all, if it is a number. */
  readonly locales: readonly Locale[];
}

/**
 * Parses a line that consists of a date only, in any of the four languages: a page may have its date in another
 * language than its text. Weekdays and abbreviations are recognized, capitals and invisible characters are ignored. A
 * line with more than one date does not count.
 *
 * @returns null for a line that is not a date
 * @throws Refused DATE_IMPOSSIBLE, DATE_AMBIGUOUS (`10/09/2012`)
 */
export function readDateLine(line: string): PageDate | null {
  const text = folded(line)
    .replace(/^[([]\s*(.*?)\s*[)\]]$/, '$1')
    .replace(/ ?[.,;|–—-]+$/, '')
    .toLowerCase()
    .replace(LABEL, '');
  // *Mar* is a Tuesday in Spanish, and March in English.
  return readDate(text, line) ?? readDate(text.replace(WEEKDAY, ''), line);
}

function readDate(text: string, line: string): PageDate | null {
  const worded = wordedDate(text);
  if (worded) return worded.month === 0 ? null : dateOf(worded, line);
  const numeric = NUMERIC.exec(text);
  if (numeric) return numericDate(numeric, line);
  const iso = ISO.exec(text);
  if (!iso) return null;
  return dateOf({ year: iso[1], month: Number(iso[2]), day: iso[3], locales: LOCALES }, line);
}

/** Parses a date preceded by the place: `Washington, D.C., September 10, 2012`. Like {@link readDateLine}. */
export function readDateline(line: string): PageDate | null {
  const text = folded(line);
  for (let at = 0; at < text.length;) {
    const [start, place = ''] = PLACE.exec(text.slice(at)) ?? [];
    if (start === undefined || !isPlace(place)) return null;
    at += start.length;
    const date = at <= MAX_PLACE ? readDateLine(text.slice(at)) : null;
    if (date) return date;
  }
  return null;
}

/** Parses the dateline at the start of a paragraph: `SAN JOSÉ, 5 de junio de 2013 – La Asamblea …`. */
export function readLeadingDateline(paragraph: string): PageDate | null {
  const [, start] =
    /^(.{6,90}?)\s*(?: [-–]|[—–]| --|:|\.-)\s+(?=[\p{L}“«"¿¡])/u.exec(folded(paragraph)) ?? [];
  if (start === undefined) return null;
  return readDateLine(start) ?? readDateline(start);
}

const MAX_PLACE = 70;

function isPlace(text: string): boolean {
  const names = text.split(/[\s,(–—|:/•·]+/).filter((word) => word !== '');
  return names.length <= MAX_PLACE_WORDS && names.every((word) => PLACE_WORD.test(word));
}

/** Without accents and invisible characters, with plain spaces. */
function folded(line: string): string {
  return visibleText(line)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .trim();
}

interface YearMonthDay {
  readonly year: string | undefined;
  /** 0 if the word is not a month. */
  readonly month: number;
  readonly day: string | undefined;
  readonly locales: readonly Locale[];
}

function wordedDate(text: string): YearMonthDay | null {
  const dayFirst = DAY_FIRST.exec(text);
  if (dayFirst) return { ...monthOf(dayFirst[2] ?? ''), day: dayFirst[1], year: dayFirst[3] };
  const monthFirst = MONTH_FIRST.exec(text);
  return monthFirst && { ...monthOf(monthFirst[1] ?? ''), day: monthFirst[2], year: monthFirst[3] };
}

/** 31/12 and 12/31 are unambiguous; 10/09 is not. */
function numericDate([, first, second, year]: RegExpExecArray, line: string): PageDate {
  const [a, b] = [Number(first), Number(second)];
  if (a <= 12 && b <= 12 && a !== b) throw new Refused('DATE_AMBIGUOUS', { date: line });
  const [day, month] = b > 12 ? [second, a] : [first, b];
  return dateOf({ year, month, day, locales: LOCALES }, line);
}

function dateOf({ year = '', month, day = '', locales }: YearMonthDay, line: string): PageDate {
  const date = `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isCalendarDate(date)) throw new Refused('DATE_IMPOSSIBLE', { date: line });
  return { date, locales };
}
