import { type Locale, LOCALES } from '../../kernel/locale.js';
import { Invalid } from '../../kernel/refusal.js';
import { isBlank, unprintableIn } from '../../kernel/unprintable.js';
import type { Correction, CorrectionNotes, StoredCorrection } from './correction-row.js';
import { type EditionText, unchangedWords } from './edition.policy.js';

const MAX_NOTE_LENGTH = 500;

/** @throws Invalid LOCALE_TWICE, CORRECTION_NOTE_UNUSABLE */
export function checkedNotes(
  inputs: readonly { readonly locale: Locale; readonly text: string }[],
): CorrectionNotes {
  const notes: Partial<Record<Locale, string>> = {};
  for (const [index, { locale, text }] of inputs.entries()) {
    const path = ['correctionNotes', String(index)];
    if (notes[locale] !== undefined) {
      throw new Invalid('LOCALE_TWICE', { locale }, [...path, 'locale']);
    }
    const note = text.normalize('NFC').trim();
    if (isBlank(note) || note.length > MAX_NOTE_LENGTH || unprintableIn(note) !== null) {
      throw new Invalid('CORRECTION_NOTE_UNUSABLE', { max: MAX_NOTE_LENGTH }, [...path, 'text']);
    }
    notes[locale] = note;
  }
  return notes;
}

/** An edition before it is written. */
interface NextEdition {
  readonly last: { readonly texts: readonly EditionText[] } | null;
  readonly texts: readonly EditionText[];
}

/**
 * The correction of the next edition; null without notes, and if the edition replaces no words that are public: a new
 * language is no correction, nor is a text that was confirmed as it is.
 */
export function correctionOf(
  { last, texts }: NextEdition,
  notes: CorrectionNotes,
): StoredCorrection | null {
  if (Object.keys(notes).length === 0) return null;
  const before = last?.texts ?? [];
  const unchanged = unchangedWords(before, texts);
  const locales = texts
    .map(({ locale }) => locale)
    .filter((locale) => {
      return !unchanged.includes(locale) && before.some((text) => text.locale === locale);
    });
  return locales.length > 0 ? { locales, notes } : null;
}

/** @throws Invalid CORRECTION_REPLACES_NOTHING if there are notes, and the edition replaces no words that are public */
export function checkCorrection(edition: NextEdition, notes: CorrectionNotes): void {
  if (Object.keys(notes).length > 0 && correctionOf(edition, notes) === null) {
    throw new Invalid('CORRECTION_REPLACES_NOTHING', {}, ['correctionNotes']);
  }
}

/**
 * The corrections that concern the text of one locale, as its readers have them: without languages that are retracted.
 *
 * @param corrections newest first
 */
export function correctionsFor(
  locale: Locale,
  corrections: readonly Correction[],
  { published, retracted }: Readonly<Record<'published' | 'retracted', readonly Locale[]>>,
): Correction[] {
  return corrections.flatMap((correction): Correction[] => {
    const locales = LOCALES.filter((l) => published.includes(l) && correction.locales.includes(l));
    const notes = Object.fromEntries(
      LOCALES.flatMap((l) => {
        const note = correction.notes[l];
        return note === undefined || retracted.includes(l) ? [] : [[l, note]];
      }),
    );
    if (!locales.includes(locale) || Object.keys(notes).length === 0) return [];
    return [{ ...correction, locales, notes }];
  });
}
