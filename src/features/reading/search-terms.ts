import { AppError } from '../../kernel/errors.js';
import { LOCALES, TAG_OF } from '../../kernel/locale.js';
import { codesIn } from '../../kernel/reference-code.js';
import type { SqlValues } from './sql.js';

const LONGEST_SEARCH = 500;

/** Text search configurations by the number of the locale, from 1. */
const CONFIGURATIONS = LOCALES.map((locale) => TAG_OF[locale]);

/** What a person typed, taken apart: codes are looked up as codes, the rest goes to the language's own parser. */
export interface SearchTerms {
  /** In the syntax of `websearch_to_tsquery`: "…", or, -. */
  readonly words: string;
  readonly codes: readonly string[];
}

/** @throws AppError SEARCH_TOO_LONG. @returns null where nothing was typed */
export function searchTerms(text: string): SearchTerms | null {
  if (text.length > LONGEST_SEARCH) throw new AppError('SEARCH_TOO_LONG', { max: LONGEST_SEARCH });
  // PostgreSQL takes no NUL in a text, and no search means one.
  const typed = text.replaceAll('\0', ' ').trim();
  if (typed === '') return null;
  const words: string[] = [];
  const codes: string[] = [];
  // A code inside quotation marks or behind a minus stays where it is: the parser knows what is meant.
  for (const word of typed.includes('"') ? [typed] : typed.split(/\s+/)) {
    const bare = word.replace(/[‐‑–]/g, '-').replace(/^[(«“]+|[.,;:)»”?!]+$/g, '');
    const [code] = codesIn(bare);
    if (code !== undefined && code === bare.toLowerCase()) codes.push(code);
    else words.push(word);
  }
  return { words: words.join(' '), codes };
}

/** The query for texts in one locale: the stems of one language are those of no other. */
export function tsquerySql(sql: SqlValues, { words, codes }: SearchTerms, locale: number): string {
  const configuration = `published.${CONFIGURATIONS[locale - 1]}`;
  const parts: string[] = [];
  if (words !== '') {
    parts.push(
      `websearch_to_tsquery('${configuration}', published.fold(${sql.add(words, 'text')}))`,
    );
  }
  if (codes.length > 0) {
    const query = codes.map((code) => `'${code}'`).join(' & ');
    parts.push(sql.add(query, 'tsquery'));
  }
  return `(${parts.join(' && ')})`;
}
