import availability from './queries/3-availability.graphql?raw';
import fourLanguages from './queries/5-four-languages.graphql?raw';
import listForHaiti from './queries/1-list-for-haiti.graphql?raw';
import provenance from './queries/2-provenance.graphql?raw';
import search from './queries/4-search.graphql?raw';

/** To be changed by the visitor: what a device sends of itself counts where a query names no language. */
export const HEADERS = JSON.stringify({ 'Accept-Language': 'fr-CA' }, null, 2);

/** The ready queries, one tab each, in the order of the tour. */
export const EXAMPLES = [listForHaiti, provenance, availability, search, fourLanguages].map(
  (query) => ({ query, headers: HEADERS }),
);
