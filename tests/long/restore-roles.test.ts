import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ENTITIES } from '../../src/cli/database.js';
import { loadDemo } from '../../src/cli/demo.js';
import { openDatabase } from '../../src/platform/db/index.js';
import { gateway } from '../support/command-line.js';
import { testSettings } from '../support/database.js';
import { DebianPostgres } from '../support/debian-postgres.js';
import { serveBuilt } from '../support/served.js';

const NUMBERS = '{ releases(first: 20) { nodes { number } } }';

let dump: string;
let source: DebianPostgres;
const servers: DebianPostgres[] = [];

async function freshCluster(): Promise<DebianPostgres> {
  const server = await DebianPostgres.start();
  servers.push(server);
  return server;
}

beforeAll(async () => {
  source = await freshCluster();
  const database = await openDatabase(testSettings(source.url), { entities: ENTITIES });
  await loadDemo(database.dataSource);
  await database.close();
  dump = await source.dump();
}, 240_000);
afterAll(async () => {
  for (const server of servers) await server.remove();
});

async function numbers(url: string): Promise<unknown> {
  const server = serveBuilt({ DATABASE_URL: url });
  try {
    const response = await fetch(`${await server.origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: NUMBERS }),
    });
    return await response.json();
  } finally {
    server.process.kill('SIGTERM');
    await server.outcome;
  }
}

describe('a dump that is restored into another cluster', () => {
  it('serves the same after gateway roles', async () => {
    const target = await freshCluster();
    const env = { DATABASE_URL: target.url };
    expect(await gateway(['roles'], env)).toMatchObject({
      code: 0,
      stdout: 'gateway_reader created\ngateway_writer created\n',
    });
    const again = await gateway(['roles', '--json'], env);
    expect(JSON.parse(again.stdout)).toEqual({
      created: [],
      existing: ['gateway_reader', 'gateway_writer'],
    });
    await target.restore(dump);
    const served = await numbers(target.url);
    expect(served).toEqual(await numbers(source.url));
    expect(JSON.stringify(served)).toContain('9001/');
  });

  it('serves the same after the statements that gateway roles --sql prints', async () => {
    const target = await freshCluster();
    const { stdout } = await gateway(['roles', '--sql']);
    await target.execute(stdout);
    await target.restore(dump);
    expect(await numbers(target.url)).toEqual(await numbers(source.url));
  });

  it('is refused by name without the roles, and where they were made too late', async () => {
    const target = await freshCluster();
    const env = { DATABASE_URL: target.url };
    await expect(target.restore(dump)).rejects.toThrow('role "gateway_reader" does not exist');
    const { code, stderr } = await gateway(['migrate'], env);
    expect(code).toBe(1);
    expect(stderr).toContain('its server lacks the roles gateway_reader and gateway_writer');
    expect(stderr).toContain('Run “gateway roles” there');
    await gateway(['roles'], env);
    const late = await gateway(['migrate'], env);
    expect(late.code).toBe(1);
    expect(late.stderr).toContain('have no privileges on them');
    const report = await gateway(['doctor', '--json'], env);
    expect(report.stdout).toContain('"reason":"DATABASE_GRANTS_MISSING"');
  });
});
