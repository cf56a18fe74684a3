import { anySelections } from './any-selection.mjs';
import { DOCUMENTS } from './documents.mjs';

const COUNT = 1000;
const SELECTIONS = 60;
const LANGUAGES = ['en', 'es', 'fr', 'pt'];
const AUDIENCES = [undefined, 'HT', 'CA', 'BR', 'MX'];
const CONTEXTS = LANGUAGES.flatMap((language) =>
  AUDIENCES.map((audience) => ({ languages: [language], ...(audience && { audience }) })),
);
const FILTERS = [undefined, undefined, { type: ['PRESS_RELEASE'] }, { mentions: ['HT', 'CO'] }];

/**
 * 1,000 operations of each kind that differ in their selections and variables, made from what is in the database.
 *
 * @param send runs one operation, for the cursors of pages
 * @returns lists of {query, variables}, by kind
 */
export async function makeOperations(client, send, kinds) {
  const numbers = await numbersOf(client);
  const detail = numbers.map((number, index) => ({ number, ...contextAt(index) }));
  const makers = {
    detail: () => detail,
    list: () => pages(send),
    titles: () => numbers.map((number) => ({ number })),
    search: () => searches(client),
    sync: () => copies(),
  };
  const operations = {};
  for (const kind of kinds) {
    const base = kind.replace('-any', '');
    const variables = await makers[base]();
    const documents = base === kind ? [DOCUMENTS[kind]] : anySelections(base, SELECTIONS);
    operations[kind] = variables.map((each, index) => {
      return { query: documents[index % documents.length], variables: each };
    });
  }
  return operations;
}

const contextAt = (index) => CONTEXTS[index % CONTEXTS.length];

/** Evenly over all the years. */
async function numbersOf(client) {
  const { rows } = await client.query(
    `SELECT number FROM (
       SELECT number, row_number() OVER (ORDER BY date, number) AS n, count(*) OVER () AS total
         FROM published.release WHERE number ~ '[1-9]\\d{4}') AS r
      WHERE n % greatest(total / $1::int, 1) = 0 ORDER BY n LIMIT $1::int`,
    [COUNT],
  );
  return rows.map(({ number }) => number);
}

/** Each list is walked in large steps; a page of 20 begins at each of them. */
async function pages(send) {
  const lists = CONTEXTS.flatMap((context) =>
    FILTERS.map((filter, index) => ({ ...context, ...(filter && { filter }), tag: index })),
  );
  const perList = Math.ceil(COUNT / lists.length);
  const query = `query ($first: Int!, $after: String, $filter: ReleaseFilter, $languages: [LanguageTag!], $audience: CountryCode) {
    releases(first: $first, after: $after, filter: $filter, languages: $languages, audience: $audience) {
      pageInfo { hasNextPage endCursor } } }`;
  const walks = await Promise.all(
    lists.map(async ({ tag, ...list }) => {
      const variables = tag === 0 ? [list] : [];
      let after = null;
      while (variables.length < perList) {
        // Two lists without a filter stop at other places.
        const { releases } = await send({ query, variables: { ...list, after, first: 37 + tag } });
        after = releases.pageInfo.endCursor;
        if (!releases.pageInfo.hasNextPage) throw new Error('too few releases for so many pages');
        variables.push({ ...list, after });
      }
      return variables;
    }),
  );
  return walks.flat().slice(0, COUNT);
}

/** Words of titles that are neither rare nor everywhere, in the language of the reader. */
async function searches(client) {
  const perLocale = Math.ceil(COUNT / CONTEXTS.length);
  const words = [];
  for (let locale = 1; locale <= LANGUAGES.length; locale += 1) {
    const { rows } = await client.query(
      `SELECT word, count(*) FROM published.text, regexp_split_to_table(lower(title), '[^[:alpha:]]+') AS word
        WHERE locale = $1 AND length(word) > 4 GROUP BY word
        HAVING count(*) > 20 ORDER BY count(*), word LIMIT $2`,
      [locale, perLocale],
    );
    words.push(rows.map(({ word }) => word));
  }
  return CONTEXTS.flatMap((context) =>
    words[LANGUAGES.indexOf(context.languages[0])].map((search) => ({ search, ...context })),
  ).slice(0, COUNT);
}

/** A first copy differs by its reader only: 24 orders of the four languages, fewer of them, and 35 states. */
function copies() {
  const states =
    'AG AR BB BO BR BS BZ CA CL CO CR CU DM DO EC GD GT GY HN HT JM KN LC MX PA PE PY SR SV TT US UY VC VE';
  const orders = LANGUAGES.flatMap((a) =>
    LANGUAGES.flatMap((b) => LANGUAGES.map((c) => [...new Set([a, b, c])])),
  );
  const distinct = [...new Map(orders.map((order) => [order.join(), order])).values()];
  return states
    .split(' ')
    .flatMap((audience) => distinct.map((languages) => ({ languages, audience })))
    .slice(0, COUNT);
}
