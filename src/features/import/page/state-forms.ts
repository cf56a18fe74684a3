import type { Locale } from '../../../kernel/locale.js';
import type { CountryCode } from './imported.js';
import { ACRONYMS, CLDR_TAGS, DOUBTFUL, OTHER_FORMS, OTHER_THINGS } from './mention-forms.js';

export interface NamedState {
  readonly code: CountryCode;
  /** The name that the OAS prints, if it differs from CLDR's: `Venezuela (Bolivarian Republic of)`. */
  readonly oasNames?: Readonly<Partial<Record<Locale, string>>>;
}

/** One way to write a state's name, or the name of something else that contains one (`code` null). */
export interface StateForm {
  readonly code: CountryCode | null;
  readonly doubt: 'HOMONYM' | 'LISTED' | null;
  /** Sticky, on folded text. */
  readonly pattern: RegExp;
  /** Whether the letters that must be capitals are. */
  accepts(match: string, text: string, start: number): boolean;
}

type Forms = ReadonlyMap<string, readonly StateForm[]>;

const tables = new WeakMap<readonly NamedState[], Map<Locale, Forms>>();

/** Forms by their first word, folded and in lower case; longer ones first. Created once for each table of states. */
export function stateForms(locale: Locale, states: readonly NamedState[]): Forms {
  const table = tables.get(states) ?? new Map<Locale, Forms>();
  tables.set(states, table);
  const made = table.get(locale) ?? makeForms(locale, states);
  table.set(locale, made);
  return made;
}

/** Without accents and with plain hyphens, apostrophes and spaces; the length is unchanged. */
export function fold(text: string): string {
  return text.replace(/[^ -~]/g, (char) => {
    if (/\s/.test(char)) return ' ';
    if (/[\u2010\u2011]/.test(char)) return '-';
    if (/[’‘´ʼ]/.test(char)) return "'";
    return char.normalize('NFD').charAt(0);
  });
}

interface Entry extends StateForm {
  readonly firstWords: readonly string[];
  readonly length: number;
}

function makeForms(locale: Locale, states: readonly NamedState[]): Forms {
  const known = new Set(states.map(({ code }) => code));
  const entries: Entry[] = OTHER_THINGS[locale].map((source) => entryOf(null, source, () => true));
  for (const [code, source] of ACRONYMS[locale]) {
    if (known.has(code)) entries.push(entryOf(code, source, isAcronym));
  }
  for (const [code, name] of names(locale, states)) entries.push(nameEntry(code, name, locale));
  entries.sort((a, b) => Number(a.code !== null) - Number(b.code !== null) || b.length - a.length);
  const forms = new Map<string, StateForm[]>();
  for (const entry of entries) {
    for (const word of entry.firstWords) forms.set(word, [...(forms.get(word) ?? []), entry]);
  }
  return forms;
}

function* names(locale: Locale, states: readonly NamedState[]): Iterable<[CountryCode, string]> {
  const known = new Set(states.map(({ code }) => code));
  const cldr = CLDR_TAGS[locale].map((tag) => new Intl.DisplayNames([tag], { type: 'region' }));
  for (const { code, oasNames } of states) {
    const printed = new Set(cldr.map((list) => list.of(code) ?? code));
    const oas = oasNames?.[locale]?.replace(/ \(.*\)$/, '');
    if (oas !== undefined) printed.add(oas);
    for (const name of printed) yield [code, name];
  }
  for (const [code, name] of OTHER_FORMS[locale]) if (known.has(code)) yield [code, name];
}

function nameEntry(code: CountryCode, name: string, locale: Locale): Entry {
  const folded = fold(name.normalize('NFC'));
  const source = folded
    .replace(/[.()]/g, '\\$&')
    .replace(/^(?:Saint|St\\\.)(?=[- ])/, '(?:Saint|St\\.?)')
    .replace(/^(?:Sainte|Ste\\\.)(?=[- ])/, '(?:Sainte|Ste\\.?)')
    .replace(/(?<= )(?:&|and)(?= )/g, '(?:&|and)')
    .replace(/[- ]/g, locale === 'FR' ? '[- ]' : ' ');
  const capitals = folded.split(/[- ]/).map((word) => /^[A-Z]/.test(word));
  const isWritten = (match: string): boolean =>
    match
      .split(/[-\u2010\u2011 ]/)
      .every((word, index) => !capitals[index] || /^\p{Lu}/u.test(word));
  return { ...entryOf(code, source, isWritten), doubt: DOUBTFUL[locale][name] ?? null };
}

function entryOf(code: CountryCode | null, source: string, accepts: StateForm['accepts']): Entry {
  const end = /\\\$$|\\\.\??$/.test(source) ? '' : '(?![\\p{L}\\p{N}_])';
  const pattern = new RegExp(`(?:${source})${end}`, 'iuy');
  return {
    code,
    doubt: null,
    pattern,
    accepts,
    firstWords: firstWordsOf(source),
    length: source.length,
  };
}

/** A pattern begins with a word, or with a choice of words. */
function firstWordsOf(source: string): string[] {
  const [, choice, word] = /^(?:\(\?:([^)]*)\)|([A-Za-z]+\??))/.exec(source) ?? [];
  const words = (choice ?? word ?? '').split('|').flatMap((text) => {
    const letters = /^[A-Za-z]+/.exec(text)?.[0] ?? '';
    return text === `${letters}?` ? [letters, letters.slice(0, -1)] : [letters];
  });
  return words.map((text) => text.toLowerCase());
}

/** In capitals, unless everything around it is too: `LET US BEGIN`. */
function isAcronym(match: string, text: string, start: number): boolean {
  if (match !== match.toUpperCase()) return false;
  if (match !== 'US') return true;
  const before = /\p{L}+(?=\P{L}*$)/u.exec(text.slice(Math.max(0, start - 40), start))?.[0];
  const after = /\p{L}+/u.exec(text.slice(start + match.length, start + 40))?.[0];
  const around = [before, after].filter((word) => word !== undefined);
  return around.length === 0 || around.some((word) => !/^\p{Lu}{2,}$/u.test(word));
}
