import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';

/** Above this, a copy's pages would fill the memory of the raw floor. */
const KEPT_BYTES = 48 * 1024 * 1024;
const AT_ONCE = 8;
const NO_CURSORS = /"(?:endCursor|cursor)":"[^"]*"/g;

const HEADERS = { 'content-type': 'application/json', accept: 'application/json' };

/** The answer to one operation as text. @throws where it has errors or is empty */
export async function answerOf(url, operation) {
  const body = JSON.stringify(operation);
  const response = await fetch(url, { method: 'POST', headers: HEADERS, body });
  const text = await response.text();
  const fault = response.ok ? faultOf(text) : `status ${response.status}`;
  if (fault === null) return text;
  throw new Error(`${fault} in the answer to ${body.slice(0, 1500)}: ${text.slice(0, 500)}`);
}

function faultOf(text) {
  const { data, errors } = JSON.parse(text);
  if (errors) return 'errors';
  const [root] = Object.values(data ?? {});
  const list = root?.edges ?? root?.changes;
  return root && list?.length !== 0 ? null : 'nothing';
}

/**
 * Asks for every operation once, which also fills what is kept.
 *
 * @returns digests without cursors, sizes, and as many answers in full as are kept
 */
export async function answersOf(url, operations, most = operations.length) {
  const asked = operations.slice(0, most);
  const found = { digests: [], sizes: [], texts: [] };
  let kept = 0;
  await eachAtOnce(asked, async (operation, index) => {
    const text = await answerOf(url, operation);
    const size = Buffer.byteLength(text);
    found.digests[index] = createHash('sha1').update(text.replace(NO_CURSORS, '')).digest('hex');
    found.sizes[index] = size;
    if ((kept += size) < KEPT_BYTES) found.texts[index] = text;
  });
  return found;
}

/** @throws where a floor's JSON says something else than the gateway's */
export async function compareWithFloor(url, operations, { texts }) {
  await eachAtOnce(operations, async (operation, index) => {
    if (texts[index] === undefined) return;
    const floor = await answerOf(url, operation);
    const [ours, theirs] = [texts[index], floor].map((text) =>
      JSON.parse(text.replace(NO_CURSORS, '"c":0')),
    );
    if (isDeepStrictEqual(ours, theirs)) return;
    const sides = `gateway: ${texts[index]}\nfloor:   ${floor}`;
    throw new Error(`the floor answers ${JSON.stringify(operation.variables)} otherwise\n${sides}`);
  });
}

/** @throws where a cache changes an answer */
export function compareGateways(name, expected, found, operations) {
  const index = found.digests.findIndex((digest, at) => digest !== expected.digests[at]);
  if (index < 0) return;
  const { query, variables } = operations[index];
  throw new Error(`${name} answers otherwise than cold: ${JSON.stringify(variables)} of ${query}`);
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
