import type { ReleaseType } from '../../../kernel/release.js';
import { isBlank, visibleText } from '../../../kernel/unprintable.js';
import { isSeparator } from './bullet.js';
import { type Embargo, isOpenEmbargo, readEmbargo } from './embargo.js';
import { isFormula, isMoreInformation, readHeading, readReferenceLabel } from './page-chrome.js';
import { type PageDate, readDateline, readDateLine, readLeadingDateline } from './page-date.js';
import type { PageLine } from './page-line.js';
import { readReference, type Reference } from './reference.js';
import { Refused } from './refused.js';

/** The role of each line of a page. Every line has exactly one role, so that none can be lost. */
export interface Outline {
  readonly reference: Reference;
  readonly date: PageDate;
  readonly title: number;
  /** In the order of the page. */
  readonly body: readonly number[];
  /** Headings of the page, the line that links to the website, everything after the reference. */
  readonly dropped: readonly number[];
  /** Lines within the body that only separate parts of it. */
  readonly separators: readonly number[];
  readonly embargo: Embargo | null;
  /** The release type by the page's headings; null if they do not indicate one. */
  readonly headingType: ReleaseType | null;
}

/** Whether a line is part of the page around a release, so that nothing is joined to it. */
export function belongsToPage(line: string): boolean {
  if (line.length > MAX_CHROME_LENGTH) return false;
  if (readHeading(line) || readReferenceLabel(line) !== null || isMoreInformation(line))
    return true;
  if (isFormula(line) || readEmbargo(line)) return true;
  try {
    return line.length <= MAX_DATE_LENGTH && (readDateLine(line) ?? readDateline(line)) !== null;
  } catch {
    return true;
  }
}

const MAX_CHROME_LENGTH = 200;
const MAX_DATE_LENGTH = 90;
/** A line of this length is a paragraph, not the name of a menu or a section. */
const PARAGRAPH_LENGTH = 200;

/** @throws Refused REFERENCE_MISSING, REFERENCE_AMBIGUOUS, DATE_MISSING, DATE_IMPOSSIBLE, TITLE_MISSING … */
export function outlineOf(lines: readonly PageLine[], isHtml: boolean): Outline {
  const footer = findReference(lines);
  const top = lines.slice(0, footer.start);
  const { embargo, indexes: held } = findEmbargo(lines);
  const isChrome = (index: number): boolean => held.has(index) || isAround(top[index]);
  const marked = findMarkedTitle(top, isChrome);
  // A page may print the current date above the title.
  const found =
    (marked === null ? null : findDate(top, marked + 1, held)) ?? findDate(top, 0, held);
  if (!found) throw new Refused('DATE_MISSING');
  const title = marked ?? findTitle(top, found.index, isChrome, isHtml);
  const body: number[] = [];
  const dropped: number[] = [];
  let headingType: ReleaseType | null = null;
  top.forEach(({ plain }, index) => {
    if (index === title || index === found.index) return;
    const heading = body.length === 0 ? readHeading(plain) : null;
    headingType ??= heading?.type ?? null;
    const isAbove = heading !== null || (isChrome(index) && body.length === 0);
    const isPart = isFormula(plain) || held.has(index) || isMoreInformation(plain);
    if (index < title || isAbove || isPart) dropped.push(index);
    else body.push(index);
  });
  for (let index = footer.end; index < lines.length; index += 1) dropped.push(index);
  const parted = partBody(lines, body);
  const { reference } = footer;
  const visible = [...dropped, ...parted.outside].filter((index) => lines[index]?.isRule !== true);
  const facts = { reference, date: found.date, title, embargo, headingType };
  return { ...facts, body: parted.body, separators: parted.separators, dropped: visible };
}

/** A heading, a formula, a rule: never a title. */
function isAround(line: PageLine | undefined): boolean {
  const plain = line?.plain ?? '';
  return readHeading(plain) !== null || isFormula(plain) || isSeparator(plain) || isBlank(plain);
}

interface PartedBody {
  readonly body: readonly number[];
  readonly separators: readonly number[];
  /** Separators between the body and the page. */
  readonly outside: readonly number[];
}

function partBody(lines: readonly PageLine[], indexes: readonly number[]): PartedBody {
  const isRule = (index: number): boolean => isSeparator(lines[index]?.plain ?? '');
  const body = indexes.filter((index) => !isRule(index));
  const [first = 0, last = 0] = [body[0], body.at(-1)];
  const rules = indexes.filter(isRule);
  const within = (index: number): boolean => index > first && index < last;
  const separators = rules.filter(within);
  return { body, separators, outside: rules.filter((index) => !within(index)) };
}

/** Finds the line that embargoes the release, and the next one if that has the date. */
function findEmbargo(lines: readonly PageLine[]): {
  embargo: Embargo | null;
  indexes: Set<number>;
} {
  let found: Embargo | null = null;
  const indexes = new Set<number>();
  lines.forEach(({ plain }, index) => {
    const embargo = readEmbargo(plain);
    if (!embargo) return;
    indexes.add(index);
    const next = lines[index + 1]?.plain ?? '';
    const joined =
      embargo.until === null && isOpenEmbargo(embargo) ? readEmbargo(`${plain} ${next}`) : null;
    if (joined?.until) indexes.add(index + 1);
    found = laterOf(found, joined?.until ? joined : embargo);
  });
  return { embargo: found, indexes };
}

/** Of two embargoes on a page, the later one counts; one that cannot be parsed never ends. */
function laterOf(a: Embargo | null, b: Embargo): Embargo {
  if (!a || !b.until) return b;
  return a.until && a.until < b.until ? b : a;
}

interface Footer {
  readonly reference: Reference;
  /** The lines of label and code: from `start` (inclusive) to `end` (exclusive). */
  readonly start: number;
  readonly end: number;
}

function findReference(lines: readonly PageLine[]): Footer {
  const footers: Footer[] = [];
  lines.forEach(({ plain }, index) => {
    const rest = readReferenceLabel(plain);
    if (rest === null) return;
    const isBelow = rest === '';
    const reference = readReference(
      isBelow ? visibleText(lines[index + 1]?.plain ?? '').trim() : rest,
    );
    if (reference) footers.push({ reference, start: index, end: index + (isBelow ? 2 : 1) });
  });
  const last = footers.at(-1);
  if (!last) throw new Refused('REFERENCE_MISSING');
  const codes = [...new Set(footers.map(({ reference }) => reference.code))];
  if (codes.length > 1) throw new Refused('REFERENCE_AMBIGUOUS', { references: codes.join(', ') });
  return last;
}

/** `index` is null if the date is part of a paragraph. */
function findDate(
  lines: readonly PageLine[],
  from: number,
  held: ReadonlySet<number>,
): { date: PageDate; index: number | null } | null {
  for (const read of [readDateLine, readDateline, readLeadingDateline]) {
    for (let index = from; index < lines.length; index += 1) {
      const plain = lines[index]?.plain ?? '';
      const isWhole = read !== readLeadingDateline;
      if (held.has(index) || (isWhole && plain.length > MAX_DATE_LENGTH)) continue;
      const date = read(plain);
      if (date) return { date, index: isWhole ? index : null };
    }
  }
  return null;
}

/** The line marked as title, unless it comes so late that it is a heading within the body. */
function findMarkedTitle(
  lines: readonly PageLine[],
  isChrome: (index: number) => boolean,
): number | null {
  const marked = lines.findIndex(({ isTitle }, index) => isTitle && !isChrome(index));
  const firstParagraph = lines.findIndex(({ plain }) => plain.length >= PARAGRAPH_LENGTH);
  if (marked < 0 || (firstParagraph >= 0 && firstParagraph < marked)) return null;
  return marked;
}

/**
 * In text, the first line that is not a heading of the page; in HTML, where menus precede it, the longest line above
 * the date.
 */
function findTitle(
  lines: readonly PageLine[],
  dateIndex: number | null,
  isChrome: (index: number) => boolean,
  isHtml: boolean,
): number {
  const length = (index: number): number => lines[index]?.plain.length ?? 0;
  const open = [...lines.keys()].filter((index) => index !== dateIndex && !isChrome(index));
  const above = isHtml && dateIndex !== null ? open.filter((index) => index < dateIndex) : [];
  const [title] = above.sort((a, b) => length(b) - length(a) || a - b);
  const found = title ?? open[0];
  if (found === undefined) throw new Refused('TITLE_MISSING');
  return found;
}
