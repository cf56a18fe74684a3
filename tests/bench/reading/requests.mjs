import { eachAtOnce } from './responses.mjs';

const ACCEPT = { accept: 'application/json' };
/** Without it a GET could come from a page of someone else's, and is refused. */
const GET_HEADERS = { ...ACCEPT, 'apollo-require-preflight': '1' };

/** The requests of autocannon for one server, kind and mode; null where the server has no ETag to send. */
export async function makeRequests({ origin, pathOf }, kind, mode, operations) {
  const path = pathOf(kind);
  if (mode === 'post') {
    return operations.map((operation) => ({
      method: 'POST',
      path,
      headers: { ...ACCEPT, 'content-type': 'application/json' },
      body: JSON.stringify(operation),
    }));
  }
  const gets = operations.map(({ query, variables }) => {
    const search = new URLSearchParams({
      query: query.replace(/\s+/g, ' '),
      variables: JSON.stringify(variables),
    });
    return { method: 'GET', path: `${path}?${search}`, headers: GET_HEADERS };
  });
  return mode === 'get' ? gets : withTags(origin, gets);
}

async function withTags(origin, gets) {
  const tagged = [];
  await eachAtOnce(gets, async (request, index) => {
    const response = await fetch(origin + request.path, { headers: request.headers });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`GET ${request.path}: ${response.status} ${text.slice(0, 300)}`);
    const etag = response.headers.get('etag');
    if (etag)
      tagged[index] = { ...request, headers: { ...request.headers, 'if-none-match': etag } };
  });
  return tagged.filter(Boolean).length === gets.length ? tagged : null;
}
