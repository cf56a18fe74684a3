import { LOCALES, TAG_OF } from '../../kernel/locale.js';
import { codesIn } from '../../kernel/reference-code.js';
import type { SqlValues, Tsquery } from './sql.js';

/** Text search configurations by the number of the locale, from 1. */
const CONFIGURATIONS = LOCALES.map((locale) => TAG_OF[locale]);

/** A search as a user typed it, split up: codes are matched as codes, the rest goes to the parser of the language. */
interface SearchTerm {
  /** In the syntax of `websearch_to_tsquery`: "…", -. */
  readonly words: string;
  /** In the syntax of `tsquery`. */
  readonly codes: readonly string[];
}

/** Alternatives: the terms between one `or` and the next. */
type SearchTerms = readonly SearchTerm[];

/** A minus outside words, with the term that it excludes; it matches rather too much than too little. */
const EXCLUDED = /(?<![\p{L}\p{N}])[-‐‑–](?:"[^"]*"?|[^\s"]*)/gu;

/** @returns the text without the excluded terms */
export function withoutExcluded(typed: string): string {
  return typed.replace(EXCLUDED, ' ').trim();
}

/**
 * The query for the columns that migration 0011 replaces, used until all texts have their lexemes. It is removed with
 * these columns, in a later release.
 */
export function legacyTsquery(typed: string): Tsquery {
  const terms = searchTerms(typed);
  return (sql, locale) => `(${terms.map((term) => termSql(sql, term, locale)).join(' || ')})`;
}

function searchTerms(typed: string): SearchTerms {
  // Quoted text is left as it is: the parser interprets it.
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
