/** The operations that real apps send most, each with one selection of fields. */
export const DOCUMENTS = {
  detail: `query Detail($number: String!, $languages: [LanguageTag!], $audience: CountryCode) {
  release(number: $number) {
    number type date
    topics { slug name(languages: $languages) { value lang } }
    mentions { code }
    localized(languages: $languages, audience: $audience) {
      reference slug dateText
      title { value lang isFallback freshness }
      summary { value }
      body { html lang }
      resolution { locale isFallback trail { locale rule outcome } }
    }
  }
}`,
  list: `query List($after: String, $filter: ReleaseFilter, $languages: [LanguageTag!], $audience: CountryCode) {
  releases(first: 20, after: $after, filter: $filter, languages: $languages, audience: $audience) {
    edges {
      node { number type date }
      localized { reference dateText title { value lang isFallback } }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
  titles: `query Titles($number: String!) {
  release(number: $number) {
    number
    en: localized(languages: ["en"]) { title { value lang isFallback } }
    es: localized(languages: ["es"]) { title { value lang isFallback } }
    fr: localized(languages: ["fr"]) { title { value lang isFallback } }
    pt: localized(languages: ["pt"]) { title { value lang isFallback } }
  }
}`,
  search: `query Search($search: String!, $languages: [LanguageTag!], $audience: CountryCode) {
  releases(first: 20, search: $search, languages: $languages, audience: $audience) {
    edges {
      node { number date }
      localized { reference dateText title { value lang isFallback } }
    }
    pageInfo { hasNextPage endCursor }
  }
}`,
  sync: `query FirstPage($languages: [LanguageTag!], $audience: CountryCode) {
  releaseChanges(first: 100, languages: $languages, audience: $audience) {
    cursor hasMore
    changes {
      kind localizedId number
      localized {
        id reference dateText
        title { value lang isFallback freshness }
        summary { value }
        body { html lang }
      }
    }
  }
}`,
};
