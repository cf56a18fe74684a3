import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

/** Above this, a copy's pages would fill the memory of the raw floor. */
const STORED_BYTES = 48 * 1024 * 1024;
const AT_ONCE = 8;
const NO_CURSORS = /"(?:endCursor|cursor)":"[^"]*"/g;

const HEADERS = { 'content-type': 'application/json', accept: 'application/json' };

/** The response to one operation as text. @throws where it has errors or is empty */
export async function responseOf(url, operation) {
  const body = JSON.stringify(operation);
  const response = await fetch(url, { method: 'POST', headers: HEADERS, body });
  const text = await response.text();
  const fault = response.ok ? faultOf(text) : `status ${response.status}`;
  if (fault === null) return text;
  throw new Error(`${fault} in the response to ${body.slice(0, 1500)}: ${text.slice(0, 500)}`);
}

function faultOf(text) {
  const { data, errors } = JSON.parse(text);
  if (errors) return 'errors';
  const [root] = Object.values(data ?? {});
  const list = root?.edges ?? root?.changes;
  return root && list?.length !== 0 ? null : 'nothing';
}

/**
 * Sends every operation once, which also fills the caches.
 *
 * @returns digests without cursors, sizes, and as many whole responses as are stored
 */
export async function responsesOf(url, operations, max = operations.length) {
  const requested = operations.slice(0, max);
  const found = { digests: [], sizes: [], texts: [] };
  let stored = 0;
  await eachAtOnce(requested, async (operation, index) => {
    const text = await responseOf(url, operation);
    const size = Buffer.byteLength(text);
    found.digests[index] = createHash('sha1').update(text.replace(NO_CURSORS, '')).digest('hex');
    found.sizes[index] = size;
    if ((stored += size) < STORED_BYTES) found.texts[index] = text;
  });
  return found;
}

/** @throws where a floor's JSON differs from the gateway's */
export async function compareWithFloor(url, operations, { texts }) {
  await eachAtOnce(operations, async (operation, index) => {
    if (texts[index] === undefined) return;
    const floor = await responseOf(url, operation);
    const [ours, theirs] = [texts[index], floor].map((text) =>
      JSON.parse(text.replace(NO_CURSORS, '"c":0')),
    );
    if (isDeepStrictEqual(ours, theirs)) return;
    const sides = `gateway: ${texts[index]}\nfloor:   ${floor}`;
    throw new Error(
      `the floor responds differently to ${JSON.stringify(operation.variables)}\n${sides}`,
    );
  });
}

/** @throws where a cache changes a response */
export function compareGateways(name, expected, found, operations) {
  const index = found.digests.findIndex((digest, at) => digest !== expected.digests[at]);
  if (index < 0) return;
  const { query, variables } = operations[index];
  throw new Error(
    `${name} responds differently than cold: ${JSON.stringify(variables)} of ${query}`,
  );
}

export async function eachAtOnce(list, work) {
  let next = 0;
  const worker = async () => {
    while (next < list.length) {
      const index = next;
      next += 1;
      await work(list[index], index);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
