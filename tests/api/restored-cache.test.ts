import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { eventually } from '../support/publishing.js';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp({ responseCache: { maxBytes: 8 * 2 ** 20, maxAge: 1 } });
  await gateway.given(aRelease('101/20').in('ES', { title: 'Lost' }).published());
});
afterAll(() => gateway.close());

const QUERY = '{ release(number: "101/20") { localized(languages: ["es"]) { title { value } } } }';

const title = async () => {
  type Found = { release: { localized: { title: { value: string } } } };
  return (await gateway.query<Found>(QUERY)).data.release.localized.title.value;
};

const feed = async (etag = '') => {
  const headers = { 'if-none-match': etag };
  const response = await fetch(new URL('/feeds/es.json', gateway.url), { headers });
  return {
    status: response.status,
    etag: response.headers.get('etag') ?? '',
    text: await response.text(),
  };
};

it('what is cached of a history that a restore took back is not served, although its numbers are the same', async () => {
  expect(await title()).toBe('Lost');
  const before = await feed();
  expect(before.text).toContain('Lost');
  expect((await feed(before.etag)).status).toBe(304);

  // The node continues to run: its database went back to an earlier point, and another change was then published.
  await gateway.database.asOwner(async (owner) => {
    await owner.query('BEGIN');
    await owner.query(
      `UPDATE published.text SET title = 'Restored',
         content = replace(content::text, 'Lost', 'Restored')::jsonb`,
    );
    await owner.query('UPDATE published.change_log SET id = gen_random_uuid()');
    await owner.query('COMMIT');
  });
  await eventually(async () => (await title()) === 'Restored');
  const after = await feed(before.etag);
  expect(after.status).toBe(200);
  expect(after.text).toContain('Restored');
});
