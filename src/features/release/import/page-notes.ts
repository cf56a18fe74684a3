import type { Note } from './imported.js';

/** The two marks that old pages use for an apostrophe, within a word. */
const FALSE_APOSTROPHE = /[\p{L}\p{N}]+[´`]\p{L}+/gu;
const DOUBLE_SPACE = /\S+ {2,}\S+/g;
/** UTF-8 that was read as windows-1252 once: `Ã©` for é, `â€œ` for “. */
const MOJIBAKE = /[^\s]*(?:Ã[\u0080-\u00bf]|â€[^\s])[^\s]*|[^\s]*\ufffd[^\s]*/g;

const MAX_QUOTED = 200;

/** What a typographer would mend in a text that is kept as it is. */
export function suggestions(plain: string, block: number | null): Note[] {
  const notes: Note[] = [];
  const suggest = (pattern: RegExp, repair: (found: string) => string | null): void => {
    for (const [original] of plain.matchAll(pattern)) {
      notes.push({ code: 'REPAIR_SUGGESTED', original, repaired: repair(original), block });
    }
  };
  suggest(FALSE_APOSTROPHE, (found) => found.replace(/[´`]/g, '’'));
  suggest(DOUBLE_SPACE, (found) => found.replace(/ {2,}/g, ' '));
  suggest(MOJIBAKE, () => null);
  return notes;
}

/** One note for each word whose characters were composed. */
export function composed(plain: string, block: number | null): Note[] {
  return plain
    .split(/\s+/)
    .map((original) => ({ original, repaired: original.normalize('NFC') }))
    .filter(({ original, repaired }) => original !== repaired)
    .map((words) => ({ code: 'NFC', ...words, block }));
}

export function dropped(line: string): Note {
  return { code: 'DROPPED', original: cut(line), repaired: null, block: null };
}

export function cut(text: string): string {
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED - 1)}…` : text;
}
