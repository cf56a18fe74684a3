/**
 * The query of the page's address, `/graphql?query=…&variables=…`, as the tab that is shown. It is filled in, never run:
 * an address may come from anybody.
 *
 * @returns null for an address without a query
 */
export function tabOfAddress(search) {
  const given = new URLSearchParams(search);
  const query = given.get('query');
  return query ? { query, variables: given.get('variables') ?? '' } : null;
}
