import type { ReleaseType } from '../../../kernel/release.js';
import { isMoreInformation, readHeading, readReferenceLabel } from './page-chrome.js';
import { type PageDate, readDateLine } from './page-date.js';
import type { PageLine } from './page-line.js';
import { readReference, type Reference } from './reference.js';
import { Refused } from './refused.js';

/** Which line of a page is what. Every line is in exactly one place, so that none can be lost. */
export interface Outline {
  readonly reference: Reference;
  readonly date: PageDate;
  readonly title: number;
  /** In the order of the page. */
  readonly body: readonly number[];
  /** Headings of the page, the line that leads to the website, what follows the reference. */
  readonly dropped: readonly number[];
  /** What the page's headings call the release; null where they do not tell. */
  readonly headingType: ReleaseType | null;
}

/** A line of this length is a paragraph, not the name of a menu or a section. */
const PARAGRAPH_LENGTH = 200;

/** @throws Refused REFERENCE_MISSING, REFERENCE_AMBIGUOUS, DATE_MISSING, DATE_IMPOSSIBLE, TITLE_MISSING … */
export function outlineOf(lines: readonly PageLine[], isHtml: boolean): Outline {
  const footer = findReference(lines);
  const top = lines.slice(0, footer.start);
  const marked = findMarkedTitle(top);
  // A page may print today's date over the title.
  const found = (marked === null ? null : findDate(top, marked + 1)) ?? findDate(top, 0);
  if (!found) throw new Refused('DATE_MISSING');
  const title = marked ?? findTitle(top, found.index, isHtml);
  const body: number[] = [];
  const dropped: number[] = [];
  let headingType: ReleaseType | null = null;
  top.forEach(({ plain }, index) => {
    if (index === title || index === found.index) return;
    const heading = body.length === 0 ? readHeading(plain) : null;
    headingType ??= heading?.type ?? null;
    if (index < title || heading !== null || isMoreInformation(plain)) dropped.push(index);
    else body.push(index);
  });
  for (let index = footer.end; index < lines.length; index += 1) dropped.push(index);
  return { reference: footer.reference, date: found.date, title, body, dropped, headingType };
}

interface Footer {
  readonly reference: Reference;
  /** The lines of label and code: from `start` to before `end`. */
  readonly start: number;
  readonly end: number;
}

function findReference(lines: readonly PageLine[]): Footer {
  const footers: Footer[] = [];
  lines.forEach(({ plain }, index) => {
    const rest = readReferenceLabel(plain);
    if (rest === null) return;
    const isBelow = rest === '';
    const reference = readReference(isBelow ? (lines[index + 1]?.plain ?? '') : rest);
    if (reference) footers.push({ reference, start: index, end: index + (isBelow ? 2 : 1) });
  });
  const last = footers.at(-1);
  if (!last) throw new Refused('REFERENCE_MISSING');
  const codes = [...new Set(footers.map(({ reference }) => reference.code))];
  if (codes.length > 1) throw new Refused('REFERENCE_AMBIGUOUS', { references: codes.join(', ') });
  return last;
}

function findDate(
  lines: readonly PageLine[],
  from: number,
): { date: PageDate; index: number } | null {
  for (let index = from; index < lines.length; index += 1) {
    const plain = lines[index]?.plain ?? '';
    const date = plain.length <= 60 ? readDateLine(plain) : null;
    if (date) return { date, index };
  }
  return null;
}

/** The line that the markup marks, unless it comes so late that it marks a part of the body. */
function findMarkedTitle(lines: readonly PageLine[]): number | null {
  const marked = lines.findIndex(({ isTitle, plain }) => isTitle && readHeading(plain) === null);
  const firstParagraph = lines.findIndex(({ plain }) => plain.length >= PARAGRAPH_LENGTH);
  if (marked < 0 || (firstParagraph >= 0 && firstParagraph < marked)) return null;
  return marked;
}

/**
 * In text the first line that is no heading of the page; in HTML, where menus come before it, the
 * longest of those above the date.
 */
function findTitle(lines: readonly PageLine[], dateIndex: number, isHtml: boolean): number {
  const length = (index: number): number => lines[index]?.plain.length ?? 0;
  const open = [...lines.keys()].filter((index) => {
    return index !== dateIndex && readHeading(lines[index]?.plain ?? '') === null;
  });
  const above = isHtml ? open.filter((index) => index < dateIndex) : [];
  const [longest] = above.sort((a, b) => length(b) - length(a) || a - b);
  const found = longest ?? open[0];
  if (found === undefined) throw new Refused('TITLE_MISSING');
  return found;
}
