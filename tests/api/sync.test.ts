import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { Copy, type CopyContext } from '../support/copy.js';
import { Staff } from '../support/staff.js';

let gateway: TestApp;
let staff: Staff;
let next = 100;

beforeAll(async () => {
  gateway = await createTestApp();
  staff = new Staff(gateway.database);
}, 240_000);
afterAll(() => gateway.close());

const copyFor = (context: CopyContext) => new Copy(gateway.query.bind(gateway), context);
const number = () => `${next++}/20`;
const linesOf = (changes: readonly { kind: string; reason: string; number: string }[]) =>
  changes.map((change) => `${change.kind} ${change.reason} ${change.number}`);
const text = (title: string) => ({ title, body: [`About ${title}.`, 'More.'] });

describe('releaseChanges', () => {
  it('gives a first copy in pages, each release once, and then nothing', async () => {
    const numbers = [number(), number(), number(), number(), number()];
    for (const name of numbers) await gateway.given(aRelease(name).in('EN').published());
    const copy = copyFor({ languages: ['en'] });
    const pages: number[] = [];
    for (let more = true; more;) {
      const page = await copy.pull(2);
      pages.push(page.changes.length);
      more = page.hasMore;
    }
    expect(Math.max(...pages)).toBeLessThanOrEqual(2);
    expect(copy.changes.map((change) => change.number).sort()).toEqual(numbers);
    expect(await copy.sync()).toEqual([]);
  });

  it('reports what is new, what changed, and what is gone, the last change of each only', async () => {
    const [first, second] = [number(), number()];
    const copy = copyFor({ languages: ['en'] });
    await copy.sync();
    await gateway.given(
      aRelease(first).in('EN').published(),
      aRelease(second).in('EN').published(),
    );
    expect(linesOf(await copy.sync())).toEqual([
      `UPSERT PUBLISHED ${first}`,
      `UPSERT PUBLISHED ${second}`,
    ]);
    for (const title of ['One', 'Two']) {
      await staff.revise(first, 'SUBSTANTIVE', text(title), 'APPROVED');
      await staff.publish(first);
    }
    await staff.retract(second);
    expect(linesOf(await copy.sync())).toEqual([
      `UPSERT UPDATED ${first}`,
      `REMOVE RETRACTED ${second}`,
    ]);
    expect(JSON.stringify(copy.content)).toContain('Two');
  });

  it('reports that a fallback was replaced once the language is published, and nothing for others', async () => {
    const name = number();
    const french = copyFor({ languages: ['fr'] });
    const english = copyFor({ languages: ['en'] });
    await gateway.given(aRelease(name).in('EN').in('FR').in('PT').published('EN'));
    await Promise.all([french.sync(), english.sync()]);
    await staff.publish(name, ['PT']);
    expect(await french.sync()).toEqual([]);
    await staff.publish(name, ['FR']);
    expect(linesOf(await french.sync())).toEqual([`UPSERT FALLBACK_REPLACED ${name}`]);
    expect(await english.sync()).toEqual([]);
    await staff.retract(name, ['FR']);
    expect(linesOf(await french.sync())).toEqual([`UPSERT UPDATED ${name}`]);
    expect(await english.sync()).toEqual([]);
  });

  it('takes away what STRICT no longer has, and what is no longer addressed to a state', async () => {
    const name = number();
    const strict = copyFor({ languages: ['fr'], coherence: 'STRICT' });
    const haiti = copyFor({ languages: ['en'], addressedTo: 'HT' });
    await gateway.given(aRelease(name).addressedTo('HT').in('EN').in('FR').published());
    await Promise.all([strict.sync(), haiti.sync()]);
    await staff.retract(name, ['FR']);
    expect(linesOf(await strict.sync())).toEqual([`REMOVE NO_LONGER_SERVED ${name}`]);
    await staff.changeFacts(name, { audiences: ['BR'] });
    await staff.publish(name, ['EN']);
    expect(linesOf(await haiti.sync())).toEqual([`REMOVE NO_LONGER_ADDRESSED ${name}`]);
    await staff.changeFacts(name, { audiences: [] });
    await staff.publish(name, ['EN']);
    expect(linesOf(await haiti.sync())).toEqual([`UPSERT PUBLISHED ${name}`]);
  });

  it('follows a rule that takes effect, for that audience alone', async () => {
    const name = number();
    await gateway.given(
      aRelease(name)
        .in('EN')
        .in('FR')
        .published()
        .revised('SUBSTANTIVE', text('New'))
        .published('EN'),
    );
    const haiti = copyFor({ audience: 'HT' });
    const brazil = copyFor({ audience: 'BR' });
    await Promise.all([haiti.sync(), brazil.sync()]);
    const admin = gateway.as('ADMIN');
    const rule = async (stalePolicy: string) => {
      const { errors } = await admin.mutate(
        `mutation ($input: AudienceRuleInput!) { setAudienceRule(input: $input) { __typename } }`,
        { variables: { input: { audience: 'HT', validFrom: '2026-06-01', stalePolicy } } },
      );
      expect(errors).toEqual([]);
    };
    await rule('WITHHOLD');
    expect(linesOf(await haiti.sync())).toEqual([`UPSERT UPDATED ${name}`]);
    expect(await brazil.sync()).toEqual([]);
    await rule('SERVE');
    expect(linesOf(await haiti.sync(1))).toEqual([`UPSERT FALLBACK_REPLACED ${name}`]);
    expect(await haiti.sync()).toEqual([]);
  });

  it('follows the new name of a topic', async () => {
    const name = number();
    await gateway.given(aRelease(name).about('ports').in('EN').published());
    const copy = copyFor({ languages: ['en'] });
    await copy.sync();
    const { errors } = await gateway
      .as('ADMIN')
      .mutate(`mutation ($input: TopicInput!) { saveTopic(input: $input) { __typename } }`, {
        variables: { input: { slug: 'ports', names: [{ locale: 'EN', name: 'Ports' }] } },
      });
    expect(errors).toEqual([]);
    expect(linesOf(await copy.sync())).toEqual([`UPSERT UPDATED ${name}`]);
  });

  it.each([
    ['forged', (cursor: string) => `${cursor.slice(0, -4)}AAAA`],
    ['cut off', (cursor: string) => cursor.slice(0, 40)],
    ['no cursor at all', () => 'hello'],
    ['endless', (cursor: string) => cursor.repeat(40)],
  ])('begins anew with a cursor that is %s', async (_, change) => {
    const copy = copyFor({ languages: ['en'] });
    await copy.sync();
    const fresh = copyFor({ languages: ['en'] });
    await fresh.sync();
    copy.cursor = change(copy.cursor ?? '');
    const page = await copy.pull(100);
    expect(page.reset).toBe(true);
    if (page.hasMore) await copy.sync();
    expect(copy.content).toEqual(fresh.content);
  });

  it.each([
    [{ languages: ['fr'] }],
    [{ languages: ['en'], audience: 'CA' }],
    [{ languages: ['en'], coherence: 'STRICT' as const }],
    [{ languages: ['en'], addressedTo: 'CA' }],
  ])('begins anew with a cursor of another reader: %j', async (context) => {
    const copy = copyFor({ languages: ['en'] });
    await copy.sync();
    const other = copyFor(context);
    other.cursor = copy.cursor;
    expect((await other.pull()).reset).toBe(true);
  });

  it('reports nothing that was never public', async () => {
    const copy = copyFor({ languages: ['en'] });
    await copy.sync();
    await gateway.given(aRelease(number()).in('EN'));
    expect(await copy.sync()).toEqual([]);
  });

  it('sends two statements where there is nothing new', async () => {
    const copy = copyFor({ audience: 'HT' });
    await copy.sync();
    const before = gateway.snapshots.length;
    await copy.sync();
    await gateway.query('{ __typename }');
    expect(gateway.snapshots.slice(before).map(({ statements }) => statements)).toEqual([2]);
  });

  it.each([
    [{ first: 101 }, 'PAGE_SIZE_OUT_OF_RANGE'],
    [{ addressedTo: 'FR' }, 'COUNTRY_UNKNOWN'],
    [{ audience: 'ZZ' }, 'COUNTRY_UNKNOWN'],
  ])('refuses %j', async (variables, reason) => {
    const { errors } = await gateway.query(
      `query ($first: Int, $audience: CountryCode, $addressedTo: CountryCode) {
        releaseChanges(first: $first, audience: $audience, addressedTo: $addressedTo) { cursor } }`,
      { variables },
    );
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason });
  });
});
