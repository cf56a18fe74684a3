import { AppError } from '../../kernel/errors.js';
import { LOCALES } from '../../kernel/locale.js';
import {
  queryLiteral,
  readTypedSearch,
  searchQuery,
  type TypedSearch,
  typedText,
  withoutExclusions,
} from '../../kernel/search/index.js';
import { legacyTsquery, withoutExcluded } from './legacy-search.js';
import type { Tsquery } from './sql.js';

const MAX_SEARCH = 500;

/** The searched columns of a text: the whole text, its title, and title and summary. */
interface SearchColumns {
  readonly all: string;
  readonly title: string;
  readonly lead: string;
}

const LEXEMES: SearchColumns = { all: 'lexemes', title: 'title_lexemes', lead: 'lead_lexemes' };
const LEGACY: SearchColumns = { all: 'search', title: 'title_words', lead: 'lead_words' };

export interface Search {
  readonly typed: string;
  readonly columns: SearchColumns;
  readonly query: Tsquery;
  /** The query without excluded terms: equal to `query` if there are none, null if there are no other terms. */
  readonly wanted: Tsquery | null;
}

/**
 * @param isIndexed whether all texts have their lexemes; see migrations/0011-search-lexemes
 * @returns null if the search is blank
 * @throws AppError SEARCH_TOO_LONG
 */
export function searchOf(text: string, isIndexed: boolean): Search | null {
  if (text.length > MAX_SEARCH) throw new AppError('SEARCH_TOO_LONG', { max: MAX_SEARCH });
  const typed = typedText(text);
  if (typed === '') return null;
  return isIndexed ? indexedSearch(typed) : legacySearch(typed);
}

function indexedSearch(typed: string): Search {
  const search = readTypedSearch(typed);
  const wanted = withoutExclusions(search);
  const query = tsquery(search);
  const isAll = wanted !== null && JSON.stringify(wanted) === JSON.stringify(search);
  return { typed, columns: LEXEMES, query, wanted: isAll ? query : wanted && tsquery(wanted) };
}

function tsquery(search: TypedSearch): Tsquery {
  const literals = LOCALES.map((locale) => queryLiteral(searchQuery(search, locale)));
  return (sql, locale) => sql.add(literals[locale - 1] ?? '', 'tsquery');
}

function legacySearch(typed: string): Search {
  const query = legacyTsquery(typed);
  const wanted = withoutExcluded(typed);
  if (wanted === typed) return { typed, columns: LEGACY, query, wanted: query };
  return { typed, columns: LEGACY, query, wanted: wanted === '' ? null : legacyTsquery(wanted) };
}
