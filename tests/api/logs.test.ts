import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { createLog } from '../../src/platform/log.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { aRelease } from '../support/a-release.js';
import { asOwner } from '../support/database.js';
import { holdReleases } from '../support/held-releases.js';
import { eventually } from '../support/publishing.js';

const SECRET = 'zanzibar-7731';

let app: TestApp;
let written: string[] = [];

interface Line {
  readonly msg: string;
  readonly level: number;
  readonly [key: string]: unknown;
}

beforeAll(async () => {
  // Everything that it could log.
  const log = createLog('trace', { write: (line) => void written.push(line) });
  app = await createTestApp({ log });
}, 240_000);
beforeEach(() => {
  written = [];
});
afterAll(() => app.close());

const lines = (): Line[] => written.map((line) => JSON.parse(line) as Line);
const operations = () => lines().filter(({ msg }) => msg === 'An operation was executed');

describe('the log', () => {
  it('has one line for each operation, under the id of its request', async () => {
    const { headers } = await app.query('query Counted { releases { totalCount } }');
    expect(operations()).toEqual([
      expect.objectContaining({
        level: 20,
        requestId: headers['x-request-id'],
        operation: 'Counted',
        type: 'query',
        code: 'OK',
        ms: expect.any(Number),
      }),
    ]);
    written = [];
    await app.query('{ nothing }');
    expect(operations()).toMatchObject([
      { operation: 'unknown', code: 'GRAPHQL_VALIDATION_FAILED' },
    ]);
  });

  it('takes no id of a request from outside', async () => {
    const headers = {
      'x-request-id': SECRET,
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    };
    const response = await app.query('{ releases { totalCount } }', { headers });
    expect(response.headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
    expect(written.join('')).not.toContain(SECRET);
    expect(written.join('')).not.toContain('aaaaaaaa');
  });

  it('never has a token, a variable, a name or an address, whatever happens', async () => {
    const staff = app.as('EDITOR', null, SECRET);
    const token = (await staff.headers())['authorization'] ?? '';
    const headers = { authorization: token, cookie: SECRET, 'x-forwarded-for': '203.0.113.77' };
    const text = { variables: { text: SECRET, id: SECRET, n: SECRET }, headers };
    const request = (document: string) => app.query(document, text);
    await request('query A($text: String) { releases(search: $text) { totalCount } }');
    await request(`{ releases(search: "${SECRET}") { totalCount } }`);
    await request(`{ ${SECRET.replace('-', '_')} }`);
    await request(`{ releases(search: "${SECRET}`);
    await request('query B($n: Int!) { releases(first: $n) { totalCount } }');
    await request('query C($id: ID!) { node(id: $id) { id } }');
    await request(`{ releases(after: "${SECRET}") { totalCount } }`);
    const bad = { headers: { authorization: `Bearer eyJ${SECRET}.${SECRET}.x` } };
    expect((await app.query('{ releases { totalCount } }', bad)).status).toBe(401);
    await fetch(app.url, {
      method: 'POST',
      body: `{"query": ${SECRET}`,
      headers: {
        'content-type': 'application/json',
        authorization: token,
      },
    });
    await fetch(`${app.url}?query=${SECRET}&variables=${SECRET}`, { headers });
    expect(operations().length).toBeGreaterThan(5);
    const all = written.join('');
    const signature = token.split('.').at(-1) ?? '';
    expect(signature.length).toBeGreaterThan(20);
    for (const secret of [SECRET, SECRET.replace('-', '_'), signature, '203.0.113.77', '127.0.0.1'])
      expect(all).not.toContain(secret);
  });

  it('records where an internal error was, without the values that the database quotes', async () => {
    await asOwner(app.database, 'ALTER TABLE published.release RENAME TO release_away');
    await app.query('query A($text: String) { releases(search: $text) { totalCount } }', {
      variables: { text: SECRET },
    });
    await asOwner(app.database, 'ALTER TABLE published.release_away RENAME TO release');
    const fault = lines().find(({ level }) => level === 50);
    expect(fault?.['err']).toMatchObject({
      code: '42P01',
      message: expect.stringContaining('"published.release" does not exist'),
      stack: expect.stringContaining('at '),
    });
    expect(written.join('')).not.toContain(SECRET);
  });

  it('does not log a reader who disconnects before the response as an error', async () => {
    await app.given(aRelease('305/12').in('EN').published());
    const leaver = new AbortController();
    const held = await holdReleases(app.ownerUrl);
    const left = fetch(app.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      // Texts are loaded once the releases are.
      body: '{"query": "{ releases { nodes { localized { title { value } } } } }"}',
      signal: leaver.signal,
    }).catch(() => 'gone');
    await eventually(async () => (await held.waiting()) > 0);
    leaver.abort();
    expect(await left).toBe('gone');
    // The server hears of it before it hears of the releases.
    expect((await app.query('{ topics { slug } }')).status).toBe(200);
    await held.letGo();
    await eventually(async () => lines().some(({ msg }) => msg === 'A query met an error'));
    expect(lines().filter(({ level }) => level >= 40)).toEqual([]);
  });

  it('leaves out what errors of libraries carry along', () => {
    const log = createLog('info', { write: (line) => void written.push(line) });
    const cause = Object.assign(new Error(`invalid input syntax for type uuid: "${SECRET}"`), {
      code: '22P02',
      detail: SECRET,
      where: SECRET,
    });
    const err = Object.assign(
      new Error(`Unexpected token: '${SECRET}' Bearer ${SECRET}`, { cause }),
      {
        query: SECRET,
        parameters: [SECRET],
      },
    );
    log.error(
      { err, error: err, req: { url: SECRET }, variables: SECRET, x: { token: SECRET } },
      'A fault',
    );
    log.error(err);
    expect(written).toHaveLength(2);
    expect(written.join('')).toContain('22P02');
    expect(written.join('')).not.toContain(SECRET);
  });
});
