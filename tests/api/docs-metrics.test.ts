import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type MetricsServer, serveMetrics } from '../../src/platform/observe/metrics-server.js';
import { Observer } from '../../src/platform/observe/observer.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { documentAt } from '../support/documents.js';

interface Row {
  readonly name: string;
  readonly type: string;
  readonly labels: string;
  readonly unit: string;
}

const { text: page } = documentAt('docs/metrics.md');
const [beforeAlerts = '', alerts = ''] = page.split('\n## Alerts\n');
const rows = rowsOf(beforeAlerts);

let app: TestApp;
let server: MetricsServer;
let served: string;

beforeAll(async () => {
  const observer = new Observer({ operations: ['ReleaseList'], version: '0.0.0' });
  app = await createTestApp({ observer, readModelBytes: 2 ** 20 });
  observer.metrics.replicas.watch(() => [{ server: 'db2:5432', lagSeconds: 0 }]);
  server = await serveMetrics({ host: '127.0.0.1', port: 0 }, () => observer.metrics.text());
  await app.query('query ReleaseList { releases { totalCount } }');
  await app.query('{ nothing }');
  await app.as('EDITOR').query('{ editorialReleases(first: 1) { totalCount } }');
  served = await (await fetch(server.url)).text();
});
afterAll(async () => {
  await server.close();
  await app.close();
});

function rowsOf(table: string): Row[] {
  return [...table.matchAll(/^\| `(gateway_\w+)` (.*)$/gm)].map(([, name = '', rest = '']) => {
    const [, type = '', labels = '', unit = ''] = rest.split('|').map((cell) => cell.trim());
    return {
      name,
      type,
      labels: [...labels.matchAll(/`(\w+)`/g)].map(([, one]) => one).join(),
      unit,
    };
  });
}

/** The labels of each family that has samples, without those of every histogram. */
function labelsServed(): Map<string, string> {
  const names = new Set(rows.map(({ name }) => name));
  const samples = [...served.matchAll(/^(gateway_\w+?)(?:\{(.*?)\})? \S+$/gm)];
  return new Map(
    samples.map(([, sample = '', labels = '']) => {
      const family = names.has(sample) ? sample : sample.replace(/_(bucket|sum|count)$/, '');
      const keys = [...labels.matchAll(/(\w+)="/g)].map(([, key]) => key);
      return [
        family,
        keys
          .filter((key) => key !== 'le')
          .sort()
          .join(),
      ];
    }),
  );
}

describe('docs/metrics.md', () => {
  it('lists the metrics that /metrics has, with their types', () => {
    const families = [...served.matchAll(/^# TYPE (gateway_\w+) (\w+)$/gm)];
    expect(families.length).toBeGreaterThan(15);
    const documented = rows.map(({ name, type }) => `${name} ${type}`);
    expect(documented.sort()).toEqual(families.map(([, name, type]) => `${name} ${type}`).sort());
  });

  it('lists their labels', () => {
    const found = labelsServed();
    const seen = rows.filter(({ name }) => found.has(name));
    expect(rows.filter(({ name }) => !found.has(name)).map(({ name }) => name)).toEqual([]);
    const sorted = (labels: string) => labels.split(',').sort().join();
    expect(seen.map(({ name, labels }) => [name, sorted(labels)])).toEqual(
      seen.map(({ name }) => [name, found.get(name)]),
    );
  });

  it('names every cache layer', () => {
    const layers = new Set([...served.matchAll(/\blayer="(\w+)"/g)].map(([, layer]) => layer));
    expect(layers.size).toBeGreaterThan(0);
    expect([...layers].filter((layer) => !beforeAlerts.includes(`\`${layer}\``))).toEqual([]);
  });

  it('states the unit of each, in seconds and bytes where the name does', () => {
    expect(rows.filter(({ unit }) => unit === '')).toEqual([]);
    for (const unit of ['seconds', 'bytes']) {
      const named = rows.filter(({ name }) => name.endsWith(`_${unit}`));
      expect(named.map((row) => row.unit)).toEqual(named.map(() => unit));
    }
  });

  it('has alerts on metrics that exist only', () => {
    const names = rows.map(({ name }) => name);
    const alerted = rowsOf(alerts).map(({ name }) => name);
    expect(alerted.length).toBeGreaterThan(5);
    expect(alerted.filter((name) => !names.includes(name))).toEqual([]);
  });
});
