import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { PressOffice } from '../support/publishing.js';
import { getPage } from '../support/site.js';
import { Staff } from '../support/staff.js';

let gateway: TestApp;
let office: PressOffice;
let today = new Date('2026-06-01T12:00:00Z');

beforeAll(async () => {
  gateway = await createTestApp({
    pages: true,
    clock: () => today,
    responseCache: { maxBytes: 2 ** 23, maxAge: 1 },
  });
  office = new PressOffice(gateway);
  await gateway.given(aRelease('101/20').dated('2020-01-10').in('EN').in('FR').published());
  // The process has caught up with the change log.
  await office.editor.mutate('mutation { __typename }');
});
afterAll(() => gateway.close());

const PARITY = `{ parity { releases months { month releases }
  audiences { audience { code } complete partial fallback unavailable } } }`;

interface Parity {
  readonly releases: number;
  readonly months: readonly { readonly month: string; readonly releases: number }[];
  readonly audiences: readonly {
    readonly audience: { readonly code: string };
    readonly complete: number;
  }[];
}

async function parity(): Promise<Parity> {
  const { data, errors } = await gateway.query<{ parity: Parity }>(PARITY);
  expect(errors).toEqual([]);
  return data.parity;
}

async function completeFor(code: string): Promise<number | undefined> {
  return (await parity()).audiences.find(({ audience }) => audience.code === code)?.complete;
}

/** How many times the database was read from. */
async function readsOf(work: () => Promise<unknown>): Promise<number> {
  const before = gateway.snapshots.length;
  await work();
  return gateway.snapshots.length - before;
}

describe('the report on the parity of the languages', () => {
  it('is cached', async () => {
    const first = await parity();
    expect(await readsOf(async () => expect(await parity()).toEqual(first))).toBe(0);
  });

  it('has the new figures once a publication is confirmed', async () => {
    expect((await parity()).releases).toBe(1);
    await gateway.given(aRelease('102/20').dated('2020-02-10').in('EN').in('FR'));
    await new Staff(gateway.database).translate('102/20', 'FR', { title: 'Deux' }, 'APPROVED');
    await office.editor.mutate('mutation { __typename }');
    expect(await readsOf(parity)).toBe(0);
    await office.publish('102/20', { locales: ['EN'] });
    const { releases, months } = await parity();
    expect(releases).toBe(2);
    expect(months).toEqual([
      { month: '2020-01-01', releases: 1 },
      { month: '2020-02-01', releases: 1 },
    ]);
  });

  it('has the new figures once a retraction is confirmed', async () => {
    await parity();
    await office.retract('102/20');
    expect((await parity()).releases).toBe(1);
  });

  it('is evaluated by the rules of the day, and again after a rule was changed', async () => {
    await gateway.given(aRelease('104/26').dated('2026-06-01').in('EN').published());
    await office.editor.mutate('mutation { __typename }');
    expect(await completeFor('SR')).toBe(2);
    const { data } = await gateway
      .as('ADMIN')
      .mutate(
        `mutation { setAudienceRule(input: { audience: "SR", validFrom: "2026-06-01", requiredLocales: [EN, PT], fallbackChain: [EN, PT] }) { __typename } }`,
      );
    expect(data).toEqual({ setAudienceRule: { __typename: 'AudienceRulePayload' } });
    expect(await completeFor('SR')).toBe(1);
    expect(await readsOf(parity)).toBe(0);
    today = new Date('2026-06-02T00:00:01Z');
    expect(await readsOf(parity)).toBeGreaterThan(0);
  });
});

describe('the page of the languages', () => {
  it('is sent from the cache, and has the new figures once a publication is confirmed', async () => {
    const first = await getPage(gateway, '/en/languages');
    expect(first.headers['cache-control']).toBe('public, max-age=1, must-revalidate');
    expect(first.html).not.toContain('March 2020');
    const again = () => getPage(gateway, '/en/languages');
    expect(await readsOf(async () => expect((await again()).html).toBe(first.html))).toBe(0);
    const etag = String(first.headers.etag);
    expect((await getPage(gateway, '/en/languages', { 'if-none-match': etag })).status).toBe(304);

    await gateway.given(aRelease('103/20').dated('2020-03-10').in('EN'));
    await office.publish('103/20', { locales: ['EN'] });
    expect((await again()).html).toContain('March 2020');
    expect((await getPage(gateway, '/en/languages', { 'if-none-match': etag })).status).toBe(200);
  });
});
