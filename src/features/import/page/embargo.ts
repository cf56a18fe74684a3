import { visibleText } from '../../../kernel/unprintable.js';
import { readDateLine } from './page-date.js';

/** The instant before which a release must not be public; null if the line does not contain a readable one. */
export interface Embargo {
  /** The line as on the page. */
  readonly line: string;
  readonly until: Date | null;
}

/** The start of a line that embargoes a release, folded, in four languages. */
const UNTIL =
  /^(?:strictly |estrictamente |strictement |estritamente )?(?:under |bajo |sous |sob )?(?:embargo(?:ed)?|embargad[oa])(?: (?:for release|de la informacion|da informacao|de l'information))?(?: estricto| strict| rigoroso)?(?: (?:until|till|to|before|hasta|jusqu'(?:au|a)|ate|para|pour le|for)\b|(?= ?[:–—-])|(?= \d)|$)/;
const HOLD =
  /^(?:hold for release|(?:please )?hold until|not? (?:be released|for (?:release|publication))(?: (?:before|until|prior to))?|do not (?:publish|release)(?: (?:before|until))?|for release (?:on|at|after|until|not before)|no (?:publicar|difundir|divulgar)(?: antes)?|ne pas (?:publier|diffuser)(?: avant)?|nao (?:publicar|divulgar|difundir)(?: antes)?)\b/;
const MAX_LINE = 160;

/**
 * Parses an embargo line of a page: *EMBARGOED UNTIL MAY 10, 2099 AT 10:00 A.M.* Times are in Washington time unless a
 * zone is given; a date without a time starts at midnight.
 *
 * @returns null for any other line
 */
export function readEmbargo(line: string): Embargo | null {
  if (line.length > MAX_LINE) return null;
  const text = fold(line);
  const [start] = UNTIL.exec(text) ?? HOLD.exec(text) ?? [];
  if (start === undefined) return null;
  const rest = text.slice(start.length).replace(/^[\s:–—-]+/, '');
  const until = instantOf(rest);
  // “Embargo: a history” is a title; a line with *until*, or with nothing more, is not.
  const isTitle =
    /^embargo$/.test(start.trim()) && rest !== '' && until === null && !/\d/.test(rest);
  return isTitle ? null : { line, until };
}

/** Whether the end of the embargo is on the next line. */
export function isOpenEmbargo({ line }: Embargo): boolean {
  return /(?:until|till|hasta|jusqu'(?:au|a)|ate|release|before|antes|avant|:)[\s:–—-]*$/.test(
    fold(line),
  );
}

function fold(line: string): string {
  return visibleText(line)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[’‘´`]/g, "'")
    .replace(/[\s\u00a0\u202f]+/g, ' ')
    .replace(/^[\s*_#([{<>«“"|=~–—-]+|[\s*_#)\]}<>»”"|=~!]+$/g, '')
    .trim()
    .toLowerCase();
}

const HOUR =
  /(?:^|(?<=[\s,(]))(?:(?:12 (?:h )?)?(noon|midi|mediodia|meio-dia)|(midnight|minuit|medianoche|meia-noite)|(\d{1,2})(?:(?::|\.| ?h(?:rs?|eures?|oras?)? ?)(\d{2}))?(?: ?(?:h|hrs?|hours|heures?|horas?|hs)\b\.?)?(?: ?([ap])\.? ?m\b\.?)?)(?=$|[\s,;.)])/;
const FILLER =
  /\b(?:at|on|the|a|las|la|los|les|le|el|del?|da|das|do|as|o|du|l|h|hrs?|hours?|horas?|heures?|hora|heure|horario|time|of|dia|antes|avant|before|until|hasta|after|apres|despues|depois|jusqu|au|ate|para)\b|[\s,;:.()'–—-]+/g;

/** Minutes east of UTC; null for Washington time, which changes with the season. */
const ZONES: readonly (readonly [RegExp, number | null])[] = [
  [/\b(?:gmt|utc|z)\b(?! ?[+-])/, 0],
  [
    /\b(?:(?:washington|eastern(?: (?:standard|daylight))?|est|edt|et|hae|hne|nueva york|new york|new-york|nova york)(?:,? d\.? ?c\.?)?)(?: time)?\b\.?/,
    null,
  ],
  [/\b(?:cst)\b/, -360],
  [/\b(?:cdt)\b/, -300],
  [/\b(?:mst)\b/, -420],
  [/\b(?:pst)\b/, -480],
  [/\b(?:pdt)\b/, -420],
  [/\b(?:ast)\b/, -240],
  [/\b(?:brt|brasilia)\b/, -180],
  [/\b(?:cest)\b/, 120],
  [/\b(?:cet)\b/, 60],
];

function instantOf(rest: string): Date | null {
  let text = rest;
  let zone: number | null = null;
  for (const [pattern, minutes] of ZONES) {
    if (!pattern.test(text)) continue;
    text = text.replace(pattern, ' ');
    zone = minutes;
    break;
  }
  const day = dayIn(text);
  if (!day) return null;
  const left = text.replace(day.text, ' ');
  const hour = HOUR.exec(left);
  const isRead = left.replace(hour?.[0] ?? '', ' ').replace(FILLER, '') === '';
  const minutes = hour ? minutesOf(hour) : 0;
  if (!isRead || minutes === null) return null;
  const wall = Date.parse(`${day.date}T00:00:00Z`) + minutes * 60_000;
  return new Date(wall - (zone ?? offsetOfWashington(wall)) * 60_000);
}

/** The longest part of the text that is a date, including its weekday. */
function dayIn(text: string): { date: string; text: string } | null {
  const starts = [...text.matchAll(/(?:^|(?<=[\s,(]))\S/g)].map(({ index }) => index);
  const ends = [...text.matchAll(/\d{4}(?!\d)|-\d{2}(?!\d)/g)].map(
    (found) => found.index + found[0].length,
  );
  for (const start of starts) {
    for (const end of ends.filter((place) => place > start).reverse()) {
      const part = text.slice(start, end);
      const date = part.length <= MAX_DATE ? dateOrNull(part) : null;
      if (date !== null) return { date, text: part };
    }
  }
  return null;
}

const MAX_DATE = 50;

function dateOrNull(text: string): string | null {
  try {
    return readDateLine(text)?.date ?? null;
  } catch {
    return null;
  }
}

function minutesOf([, noon, midnight, hours, minutes, half]: RegExpExecArray): number | null {
  if (noon !== undefined) return 12 * 60;
  if (midnight !== undefined) return 0;
  const [hour, minute] = [Number(hours), Number(minutes ?? 0)];
  if (minute > 59 || hour > 24 || (half !== undefined && (hour > 12 || hour === 0))) return null;
  const turned = half === undefined ? hour : (hour % 12) + (half === 'p' ? 12 : 0);
  return turned * 60 + minute;
}

const WASHINGTON = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  timeZoneName: 'longOffset',
});

/** @param wall the local time in Washington, as if it were UTC */
function offsetOfWashington(wall: number): number {
  // Clocks change at two in the morning: with five hours added, it is the same day in Washington, too.
  const parts = WASHINGTON.formatToParts(new Date(wall + 5 * 3_600_000));
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return Number(/GMT([+-]\d{2})/.exec(name)?.[1] ?? -5) * 60;
}
