import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';

import { type MetricsServer, serveMetrics } from '../../src/platform/observe/metrics-server.js';
import { Observer } from '../../src/platform/observe/observer.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { sample } from '../support/metrics.js';
import { eventually } from '../support/publishing.js';

let app: TestApp;
let server: MetricsServer;
const observer = new Observer({ operations: ['ReleaseList'] });

beforeAll(async () => {
  app = await createTestApp({ observer });
  observer.metrics.watchProcess();
  server = await serveMetrics({ host: '127.0.0.1', port: 0 }, () => observer.metrics.text());
}, 240_000);
afterAll(async () => {
  await server.close();
  await app.close();
});

const scrape = async (): Promise<string> => (await fetch(server.url)).text();
/** A transaction may end after its response was sent. */
const untilIdle = () =>
  eventually(async () => app.database.readPool.idleCount === app.database.readPool.totalCount);
const COUNT = '{ releases { totalCount } }';

describe('the metrics', () => {
  it('count operations by name and code, with how long they took', async () => {
    for (let times = 0; times < 3; times += 1) await app.query(`query ReleaseList ${COUNT}`);
    await app.query(COUNT);
    await app.query('query ReleaseList { releases(after: "nowhere") { edges { cursor } } }');
    await app.query('{ nothing }');
    await app.query('{ ');
    const text = await scrape();
    const operations = (operation: string, code: string) =>
      sample(text, 'gateway_operations_total', { operation, code });
    expect(operations('ReleaseList', 'OK')).toBe(3);
    expect(operations('ReleaseList', 'BAD_USER_INPUT')).toBe(1);
    expect(operations('unnamed', 'OK')).toBe(1);
    expect(operations('unknown', 'GRAPHQL_VALIDATION_FAILED')).toBe(1);
    expect(operations('unknown', 'GRAPHQL_PARSE_FAILED')).toBe(1);
    const labels = { operation: 'ReleaseList', source: 'executed' };
    const name = 'gateway_operation_duration_seconds';
    expect(sample(text, `${name}_count`, labels)).toBe(4);
    expect(sample(text, `${name}_bucket`, { ...labels, le: '+Inf' })).toBe(4);
    const sum = sample(text, `${name}_sum`, labels) ?? 0;
    expect(sum).toBeGreaterThan(0);
    expect(sum).toBeLessThan(60);
  });

  it('know a parsed document again', async () => {
    const hits = (text: string, result: string) =>
      sample(text, 'gateway_cache_requests_total', { layer: 'document', result }) ?? 0;
    const query = 'query Again { releases { totalCount } }';
    const before = await scrape();
    for (let times = 0; times < 4; times += 1) await app.query(query);
    const after = await scrape();
    expect(hits(after, 'miss') - hits(before, 'miss')).toBe(1);
    expect(hits(after, 'hit') - hits(before, 'hit')).toBe(3);
  });

  it('count statements, those that failed among them, and connections by pool', async () => {
    const total = (text: string, pool: string, outcome: string) =>
      sample(text, 'gateway_sql_statements_total', { pool, outcome }) ?? 0;
    await app.as('EDITOR').query('{ worklist(first: 1) { totalCount } }');
    await untilIdle();
    const before = await scrape();
    await app.query(COUNT);
    await expect(app.database.readPool.query('SELECT 1/0')).rejects.toThrow('division by zero');
    await untilIdle();
    const after = await scrape();
    const { statements = 0 } = app.snapshots.at(-1) ?? {};
    expect(statements).toBeGreaterThan(0);
    expect(total(after, 'reader', 'ok') - total(before, 'reader', 'ok')).toBe(statements);
    expect(total(after, 'reader', 'error') - total(before, 'reader', 'error')).toBe(1);
    expect(total(after, 'staff', 'ok')).toBeGreaterThan(0);
    expect(total(after, 'writer', 'ok')).toBeGreaterThan(0);
    const duration = 'gateway_sql_duration_seconds_count';
    const reader = { pool: 'reader' };
    expect(sample(after, duration, reader)).toBe(
      total(after, 'reader', 'ok') + total(after, 'reader', 'error'),
    );
    const client = await app.database.readPool.connect();
    const held = await scrape();
    client.release();
    const connections = 'gateway_pool_connections';
    expect(sample(held, connections, { ...reader, state: 'busy' })).toBe(1);
    const idle = sample(await scrape(), connections, { ...reader, state: 'idle' });
    expect(idle).toBeGreaterThanOrEqual(1);
    expect(sample(held, 'gateway_pool_waiting', reader)).toBe(0);
  });

  it('count live connections while they are open', async () => {
    const open = async () => sample(await scrape(), 'gateway_live_connections');
    expect(await open()).toBe(0);
    const socket = new WebSocket(app.url.replace('http', 'ws'), 'graphql-transport-ws');
    await once(socket, 'open');
    expect(await open()).toBe(1);
    socket.close();
    // The server learns of it shortly after; the test's time limit ends the wait.
    while ((await open()) !== 0) await new Promise((resolve) => setImmediate(resolve));
  });

  it('have a bounded number of names, with room reserved for our own', async () => {
    for (let n = 0; n < 130; n += 1) await app.query(`query Made${n} ${COUNT}`);
    await app.query(`query ${'x'.repeat(65)} ${COUNT}`);
    await app.query(`query ReleaseList ${COUNT}`);
    const text = await scrape();
    const lines = text.split('\n').filter((line) => line.startsWith('gateway_operations_total'));
    const names = new Set(lines.map((line) => /operation="(\w+)"/.exec(line)?.[1]));
    expect(names.size).toBeLessThanOrEqual(104);
    expect(names.has('ReleaseList')).toBe(true);
    const other = sample(text, 'gateway_operations_total', { operation: 'other', code: 'OK' });
    expect(other).toBeGreaterThanOrEqual(31);
  });

  it('describe the process', async () => {
    const text = await scrape();
    expect(sample(text, 'process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
    expect(sample(text, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
  });

  it('are served at one address only, in the format of Prometheus', async () => {
    const response = await fetch(server.url);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect((await fetch(new URL('/', server.url))).status).toBe(404);
    expect((await fetch(server.url, { method: 'POST' })).status).toBe(405);
    expect((await fetch(new URL('/metrics', app.url))).status).toBe(404);
  });
});
