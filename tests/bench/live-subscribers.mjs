// What idle subscribers cost: node tests/bench/live-subscribers.mjs http://127.0.0.1:4000 [subscribers]
// For a server that is alone on its database, with DEV_TOKENS=1; TOKEN=<of an editor> and RELEASE=<id of an
// EditorialRelease that is ready> let it measure a publication too. PID=<of the server> reports its memory.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { WebSocket } from 'ws';

const [origin = 'http://127.0.0.1:4000', count = '2000'] = process.argv.slice(2);
const { PID, TOKEN, RELEASE } = process.env;
const CONTEXTS = [
  { languages: ['en'] },
  { languages: ['es'] },
  { languages: ['fr'], audience: 'HT' },
  { languages: ['pt'], audience: 'BR' },
  { languages: ['en'], audience: 'CA' },
];
const query = `subscription ($languages: [LanguageTag!], $audience: CountryCode) {
  releaseChanged(languages: $languages, audience: $audience) {
    cursor hasMore reset changes { kind localizedId localized { title { value } body { html } } } } }`;

const memory = () =>
  PID
    ? Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${PID}/status`, 'utf8'))?.[1]) / 1024
    : NaN;

let pages = 0;
let changed = 0;
let awaited = () => undefined;

async function subscribe(variables) {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.on('message', (data) => {
    const { type, payload } = JSON.parse(data.toString());
    if (type === 'connection_ack') {
      socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query, variables } }));
    }
    if (type !== 'next') return;
    pages += 1;
    if (payload.data.releaseChanged.changes.length > 0) changed += 1;
    awaited();
  });
  socket.send(JSON.stringify({ type: 'connection_init' }));
  return socket;
}

const until = (found) =>
  new Promise((resolve) => {
    awaited = () => (found() ? resolve() : undefined);
    awaited();
  });

const before = memory();
let startedAt = Date.now();
const sockets = [];
for (let index = 0; index < Number(count); index += 50) {
  const some = Array.from({ length: 50 }, (_, at) =>
    subscribe(CONTEXTS[(index + at) % CONTEXTS.length]),
  );
  sockets.push(...(await Promise.all(some)));
}
await until(() => pages >= sockets.length);
console.log(`${sockets.length} subscribers connected in ${Date.now() - startedAt} ms`);
console.log(
  `memory: ${before.toFixed(0)} MiB before, ${memory().toFixed(0)} MiB with all of them idle`,
);

if (TOKEN && RELEASE) {
  startedAt = Date.now();
  const reply = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
    body: JSON.stringify({
      query: 'mutation ($input: PublishInput!) { publish(input: $input) { __typename } }',
      variables: { input: { releaseId: RELEASE } },
    }),
  });
  console.log(`published: ${JSON.stringify(await reply.json())} in ${Date.now() - startedAt} ms`);
  let first = 0;
  await until(() => (changed > 0 && (first ||= Date.now()), changed >= sockets.length));
  console.log(
    `seen by the first after ${first - startedAt} ms, by all after ${Date.now() - startedAt} ms`,
  );
  console.log(`memory: ${memory().toFixed(0)} MiB after`);
}
for (const socket of sockets) socket.terminate();
