import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { attribute, startCollector } from '../support/collector.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { sample } from '../support/metrics.js';
import { type Served, serveBuilt } from '../support/served.js';

const SECRET = 'zanzibar-7731';

let test: TestDatabase;
let started: Served[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
}, 180_000);
afterEach(async () => {
  for (const { process: child } of started) if (child.exitCode === null) child.kill('SIGKILL');
  await Promise.all(started.map(({ outcome }) => outcome));
  started = [];
});
afterAll(() => test.drop());

function serve(env: NodeJS.ProcessEnv, flags: readonly string[] = []): Served {
  const settings = { DATABASE_URL: test.ownerUrl, LOG_LEVEL: 'debug', ...env };
  const server = serveBuilt(settings, undefined, flags);
  started.push(server);
  return server;
}

const QUERY = 'query ReleaseTitles($text: String) { releases(search: $text) { totalCount } }';

async function request(origin: string, headers: Record<string, string> = {}): Promise<void> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: QUERY, variables: { text: SECRET } }),
  });
  expect(await response.json()).toEqual({ data: { releases: { totalCount: 0 } } });
}

describe('a server that is watched', () => {
  it('serves its metrics on a port of their own, and ends with it', async () => {
    const server = serve({ METRICS_PORT: '0' });
    const origin = await server.origin;
    await request(origin);
    const text = await (await fetch(await server.metrics)).text();
    const labels = { operation: 'ReleaseTitles', code: 'OK' };
    expect(sample(text, 'gateway_operations_total', labels)).toBe(1);
    expect(sample(text, 'process_cpu_seconds_total')).toBeGreaterThan(0);
    expect(sample(text, 'nodejs_eventloop_lag_seconds')).toBeGreaterThanOrEqual(0);
    server.process.kill('SIGTERM');
    const { code, stderr } = await server.outcome;
    expect(code).toBe(0);
    expect(stderr).toContain('"operation":"ReleaseTitles"');
    expect(stderr).not.toContain(SECRET);
  });

  it('reports which port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { code, stderr } = await serve({ METRICS_PORT: String(port) }).outcome;
    taken.close();
    expect([code, stderr]).toEqual([1, expect.stringContaining(`Port ${port} on 127.0.0.1`)]);
  });

  it('sends traces of operations and statements, without values, and the last ones at its end', async () => {
    const collector = await startCollector();
    const server = serve(
      { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' },
      ['--import', './dist/telemetry.js'],
    );
    const caller = 'a1'.repeat(16);
    await request(await server.origin, { traceparent: `00-${caller}-${'b2'.repeat(8)}-01` });
    server.process.kill('SIGTERM');
    const { code, stderr } = await server.outcome;
    await collector.close();
    expect(code).toBe(0);
    const operation = collector.spans.find(({ name }) => name === 'query ReleaseTitles');
    if (!operation) throw new Error(`no span: ${stderr}`);
    expect(attribute(operation, 'graphql.operation.name')).toBe('ReleaseTitles');
    expect(attribute(operation, 'graphql.operation.type')).toBe('query');
    expect(attribute(operation, 'gateway.cached')).toBe(false);
    // The caller's trace is known, but does not decide over ours.
    expect(operation.traceId).not.toBe(caller);
    expect(operation.links?.map(({ traceId }) => traceId)).toEqual([caller]);
    const statements = collector.spans.filter(
      ({ parentSpanId }) => parentSpanId === operation.spanId,
    );
    const texts = statements.map((span) => String(attribute(span, 'db.query.text')));
    expect(texts.some((text) => text.includes('published.'))).toBe(true);
    const systems = statements.map((span) => attribute(span, 'db.system.name'));
    expect(new Set(systems)).toEqual(new Set(['postgresql']));
    expect(collector.bodies.join('')).not.toContain(SECRET);
    expect(stderr).toContain(`"traceId":"${operation.traceId}"`);
  });
});
