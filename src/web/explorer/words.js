import catalog from './words.json';

/** CLDR's one-way pairs (languageMatching) for the languages of the member states. */
const NEAREST = { ht: 'fr', qu: 'es', ay: 'es', gn: 'es' };

/**
 * The page's own few words in the first of the browser's languages that is one of the four;
 * where none is, in the first of the catalog, which is in alphabetical order.
 */
export function chooseWords(tags) {
  const languages = tags.map((tag) => tag.toLowerCase().split('-')[0]);
  const known = languages.map((code) => NEAREST[code] ?? code).filter((code) => code in catalog);
  const tag = known[0] ?? Object.keys(catalog)[0];
  return { tag, words: catalog[tag] };
}
