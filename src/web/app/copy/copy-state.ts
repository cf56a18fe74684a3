import { LOCALES, type Locale } from '../../../kernel/locale.js';

/** How far back a copy reaches. */
export const ROOMS = ['YEAR', 'FIVE_YEARS', 'ALL'] as const;
export type Room = (typeof ROOMS)[number];

/** What a reader has chosen to store. */
export interface CopySettings {
  readonly locales: readonly Locale[];
  /** A member state, by its code; null for no particular one. */
  readonly audience: string | null;
  readonly room: Room;
}

/** One copy: the releases in one language, as the readers of one state get them. */
export interface CopyState {
  readonly id: number;
  readonly locale: Locale;
  readonly audience: string | null;
  readonly room: Room;
  /** Fixed when the copy begins: it is part of the cursor. `YYYY-MM-DD` */
  readonly dateFrom: string | null;
  /** Null before the first page. */
  readonly cursor: string | null;
  /** The releases that the first copy has in the end; null before the first page. */
  readonly total: number | null;
  readonly stored: number;
  /** Whether the first copy has been completed once. */
  readonly isComplete: boolean;
  /** Whether the server has begun another copy in its place; this one is read until that is complete. */
  readonly isSuperseded: boolean;
  /** The server's clock at the last page; empty before the first one. */
  readonly asOf: string;
}

const YEARS = { YEAR: 1, FIVE_YEARS: 5, ALL: null } as const;

/** @param today `YYYY-MM-DD` */
export function dateFromOf(room: Room, today: string): string | null {
  const years = YEARS[room];
  if (years === null) return null;
  const year = String(Number(today.slice(0, 4)) - years);
  // There is no 29 February in most years.
  return `${year}${today.slice(4)}`.replace(/-02-29$/, '-02-28');
}

/** Whether a copy is one of those that the reader wants now. */
export function isWanted(copy: CopyState, settings: CopySettings): boolean {
  return (
    !copy.isSuperseded &&
    settings.locales.includes(copy.locale) &&
    copy.audience === settings.audience &&
    copy.room === settings.room
  );
}

/** The locales of which the wanted copy has not even begun. */
export function missingLocales(copies: readonly CopyState[], settings: CopySettings): Locale[] {
  const present = copies.filter((copy) => isWanted(copy, settings)).map(({ locale }) => locale);
  return LOCALES.filter((locale) => settings.locales.includes(locale) && !present.includes(locale));
}

/** The copies that no reader needs any more: all others, as soon as all that are wanted are complete. */
export function obsoleteCopies(copies: readonly CopyState[], settings: CopySettings): CopyState[] {
  const wanted = copies.filter((copy) => isWanted(copy, settings));
  const isReady =
    missingLocales(copies, settings).length === 0 && wanted.every(({ isComplete }) => isComplete);
  return isReady ? copies.filter((copy) => !wanted.includes(copy)) : [];
}

/** The copy from which pages in a language are rendered; null if there is none. */
export function servingCopy(
  copies: readonly CopyState[],
  settings: CopySettings | null,
  locale: Locale,
): CopyState | null {
  const own = copies.filter((copy) => copy.locale === locale && copy.cursor !== null);
  const isCurrent = (copy: CopyState) => settings !== null && isWanted(copy, settings);
  const complete = own.filter(({ isComplete }) => isComplete);
  return complete.find(isCurrent) ?? complete.at(-1) ?? own.find(isCurrent) ?? null;
}
