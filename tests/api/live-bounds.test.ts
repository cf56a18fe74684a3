import { once } from 'node:events';
import { afterEach, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp, type TestAppOptions } from '../support/app.js';
import { CHANGED } from '../support/copy.js';
import { LiveClient } from '../support/live.js';
import { eventually } from '../support/publishing.js';
import { RawSocket } from '../support/raw-socket.js';

let gateway: TestApp;
const sockets: WebSocket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await gateway.close();
});

async function start(options: TestAppOptions = {}): Promise<void> {
  gateway = await createTestApp(options);
}

class Raw extends RawSocket {
  constructor(protocol?: string, headers?: Record<string, string>) {
    super(gateway.url, protocol, headers);
    sockets.push(this.socket);
  }
}

const CURSORS = 'subscription { releaseChanged { cursor } }';
const events = { accept: 'text/event-stream', 'content-type': 'application/json' };

const post = (query: string, headers: object = {}) =>
  fetch(gateway.url, {
    method: 'POST',
    headers: { ...events, ...headers },
    body: JSON.stringify({ query }),
  });

it('has the limits of queries, and refuses by name, in the language of the connection', async () => {
  await start();
  const aliases = Array.from({ length: 70 }, (_, index) => `a${index}: cursor`).join(' ');
  const wide = `subscription { releaseChanged { ${aliases} } }`;
  const long = `subscription { releaseChanged { ${'cursor '.repeat(4_000)} } }`;
  const blocks = Array.from({ length: 50 }, (_, index) => {
    return `b${index}: blocks { ${'html '.repeat(20)} }`;
  });
  const nested = `body { ${blocks.join(' ')} }`;
  const large = `subscription { releaseChanged { changes { localized { ${nested} } } } }`;
  const socket = await new Raw().init({ acceptLanguage: 'es' });
  const refused = async (id: string, query: string) => {
    await socket.subscribe(id, query);
    const message = await socket.received((one) => one.id === id && one.type === 'error');
    return (
      message?.payload as { message: string; extensions: { code: string; reason: string } }[]
    )[0];
  };
  expect(await refused('query', '{ __typename }')).toMatchObject({
    message: expect.stringContaining('solo para suscripciones'),
    extensions: { code: 'BAD_REQUEST', reason: 'STREAM_FOR_SUBSCRIPTIONS' },
  });
  expect((await refused('syntax', 'subscription {'))?.extensions.reason).toBe('QUERY_SYNTAX');
  expect((await refused('unknown', 'subscription { x }'))?.extensions.reason).toBe('QUERY_INVALID');
  expect((await refused('long', long))?.extensions.reason).toBe('QUERY_TOKENS');
  expect((await refused('wide', wide))?.extensions.code).toBe('QUERY_TOO_COMPLEX');
  expect((await refused('large', large))?.extensions.code).toBe('QUERY_TOO_COMPLEX');
  // The directive of the operation takes precedence over the connection.
  expect(
    (await refused('french', 'subscription @inContext(languages: ["fr"]) { x }'))?.message,
  ).toContain('n’a pas de champ «\u00a0x\u00a0»');
  const text = await (await post('{ __typename }', { 'accept-language': 'pt' })).text();
  expect(text).toContain('servem apenas para assinaturas');
  expect(text).toContain('event: complete');
});

it('explains to a subscription sent as a query which transport it needs', async () => {
  await start();
  const { status, errors } = await gateway.query(CURSORS, { headers: { 'accept-language': 'fr' } });
  expect(status).toBe(400);
  expect(errors).toMatchObject([
    {
      message: expect.stringContaining('Un abonnement nécessite un WebSocket'),
      extensions: { code: 'BAD_REQUEST', reason: 'SUBSCRIPTION_NEEDS_STREAM' },
    },
  ]);
});

it('streams to an EventSource, which can only GET', async () => {
  await start();
  const address = `${gateway.url}?query=${encodeURIComponent(CHANGED)}&variables=${encodeURIComponent('{"languages":["en"]}')}`;
  const reply = await fetch(address, { headers: { accept: 'text/event-stream' } });
  expect(reply.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!/data: .+\n\n/.test(text)) text += (await reader?.read())?.value ?? '';
  expect(text).toMatch(/^:\n\nevent: next\ndata: \{"data":\{"releaseChanged":\{"cursor":"/);
  await reader?.cancel();
});

it('bounds the subscriptions of a connection, and the connections of a process', async () => {
  await start({ live: { subscriptions: 2, connections: 2 } });
  const socket = await new Raw().init();
  for (const id of ['1', '2', '3']) await socket.subscribe(id, CURSORS);
  const refused = await socket.received(({ type }) => type === 'error');
  expect(refused).toMatchObject({
    id: '3',
    payload: [{ extensions: { reason: 'SUBSCRIPTIONS_TOO_MANY' } }],
  });
  await socket.send({ type: 'complete', id: '1' });
  await socket.subscribe('4', CURSORS);
  await socket.received(({ type, id }) => type === 'next' && id === '4');

  await new Raw().init();
  const third = new WebSocket(gateway.url.replace('http', 'ws'), 'graphql-transport-ws');
  const [error] = (await once(third, 'error')) as [Error];
  expect(error.message).toContain('503');
  const reply = await post(CURSORS);
  expect([reply.status, reply.headers.get('retry-after')]).toEqual([503, '10']);
  expect(await reply.json()).toMatchObject({
    errors: [{ extensions: { reason: 'CONNECTIONS_TOO_MANY' } }],
  });
  socket.socket.close();
  await socket.closed;
  await eventually(async () => {
    const again = await post(CURSORS);
    await again.body?.cancel();
    return again.status === 200;
  });
});

it.each([
  ['says nothing', (raw: Raw) => raw.send.bind(raw), 4408],
  ['subscribes unasked', (raw: Raw) => () => raw.subscribe('1', CURSORS), 4401],
  [
    'speaks no JSON',
    (raw: Raw) => async () => (await once(raw.socket, 'open'), raw.socket.send('?')),
    4400,
  ],
  [
    'sends too much',
    (raw: Raw) => () => raw.send({ type: 'ping', payload: { text: 'x'.repeat(300_000) } }),
    1009,
  ],
] as [string, (raw: Raw) => (message: object) => Promise<void>, number][])(
  'closes on a client that %s',
  async (_, act, code) => {
    await start({ live: { initMs: 300 } });
    const raw = new Raw();
    if (code !== 4408) await act(raw)({});
    expect((await raw.closed).code).toBe(code);
  },
);

it('refuses a token that is not valid, whatever the transport', async () => {
  await start();
  const raw = new Raw();
  await raw.send({
    type: 'connection_init',
    payload: { authorization: 'Bearer x.y.z', acceptLanguage: 'pt' },
  });
  expect(await raw.closed).toMatchObject({ code: 4403, reason: expect.stringContaining('token') });
  expect((await post(CURSORS, { authorization: 'Bearer x.y.z' })).status).toBe(401);
  const { authorization = '' } = await gateway.as('EDITOR').headers();
  const staff = await new Raw('graphql-transport-ws', { authorization }).init();
  await staff.subscribe('1', CURSORS);
  expect(await staff.received(({ type }) => type === 'next')).toBeDefined();
});

it('sends all away when the server goes down, and ends', async () => {
  await start();
  const raw = await new Raw().init();
  await raw.subscribe('1', CURSORS);
  await raw.received(({ type }) => type === 'next');
  const stream = await post(CURSORS);
  const read = stream.text();
  const startedAt = Date.now();
  await gateway.app.close();
  expect(await raw.closed).toEqual({ code: 1001, reason: 'Going away: resume' });
  expect(await read).not.toContain('event: complete');
  expect(Date.now() - startedAt).toBeLessThan(5_000);
});

it('follows a rule whose day comes at midnight', async () => {
  const clock = { now: new Date('2026-06-01T23:59:58Z') };
  await start({ clock: () => clock.now });
  const [name, text] = ['7/18', { title: 'New', body: ['New.', 'More.'] }];
  await gateway.given(
    aRelease(name).in('EN').in('FR').published().revised('SUBSTANTIVE', text).published('EN'),
  );
  const { errors } = await gateway
    .as('ADMIN')
    .mutate(
      `mutation ($input: AudienceRuleInput!) { setAudienceRule(input: $input) { __typename } }`,
      {
        variables: { input: { audience: 'HT', validFrom: '2026-06-02', stalePolicy: 'WITHHOLD' } },
      },
    );
  expect(errors).toEqual([]);
  const client = new LiveClient(gateway.url, { audience: 'HT' }).overSocket();
  await client.until(({ pages }) => pages.length === 1);
  clock.now = new Date('2026-06-02T00:00:00Z');
  await client.until(({ changes }) => changes.length === 1);
  expect(client.changes[0]).toMatchObject({ kind: 'UPSERT', number: name });
  client.stop();
});
