import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { Copy, type CopyContext } from '../support/copy.js';
import { asOwner } from '../support/database.js';
import { LiveClient } from '../support/live.js';
import { eventually } from '../support/publishing.js';
import { Staff } from '../support/staff.js';

let gateway: TestApp;
let staff: Staff;
let next = 100;
let clients: LiveClient[] = [];

beforeAll(async () => {
  gateway = await createTestApp();
  staff = new Staff(gateway.database);
}, 240_000);
afterAll(() => gateway.close());
afterEach(() => {
  for (const client of clients) client.stop();
  clients = [];
});

const number = () => `${next++}/21`;
const changesOf = ({ changes }: LiveClient) =>
  changes.map((change) => `${change.kind} ${change.reason} ${change.number}`);

function follow(context: CopyContext, since: string | null = null): LiveClient {
  const client = new LiveClient(gateway.url, context, since);
  clients.push(client);
  return client;
}

const cases: [string, (client: LiveClient) => LiveClient][] = [
  ['a WebSocket', (client) => client.overSocket()],
  ['an event stream', (client) => client.overEvents()],
];

describe.each(cases)('releaseChanged over %s', (_, connect) => {
  it('begins with a cursor, and reports changes as they happen', async () => {
    await gateway.given(aRelease(number()).in('EN').published());
    const client = connect(follow({ languages: ['fr'] }));
    await client.until(({ pages }) => pages.length === 1);
    expect(client.pages[0]).toMatchObject({ changes: [], hasMore: false, reset: false });
    const name = number();
    await gateway.given(aRelease(name).in('EN').in('FR').in('PT').published('EN'));
    await client.until(({ changes }) => changes.length === 1);
    await staff.publish(name, ['PT']);
    await staff.publish(name, ['FR']);
    await client.until(({ changes }) => changes.length === 2);
    await staff.retract(name);
    await client.until(({ changes }) => changes.length === 3);
    expect(changesOf(client)).toEqual([
      `UPSERT PUBLISHED ${name}`,
      `UPSERT FALLBACK_REPLACED ${name}`,
      `REMOVE RETRACTED ${name}`,
    ]);
    expect(client.changes.map(({ localized }) => localized !== null)).toEqual([true, true, false]);
  });

  it('first catches up from a cursor, in pages, then goes on', async () => {
    const copy = new Copy(gateway.query.bind(gateway), { languages: ['en'] });
    await copy.sync();
    const names = Array.from({ length: 45 }, number);
    for (const name of names) await gateway.given(aRelease(name).in('EN').published());
    const client = connect(follow({ languages: ['en'] }, copy.cursor));
    await client.until(({ changes }) => changes.length === names.length);
    expect(client.numbers).toEqual(names);
    expect(client.pages.map(({ hasMore }) => hasMore)).toEqual([true, true, false]);
    const last = number();
    await gateway.given(aRelease(last).in('EN').published());
    await client.until(({ changes }) => changes.length === names.length + 1);
    expect(client.numbers.at(-1)).toBe(last);
  });

  it('gives the whole copy anew after a cursor of another reader', async () => {
    await gateway.given(aRelease(number()).in('EN').published());
    const copy = new Copy(gateway.query.bind(gateway), { languages: ['en'] });
    await copy.sync();
    const client = connect(follow({ languages: ['pt'] }, copy.cursor));
    await client.until(({ pages }) => pages.at(-1)?.hasMore === false);
    expect(client.pages.map(({ reset }) => reset)).toEqual(
      client.pages.map((__, index) => index === 0),
    );
    expect(client.numbers.sort()).toEqual(copy.changes.map((change) => change.number).sort());
  });

  it('never reports a draft', async () => {
    const client = connect(follow({ languages: ['en'] }));
    await client.until(({ pages }) => pages.length === 1);
    const [draft, seen] = [number(), number()];
    const secret = { title: 'Canary of a draft', body: ['Canary of a draft.'] };
    await gateway.given(aRelease(draft).in('EN', secret));
    await gateway.given(aRelease(seen).in('EN').published());
    await staff.revise(seen, 'SUBSTANTIVE', secret);
    await staff.translate(seen, 'FR', secret);
    const last = number();
    await gateway.given(aRelease(last).in('EN').published());
    await client.until(({ numbers }) => numbers.includes(last));
    expect(client.numbers).toEqual([seen, last]);
    expect(JSON.stringify(client.pages)).not.toContain('Canary');
  });

  it('reads a change once for all subscribers of one position, and holds no connection while it waits', async () => {
    const many = Array.from({ length: 12 }, () => connect(follow({ languages: ['en'] })));
    await Promise.all(many.map((one) => one.until(({ pages }) => pages.length === 1)));
    await eventually(
      async () => gateway.database.readPool.idleCount === gateway.database.readPool.totalCount,
    );
    const before = gateway.snapshots.length;
    const name = number();
    await gateway.given(aRelease(name).in('EN').published());
    await Promise.all(many.map((one) => one.until(({ changes }) => changes.length === 1)));
    await eventually(
      async () => gateway.database.readPool.idleCount === gateway.database.readPool.totalCount,
    );
    const statements = gateway.snapshots
      .slice(before)
      .reduce((sum, one) => sum + one.statements, 0);
    expect(many.map(({ numbers }) => numbers)).toEqual(many.map(() => [name]));
    expect(statements).toBeLessThan(16);
  });

  it.each([
    [{ addressedTo: 'FR' }, 'COUNTRY_UNKNOWN'],
    [{ audience: 'ZZ' }, 'COUNTRY_UNKNOWN'],
    [{ languages: ['!'] }, 'LANGUAGE_TAG_MALFORMED'],
  ])('refuses %j', async (context, reason) => {
    const client = connect(follow(context));
    await client.until(({ errors }) => errors.length > 0);
    expect(client.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', reason } }]);
  });
});

it('is only delayed by a lost notification', async () => {
  const client = follow({ languages: ['en'] }).overSocket();
  await client.until(({ pages }) => pages.length === 1);
  const cut = await asOwner<{ pid: number }>(
    gateway.database,
    `SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND (query = 'LISTEN gateway_change' OR query LIKE '%c.seq > $1%' OR query LIKE '%WHERE seq > $1%')`,
  );
  expect(cut).toHaveLength(1);
  const name = number();
  await gateway.given(aRelease(name).in('EN').published());
  await client.until(({ numbers }) => numbers.includes(name));
  expect(client.numbers).toEqual([name]);
});
