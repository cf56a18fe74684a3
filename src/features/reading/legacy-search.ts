import { AppError } from '../../kernel/errors.js';
import { LOCALES, TAG_OF } from '../../kernel/locale.js';
import { codesIn } from '../../kernel/reference-code.js';
import type { SqlValues } from './sql.js';

const LONGEST_SEARCH = 500;

/** Text search configurations by the number of the locale, from 1. */
const CONFIGURATIONS = LOCALES.map((locale) => TAG_OF[locale]);

/** What a person typed, taken apart: codes are looked up as codes, the rest goes to the language's own parser. */
interface SearchTerm {
  /** In the syntax of `websearch_to_tsquery`: "…", -. */
  readonly words: string;
  /** In the syntax of `tsquery`. */
  readonly codes: readonly string[];
}

/** Alternatives: what stands between one `or` and the next. */
export type SearchTerms = readonly SearchTerm[];

export interface Search {
  readonly terms: SearchTerms;
  /** The terms without what is excluded: the same where nothing is, null where nothing else was typed. */
  readonly wanted: SearchTerms | null;
}

/** A minus that is in no word, with what it excludes; rather too many than too few. */
const EXCLUDED = /(?<![\p{L}\p{N}])[-‐‑–](?:"[^"]*"?|[^\s"]*)/gu;

/** @throws AppError SEARCH_TOO_LONG. @returns null where nothing was typed */
export function searchOf(text: string): Search | null {
  if (text.length > LONGEST_SEARCH) throw new AppError('SEARCH_TOO_LONG', { max: LONGEST_SEARCH });
  // PostgreSQL takes no NUL in a text, and no search means one.
  const typed = text.normalize('NFC').replaceAll('\0', ' ').trim();
  if (typed === '') return null;
  const terms = searchTerms(typed);
  const wanted = typed.replace(EXCLUDED, ' ').trim();
  if (wanted === typed) return { terms, wanted: terms };
  return { terms, wanted: wanted === '' ? null : searchTerms(wanted) };
}

function searchTerms(typed: string): SearchTerms {
  // What is in quotation marks stays where it is: the parser knows what is meant.
  if (typed.includes('"')) return [{ words: typed, codes: [] }];
  return typed.split(/\s+or\s+/i).map(searchTerm);
}

function searchTerm(typed: string): SearchTerm {
  const words: string[] = [];
  const codes: string[] = [];
  for (const word of typed.split(/\s+/)) {
    const plain = word.replace(/[‐‑–]/g, '-');
    const bare = plain.replace(/^-?[(«“]*|[.,;:)»”?!]+$/g, '');
    const [code] = codesIn(bare);
    if (code === undefined || code !== bare.toLowerCase()) words.push(word);
    else codes.push(`${plain.startsWith('-') ? '!' : ''}'${code}'`);
  }
  return { words: words.join(' '), codes };
}

/** The query for texts in one locale: the stems of one language are those of no other. */
export function tsquerySql(sql: SqlValues, terms: SearchTerms, locale: number): string {
  return `(${terms.map((term) => termSql(sql, term, locale)).join(' || ')})`;
}

function termSql(sql: SqlValues, { words, codes }: SearchTerm, locale: number): string {
  const tag = CONFIGURATIONS[locale - 1];
  const parts: string[] = [];
  if (words !== '') {
    parts.push(
      `websearch_to_tsquery('published.${tag}', published.fold(${sql.add(words, 'text')}, '${tag}'))`,
    );
  }
  if (codes.length > 0) {
    parts.push(sql.add(codes.join(' & '), 'tsquery'));
  }
  return `(${parts.join(' && ')})`;
}
