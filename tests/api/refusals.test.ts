import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';

import type { OverloadLimits } from '../../src/platform/http/overload-protection.js';
import { createLog } from '../../src/platform/log.js';
import { Observer } from '../../src/platform/observe/observer.js';
import { createTestApp, type TestApp, type TestAppOptions } from '../support/app.js';
import { sample } from '../support/metrics.js';
import { rawRequest, type RawRequest } from '../support/raw-response.js';

interface Line {
  readonly level: number;
  readonly msg: string;
  readonly reasons: Readonly<Record<string, number>>;
}

const OFF: OverloadLimits = {
  ...{ perClient: 0, pointsPerMinute: 0, maxOperations: 0, maxDelayMs: 0 },
  trustedProxies: ['127.0.0.1'],
};
const TOPICS = '{ topics { id } }';
const JSON_TYPE = { 'content-type': 'application/json' };
const WARN = 40;

let app: TestApp;
let observer: Observer;
let written: string[];

beforeEach(() => {
  written = [];
  observer = new Observer();
});
afterEach(() => app.close());

async function start(options: TestAppOptions = {}): Promise<void> {
  const log = createLog('info', { write: (line) => void written.push(line) });
  app = await createTestApp({ observer, log, ...options });
}

const requests = async (route: string, status: number): Promise<number> =>
  sample(await observer.metrics.text(), 'gateway_http_requests_total', {
    route,
    status: String(status),
  }) ?? 0;
const refusals = async (code: string, reason = code): Promise<number> =>
  sample(await observer.metrics.text(), 'gateway_refusals_total', { code, reason }) ?? 0;

const send = (path: string, request?: RawRequest) =>
  rawRequest(app.url.replace('/graphql', path), request);
const post = (body: string) => send('/graphql', { method: 'POST', headers: JSON_TYPE, body });

describe('requests', () => {
  it('are counted by pattern of their route and status, cached responses among them', async () => {
    await start({ responseCache: { maxBytes: 2 ** 20, maxAge: 1 } });
    const query = JSON.stringify({ query: TOPICS });
    for (let times = 0; times < 5; times += 1) await post(query);
    const byGet = `/graphql?query=${encodeURIComponent(TOPICS)}`;
    const { headers } = await send(byGet);
    await send(byGet, { headers: { 'if-none-match': headers.etag } });
    expect(await observer.metrics.text()).toMatch(/cache_requests_total.*"answer".*"hit".* [4-9]/);
    expect(await requests('/graphql', 200)).toBe(6);
    expect(await requests('/graphql', 304)).toBe(1);

    await send('/livez');
    await send('/feeds/fr.atom');
    await send('/feeds/pt/BR.rss');
    for (const path of ['/nowhere', '/nowhere/else', '/graphql/assets/none.js']) await send(path);
    expect(await requests('/livez', 200)).toBe(1);
    expect(await requests('/feeds/:file', 200)).toBe(1);
    expect(await requests('/feeds/:language/:file', 200)).toBe(1);
    expect(await requests('other', 404)).toBe(2);
    expect(await requests('/graphql/assets/:name', 404)).toBe(1);
    expect(await observer.metrics.text()).not.toMatch(/nowhere|none\.js/);
  });

  it('that are no HTTP are counted, too', async () => {
    await start();
    const { port } = new URL(app.url);
    for (const text of ['nonsense\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n']) {
      const socket = connect(Number(port), '127.0.0.1').resume();
      socket.end(text);
      await once(socket, 'close');
    }
    expect(await requests('other', 400)).toBe(2);
    expect(await refusals('BAD_REQUEST', 'REQUEST_INVALID')).toBe(1);
  });
});

describe('refusals', () => {
  it('are counted by reason, wherever a request is refused', async () => {
    await start();
    const manyRoots = Array.from({ length: 31 }, (_, index) => `a${index}: __typename`);
    const refused: readonly [body: string, code: string, reason: string][] = [
      ['{', 'BAD_REQUEST', 'REQUEST_INVALID'],
      ['[]', 'BAD_REQUEST', 'REQUEST_INVALID'],
      [JSON.stringify({ query: '{' }), 'GRAPHQL_PARSE_FAILED', 'QUERY_SYNTAX'],
      [JSON.stringify({ query: '{ nothing }' }), 'GRAPHQL_VALIDATION_FAILED', 'QUERY_INVALID'],
      [
        JSON.stringify({ query: `{ ${manyRoots.join(' ')} }` }),
        'QUERY_TOO_COMPLEX',
        'QUERY_ROOT_FIELDS',
      ],
      [
        JSON.stringify({ query: '{ releases(after: "x") { totalCount } }' }),
        'BAD_USER_INPUT',
        'CURSOR_UNKNOWN',
      ],
    ];
    for (const [body, code, reason] of refused) {
      const before = await refusals(code, reason);
      const { text } = await post(body);
      expect(text).toContain(`"reason":"${reason}"`);
      expect([reason, (await refusals(code, reason)) - before]).toEqual([reason, 1]);
    }
    await send('/graphql', { headers: { authorization: 'Bearer x', ...JSON_TYPE } });
    expect(await refusals('UNAUTHENTICATED', 'TOKEN_INVALID')).toBe(1);
    await send('/nowhere');
    expect(await refusals('NOT_FOUND')).toBe(1);
  });

  it('of live connections are counted', async () => {
    await start({ live: { connections: 0 } });
    const events = { ...JSON_TYPE, accept: 'text/event-stream' };
    const body = JSON.stringify({ query: 'subscription { releaseChanged { cursor } }' });
    expect((await send('/graphql', { method: 'POST', headers: events, body })).status).toBe(503);
    const socket = new WebSocket(app.url.replace('http', 'ws'), 'graphql-transport-ws');
    await once(socket, 'error');
    expect(await refusals('SERVICE_UNAVAILABLE', 'CONNECTIONS_TOO_MANY')).toBe(2);
    expect(await requests('/graphql', 503)).toBe(2);
  });

  it('of an event stream are counted, and an accepted WebSocket is a response', async () => {
    await start();
    const events = { ...JSON_TYPE, accept: 'text/event-stream' };
    const body = JSON.stringify({ query: TOPICS });
    await send('/graphql', { method: 'POST', headers: events, body });
    expect(await refusals('BAD_REQUEST', 'STREAM_FOR_SUBSCRIPTIONS')).toBe(1);
    const socket = new WebSocket(app.url.replace('http', 'ws'), 'graphql-transport-ws');
    await once(socket, 'open');
    expect(await requests('/graphql', 101)).toBe(1);
    socket.terminate();
  });
});

describe('an overload', () => {
  it('is counted whole, and is one line of the log with the reasons', async () => {
    await start({ overloadProtection: { ...OFF, pointsPerMinute: 30 } });
    const from = { headers: { 'x-forwarded-for': '192.0.2.1' } };
    const statuses: number[] = [];
    for (let times = 0; times < 65; times += 1) {
      statuses.push((await app.query(TOPICS, from)).status);
    }
    const limited = statuses.filter((status) => status === 429).length;
    expect(limited).toBeGreaterThan(60);
    expect(await requests('/graphql', 429)).toBe(limited);
    expect(await refusals('RATE_LIMITED')).toBe(limited);
    // The line that is due is written at the end.
    await app.app.close();
    const lines = written.map((line) => JSON.parse(line) as Line);
    const overload = lines.filter(({ msg }) => msg.startsWith('Overload: '));
    process.stdout.write(`${JSON.stringify(overload)}\n`);
    expect(overload.map(({ level }) => level)).toContain(WARN);
    const logged = overload.map(({ reasons }) => reasons['RATE_LIMITED'] ?? 0);
    expect(logged.reduce((sum, count) => sum + count, 0)).toBe(limited);
    // The first after 5 s, the second at the end.
    expect(overload.length).toBeLessThanOrEqual(2);
  });
});
