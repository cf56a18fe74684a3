import type { Locale } from '../../../kernel/locale.js';
import { visibleText } from '../../../kernel/unprintable.js';
import type { Note, NoteCode } from './imported.js';
import { damageIn, repairC1 } from './mojibake.js';
import { typographyOf } from './typography.js';

const MAX_QUOTED = 200;

/** Possible corrections of a text that is stored unchanged. */
export function suggestions(plain: string, block: number | null, locale: Locale): Note[] {
  const damaged = damageIn(plain).map((found) => ({ code: 'REPAIR_SUGGESTED' as const, ...found }));
  const invisible = invisibleIn(plain).map((found) => ({ code: 'INVISIBLE' as const, ...found }));
  const isDamaged = new Set(damaged.map(({ original }) => original));
  const others = typographyOf(plain, locale).filter(({ original }) => !isDamaged.has(original));
  return [...others, ...damaged, ...invisible].map(({ original, repaired, ...note }) => {
    return { ...note, original: cut(original), repaired: repaired && cut(repaired), block };
  });
}

/** Joiners and directional marks have a visible effect; these characters have none. */
const UNSEEN = /[\u00ad\u180e\u200b\u2060\ufeff]/;

function invisibleIn(plain: string): { original: string; repaired: string }[] {
  const words = plain.split(/[ \n]+/).filter((word) => UNSEEN.test(word));
  return words.map((word) => {
    const original = word.replace(new RegExp(UNSEEN, 'g'), (char) => {
      return `<U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`;
    });
    return { original, repaired: visibleText(word) };
  });
}

/** One note for each word whose characters were composed. */
export function composed(plain: string, block: number | null): Note[] {
  return plain
    .split(/\s+/)
    .map((original) => ({ original, repaired: original.normalize('NFC') }))
    .filter(({ original, repaired }) => original !== repaired)
    .map((words) => ({ code: 'NFC', ...words, block }));
}

/** One note for each word in which a control was replaced by a quotation mark or a dash. */
export function repairs(found: string, block: number | null): Note[] {
  return found.split(/\s+/).flatMap((original): Note[] => {
    const repaired = repairC1(original);
    if (repaired === original) return [];
    const code = 'CHARACTERS_REPAIRED';
    return [{ code, original: original.replace(/[\u0080-\u009f]/g, '\ufffd'), repaired, block }];
  });
}

export function noted(code: NoteCode, text: string): Note {
  return { code, original: cut(text), repaired: null, block: null };
}

export function cut(text: string): string {
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED - 1)}…` : text;
}
