import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { deleteExpiredKeys } from '../../src/platform/mutation/idempotency.repository.js';
import { createTestApp, type StaffClient, type TestApp } from '../support/app.js';

const CREATE = `mutation Create($number: String!) {
  createRelease(input: {
    number: $number, type: PRESS_RELEASE, date: "2026-05-01", originalLocale: ES
    segments: [{ kind: TITLE, text: "Un título" }, { kind: PARAGRAPH, text: "Un párrafo." }]
  }) {
    __typename
    ... on ReleasePayload { release { id number revision } }
    ... on Problem { code message }
  }
}`;

let gateway: TestApp;
let editor: StaffClient;
let next = 700;
let number: string;

beforeAll(async () => {
  gateway = await createTestApp();
  editor = gateway.as('EDITOR');
});
beforeEach(() => {
  number = `${(next += 1)}/26`;
});
afterAll(() => gateway.close());

interface Raw {
  readonly status: number;
  readonly text: string;
  readonly replayed: string | null;
}

async function send(
  key: string | null,
  { by = editor, query = CREATE, variables = { number }, extensions = {} } = {},
): Promise<Raw> {
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(await by.headers()),
      ...(key !== null && { 'idempotency-key': key }),
    },
    body: JSON.stringify({ query, variables, extensions }),
  });
  const replayed = response.headers.get('idempotency-replayed');
  return { status: response.status, text: await response.text(), replayed };
}

async function count(table: string, where: string, value: string): Promise<number> {
  const rows = await gateway.database.dataSource.query<object[]>(
    `SELECT FROM authoring.${table} WHERE ${where} = $1`,
    [value],
  );
  return rows.length;
}

const created = () => count('release', 'number', number);

describe('a mutation sent again with the same idempotency key', () => {
  it('has the same response to the byte as the first time, and runs once', async () => {
    const first = await send('first');
    expect(first).toMatchObject({ status: 200, replayed: null });
    expect(first.text).toContain(`"number":"${number}"`);
    const again = await send('first');
    expect(again).toEqual({ ...first, replayed: 'true' });
    expect(await created()).toBe(1);
    expect(await count('audit', "subject ->> 'number'", number)).toBe(1);
  });

  it('is done anew without a key', async () => {
    await send(null);
    expect((await send(null)).text).toContain('ValidationProblem');
  });

  it('takes the key from the extensions of the operation too', async () => {
    const extensions = { idempotencyKey: 'own' };
    const first = await send(null, { extensions });
    expect(await send('own', { extensions })).toEqual({ ...first, replayed: 'true' });
  });

  it('runs once when sent ten times at once, and all ten get one response', async () => {
    const responses = await Promise.all(Array.from({ length: 10 }, () => send('ten')));
    expect(new Set(responses.map(({ text }) => text)).size).toBe(1);
    expect(responses[0]?.text).toContain('ReleasePayload');
    expect(responses.filter(({ replayed }) => replayed === null)).toHaveLength(1);
    expect(await created()).toBe(1);
    expect(await count('audit', "subject ->> 'number'", number)).toBe(1);
  });

  it('has its outcome stored when the response itself was lost', async () => {
    const first = await send('lost');
    // As when the process ends between the work and its response.
    await gateway.database.dataSource.query(
      `DELETE FROM authoring.first_answer WHERE key = 'lost' AND field = ''`,
    );
    expect(await send('lost')).toEqual({ ...first, replayed: 'true' });
    expect(await created()).toBe(1);
  });

  it('is refused where it requests something else', async () => {
    await send('else');
    const other = { variables: { number: '799/26' } };
    const refused = await send('else', other);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('IDEMPOTENCY_KEY_REUSED');
    await gateway.database.dataSource.query(
      `DELETE FROM authoring.first_answer WHERE key = 'else' AND field = ''`,
    );
    expect((await send('else', other)).text).toContain('IDEMPOTENCY_KEY_REUSED');
    expect(await count('release', 'number', '799/26')).toBe(0);
  });

  it('is another one of another account', async () => {
    await send('shared');
    const mine = number;
    number = `${(next += 1)}/26`;
    const other = await send('shared', { by: gateway.as('EDITOR', null, 'Someone else') });
    expect(other.text).toContain(`"number":"${number}"`);
    expect(number).not.toBe(mine);
  });

  it('is tried again where it was refused', async () => {
    await send(null);
    const variables = { number };
    expect((await send('again', { variables })).text).toContain('ValidationProblem');
    const rename = `UPDATE authoring.release SET number = '798/26' WHERE number = $1`;
    await gateway.database.dataSource.query(rename, [number]);
    expect(await send('again', { variables })).toMatchObject({
      text: expect.stringContaining('ReleasePayload'),
      replayed: null,
    });
  });

  it('is tried again where there was no right to it', async () => {
    const by = gateway.as('TRANSLATOR', 'FR', 'Promoted');
    expect((await send('right', { by })).text).toContain('FORBIDDEN');
    const bearer = { name: 'Promoted', roles: ['EDITOR' as const], locales: null };
    const promoted = gateway.asBearer({ ...bearer, subject: 'TRANSLATOR FR Promoted' });
    expect(promoted.accountId).toBe(by.accountId);
    expect((await send('right', { by: promoted })).text).toContain('ReleasePayload');
  });

  it('has no stored response once its sender no longer works here', async () => {
    const bearer = { subject: 'left', name: 'Left', locales: null };
    const first = await send('left', { by: gateway.asBearer({ ...bearer, roles: ['EDITOR'] }) });
    expect(first.text).toContain('ReleasePayload');
    const later = await send('left', { by: gateway.asBearer({ ...bearer, roles: [] }) });
    expect(later.text).toContain('FORBIDDEN');
    expect(later.text).not.toContain('ReleasePayload');
  });

  it('is forgotten after two days', async () => {
    await send('old');
    await deleteExpiredKeys(gateway.database.dataSource);
    expect(await count('first_answer', 'key', 'old')).toBe(2);
    const age = `UPDATE authoring.first_answer SET at = now() - interval '49 hours' WHERE key = 'old'`;
    await gateway.database.dataSource.query(age);
    await deleteExpiredKeys(gateway.database.dataSource);
    expect(await count('first_answer', 'key', 'old')).toBe(0);
  });

  it.each(['', ' '.repeat(201), 'a\tb', 'clé'])('is refused with the key %j', async (key) => {
    const result = await send(null, { extensions: { idempotencyKey: key } });
    expect(result.status).toBe(400);
    expect(result.text).toContain('IDEMPOTENCY_KEY_INVALID');
    expect(await created()).toBe(0);
  });

  it('is refused with two keys that differ', async () => {
    const result = await send('one', { extensions: { idempotencyKey: 'two' } });
    expect(result.status).toBe(400);
    expect(result.text).toContain('IDEMPOTENCY_KEYS_DIFFER');
  });

  it('with several fields does only those that were not done', async () => {
    const query = CREATE.replace('createRelease', 'a: createRelease').replace(
      /}$/,
      `  b: createRelease(input: {
          number: "${number}", type: PRESS_RELEASE, date: "2026-05-01", originalLocale: ES
          segments: [{ kind: TITLE, text: "Otro" }, { kind: PARAGRAPH, text: "Otro." }]
        }) { __typename } }`,
    );
    const first = await send('several', { query });
    expect(first.text).toContain('"b":{"__typename":"ValidationProblem"}');
    const again = await send('several', { query });
    expect(again).toEqual(first);
    expect(await created()).toBe(1);
  });
});
