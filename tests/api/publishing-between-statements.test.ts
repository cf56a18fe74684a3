import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { eventually } from '../support/publishing.js';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp();
  await gateway.given(
    aRelease('101/20').in('EN').published(),
    aRelease('102/20').in('EN').published(),
  );
  // The first response of a node also reads the reference data.
  await gateway.query('{ topics { slug } }');
});
afterAll(() => gateway.close());

/** A second edition of every release, as a publication leaves it behind. */
const NEW_EDITION = `
  UPDATE published.release SET edition = 2;
  UPDATE published.text SET title = 'New edition';
  UPDATE published.change_log_head SET seq = seq + 1`;

const TEXT = 'edition localized(languages: ["en"]) { title { value } }';

interface Seen {
  readonly one: { readonly edition: number; readonly localized: object };
  readonly list: { readonly nodes: object[] };
}

it('is read whole: an edition that appears between two statements of an operation', async () => {
  const publisher = new pg.Client({ connectionString: gateway.ownerUrl });
  await publisher.connect();
  await publisher.query('BEGIN; LOCK TABLE published.text IN ACCESS EXCLUSIVE MODE');
  const before = gateway.snapshots.length;
  const response = gateway.query<Seen>(
    `{ one: release(number: "101/20") { ${TEXT} } list: releases { nodes { ${TEXT} } } }`,
  );
  // The releases are read, in their first edition; the texts wait.
  await eventually(async () => {
    const waiting = 'SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted';
    const { rows } = await publisher.query<{ n: number }>(waiting);
    return (rows[0]?.n ?? 0) > 0;
  });
  expect(gateway.snapshots.slice(before).flatMap(({ log }) => log).length).toBeGreaterThan(1);
  await publisher.query(`${NEW_EDITION}; COMMIT`);
  await publisher.end();
  const { data, errors } = await response;
  expect(errors).toEqual([]);
  const whole = { edition: 2, localized: { title: { value: 'New edition' } } };
  expect(data).toEqual({ one: whole, list: { nodes: [whole, whole] } });
  // Once without a transaction, and again on one snapshot.
  expect(gateway.snapshots.length - before).toBe(2);
});
