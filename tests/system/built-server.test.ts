import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { createTestApp, type TestApp } from '../support/app.js';

const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

let gateway: TestApp;
beforeAll(async () => {
  // What `npm run build` runs; the other half of it is what the tests are run with.
  await promisify(execFile)('npm', ['run', 'build:explorer']);
  gateway = await createTestApp();
});
afterAll(() => gateway.close());

it('npm run build builds the server and the explorer', async () => {
  const { stdout } = await promisify(execFile)('npm', ['pkg', 'get', 'scripts.build']);
  expect(stdout).toContain('build:server');
  expect(stdout).toContain('build:explorer');
});

it.each(['/graphql', '/graphql?query=%7B__typename%7D', '/graphql?extensions=%7B%7D'])(
  'a browser gets the explorer with its files at %s, and nothing of another host',
  async (path) => {
    const page = await fetch(new URL(path, gateway.url), { headers: BROWSER });
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html).not.toMatch(/https?:\/\//);
    const files = [...html.matchAll(/(?:src|href)="(\/graphql\/assets\/[^"]+)"/g)];
    expect(files.length).toBeGreaterThan(0);
    for (const [, file = ''] of files) {
      expect([file, (await fetch(new URL(file, gateway.url))).status]).toEqual([file, 200]);
    }
  },
);

it('a program gets the result at the same address', async () => {
  const path = '/graphql?query=%7B__typename%7D';
  for (const accept of ['*/*', 'application/json', 'application/graphql-response+json']) {
    const response = await fetch(new URL(path, gateway.url), { headers: { accept } });
    expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
  }
});
