import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { gateway, type Outcome } from '../support/command-line.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type Served, serveBuilt } from '../support/served.js';

const WHO = '{ viewer { account { id name } grants { role locale } } }';

let test: TestDatabase;
let started: Served[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
}, 180_000);
afterEach(async () => {
  for (const { process: child } of started) if (child.exitCode === null) child.kill('SIGTERM');
  await Promise.all(started.map(({ outcome }) => outcome));
  started = [];
});
afterAll(() => test.drop());

function serve(env: NodeJS.ProcessEnv): Promise<string> {
  const server = serveBuilt({ LOG_LEVEL: 'silent', ...env });
  started.push(server);
  return server.origin;
}

async function make(line: string, env: NodeJS.ProcessEnv): Promise<Outcome> {
  return gateway(['token', ...line.split(' ')], env);
}

async function send(origin: string, token: string): Promise<{ status: number; text: string }> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: WHO }),
  });
  return { status: response.status, text: await response.text() };
}

describe('gateway token', () => {
  it('makes tokens that every node of the database accepts, and reports who they are for', async () => {
    const env = { DATABASE_URL: test.ownerUrl, DEV_TOKENS: '1' };
    const nodes = await Promise.all([serve(env), serve(env)]);
    const { code, stdout, stderr } = await make('--role translator --locale fr --name Amélie', env);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(stderr).toMatch(/Token for Amélie, valid until \w+ \d+, 20\d\d, \d\d:\d\d\u00a0UTC/);
    for (const origin of nodes) {
      const { status, text } = await send(origin, stdout.trim());
      expect(status).toBe(200);
      expect(JSON.parse(text)).toMatchObject({
        data: {
          viewer: {
            account: { name: 'Amélie' },
            grants: [{ role: 'TRANSLATOR', locale: 'FR' }],
          },
        },
      });
    }
  });

  it('makes none where no server is running on the data folder, names the folder and creates nothing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gateway-token-'));
    const places = [folder, join(folder, 'new', '.data')];
    for (const dataDir of places) {
      const { code, stdout, stderr } = await make('--role editor', { DATA_DIR: dataDir });
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toContain(`No server is running on the data folder ${dataDir}`);
    }
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true });
  });

  it('makes tokens that no log ever holds, whether they are accepted or not', async () => {
    const env = { DATABASE_URL: test.ownerUrl, DEV_TOKENS: '1' };
    const origin = await serve({ ...env, LOG_LEVEL: 'trace' });
    const { stdout } = await make('--role translator', env);
    const [header = '', claims = ''] = stdout.trim().split('.');
    expect((await send(origin, stdout.trim())).status).toBe(200);
    expect((await send(origin, `${header}.${claims}.forged`)).status).toBe(401);
    const [server] = started;
    server?.process.kill('SIGTERM');
    const { stderr = '' } = (await server?.outcome) ?? {};
    expect(stderr).toContain('ERR_JWS_SIGNATURE_VERIFICATION_FAILED');
    expect(stderr).not.toContain(claims);
  });

  it('takes several roles and locales, and prints JSON on request', async () => {
    const env = { DATABASE_URL: test.ownerUrl, DEV_TOKENS: '1' };
    const line = '--role translator --role reviser --locale es --locale pt --ttl 2d --json';
    const { stdout, stderr } = await make(line, env);
    expect(stderr).toBe('');
    const made = JSON.parse(stdout) as { token: string; expiresAt: string };
    expect(made).toMatchObject({ roles: ['TRANSLATOR', 'REVISER'], locales: ['es', 'pt'] });
    const hours = (Date.parse(made.expiresAt) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(47.9);
    expect(hours).toBeLessThanOrEqual(48);
  });

  it('does so while a server runs on the same embedded database', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'oas-gateway-token-'));
    await chmod(folder, 0o755);
    const env = { DATA_DIR: folder };
    const origin = await serve(env);
    const { code, stdout } = await make('--role admin', env);
    expect(code).toBe(0);
    expect((await send(origin, stdout.trim())).text).toContain('"role":"ADMIN","locale":null');
    // A token of another database is none here.
    const other = await make('--role admin', { DATABASE_URL: test.ownerUrl, DEV_TOKENS: '1' });
    expect((await send(origin, other.stdout.trim())).status).toBe(401);
    for (const { process: child } of started) child.kill('SIGTERM');
    await Promise.all(started.map(({ outcome }) => outcome));
    await rm(folder, { recursive: true, force: true });
  });

  it.each([
    [
      { DATABASE_URL: 'postgres://a@b/c' },
      'This gateway does not accept tokens created by this command.',
    ],
    [
      { HOST: '0.0.0.0', DATABASE_URL: 'embedded' },
      'This gateway does not accept tokens created by this command.',
    ],
    [{ DEV_TOKENS: '0' }, 'This gateway does not accept tokens created by this command.'],
    [{ HOST: '0.0.0.0', DEV_TOKENS: '1' }, 'Set HOST to 127.0.0.1 (it is 0.0.0.0)'],
  ])('refuses where they are not accepted: %j', async (env, sentence) => {
    const { code, stdout, stderr } = await make('--role admin', env);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(sentence);
  });

  it('is of no use where a server does not accept such tokens', async () => {
    const { stdout } = await make('--role admin', { DATABASE_URL: test.ownerUrl, DEV_TOKENS: '1' });
    const origin = await serve({ DATABASE_URL: test.ownerUrl });
    expect((await send(origin, stdout.trim())).status).toBe(401);
  });
});

describe('a server', () => {
  it('does not start where development tokens would be open to others', async () => {
    const server = serveBuilt({ DATABASE_URL: test.ownerUrl, HOST: '0.0.0.0', DEV_TOKENS: '1' });
    const { code, stderr } = await server.outcome;
    expect(code).toBe(1);
    expect(stderr).toContain('DEV_TOKENS');
  });
});
