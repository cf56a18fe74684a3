/** Documents that differ in the fields that they select, so that nothing can be made for known ones. */
const TEXT = ['value', 'lang', 'isFallback', 'freshness', 'origin', 'locale', 'dir'];

const LOCALIZED = [
  () => 'id',
  () => 'reference',
  () => 'slug',
  () => 'dateText',
  (draw) => `${draw.alias('title')} { ${draw.some(TEXT)} }`,
  (draw) => `${draw.alias('summary')} { ${draw.some(TEXT)} }`,
  (draw) => `resolution { locale ${draw.some(['isFallback', 'coherence', 'requested'])} }`,
];

const DETAIL = [
  ...LOCALIZED,
  (draw) => `body { lang ${draw.some(['html', 'plainText', 'markdown', 'freshness', 'origin'])} }`,
  (draw) => `resolution { trail { locale ${draw.some(['rule', 'outcome'])} } }`,
];

const LIST = [...LOCALIZED, (draw) => `excerpt(maxLength: ${100 + draw.below(50)}) { value lang }`];

const FACTS = [
  () => 'type',
  () => 'date',
  () => 'originalLocale',
  () => 'edition',
  () => 'publishedAt',
  () => 'mentions { code }',
  (draw) => `topics { slug ${draw.some(['id', 'name(languages: $languages) { value }'])} }`,
];

const DETAIL_FACTS = [
  ...FACTS,
  () => 'audiences { code }',
  () => 'locales { locale status freshness }',
];

/** `count` documents of one kind, the same ones each time. */
export function anySelections(kind, count) {
  return Array.from({ length: count }, (_, index) => {
    // A list is of 20: of each release, less is shown.
    const draw = drawer(index + 1, kind === 'detail' ? 6 : 4);
    return kind === 'detail' ? detailDocument(draw) : listDocument(draw);
  });
}

function detailDocument(draw) {
  return `query ($number: String!, $languages: [LanguageTag!], $audience: CountryCode) {
  release(number: $number) {
    number ${draw.parts(DETAIL_FACTS)}
    localized(languages: $languages, audience: $audience) { ${draw.parts(DETAIL)} }
  }
}`;
}

function listDocument(draw) {
  return `query ($after: String, $filter: ReleaseFilter, $languages: [LanguageTag!], $audience: CountryCode) {
  releases(first: 20, after: $after, filter: $filter, languages: $languages, audience: $audience) {
    edges { node { number ${draw.parts(FACTS)} } localized { ${draw.parts(LIST)} } }
    pageInfo { hasNextPage endCursor }
  }
}`;
}

function drawer(seed, tenths) {
  let state = Math.imul(seed, 0x9e3779b1);
  const below = (count) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * count);
  };
  const drawn = (list) => {
    const chosen = list.filter(() => below(10) < tenths);
    const shuffled = (chosen.length > 0 ? chosen : list.slice(0, 1)).map((item) => [
      below(1000),
      item,
    ]);
    return shuffled.sort(([a], [b]) => a - b).map(([, item]) => item);
  };
  const draw = {
    below,
    some: (names) => drawn(names).join(' '),
    alias: (name) => (below(3) === 0 ? `${name}${below(10)}: ${name}` : name),
    parts: (makers) =>
      drawn(makers)
        .map((make) => make(draw))
        .join(' '),
  };
  return draw;
}
