import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { Copy, type CopyContext } from '../support/copy.js';
import { LiveClient } from '../support/live.js';
import { byHash, post } from '../support/persisted.js';
import { Staff } from '../support/staff.js';

let gateway: TestApp;
let staff: Staff;
let next = 100;

beforeAll(async () => {
  gateway = await createTestApp();
  staff = new Staff(gateway.database);
}, 240_000);
afterAll(() => gateway.close());

const number = () => `${next++}/22`;
const query: TestApp['query'] = (document, request) => gateway.query(document, request);

async function copyFor(context: CopyContext): Promise<Copy> {
  const copy = new Copy(query, context);
  await copy.sync();
  return copy;
}

/** In English and Portuguese, with a French translation that is ready. */
async function release(): Promise<string> {
  const name = number();
  await gateway.given(aRelease(name).in('EN').in('PT').in('FR').published('EN', 'PT'));
  return name;
}

describe('a copy whose text stays while other languages change', () => {
  it.each([
    [{ languages: ['en'] }],
    [{ languages: ['en'], audience: 'CA', coherence: 'FIELD' as const }],
    [{ languages: ['en'], coherence: 'STRICT' as const, dateFrom: '2012-01-01' }],
  ])('gets the edition, the languages and the trail, without the text: %j', async (context) => {
    const name = await release();
    const copy = await copyFor(context);
    const acts = [
      () => staff.publish(name, ['FR']),
      () => staff.retract(name, ['PT']),
      async () => {
        await staff.translate(
          name,
          'FR',
          { title: 'Corrigé', body: ['Texte.', 'Fin.'] },
          'APPROVED',
        );
        await staff.publish(name, ['FR']);
      },
    ];
    for (const [index, act] of acts.entries()) {
      await act();
      expect(await copy.sync()).toEqual([]);
      expect(copy.metadataChanges).toHaveLength(index + 1);
      expect(copy.metadataChanges.at(-1)).toMatchObject({
        number: name,
        release: { edition: index + 2 },
      });
      expect(copy.content).toEqual((await copyFor(context)).content);
    }
  });

  it('counts such releases in the page size, and names each once in a page', async () => {
    const names = [await release(), await release(), await release()];
    const copy = await copyFor({ languages: ['en'] });
    for (const name of names) await staff.publish(name, ['FR']);
    const [first = ''] = names;
    await staff.revise(first, 'SUBSTANTIVE', { title: 'New', body: ['A.', 'B.'] }, 'APPROVED');
    await staff.publish(first, ['EN']);
    const sizes: number[] = [];
    for (let more = true; more;) {
      const page = await copy.pull(2);
      const all = [...page.changes, ...page.metadataChanges].map((change) => change.number);
      expect(new Set(all).size).toBe(all.length);
      sizes.push(all.length);
      more = page.hasMore;
    }
    expect(sizes).toEqual([2, 1]);
    expect(copy.metadataChanges.map((change) => change.number)).toEqual(names.slice(1));
    expect(copy.content).toEqual((await copyFor({ languages: ['en'] })).content);
  });

  it('names each release once where a page ends the first copy and goes on with what changed meanwhile', async () => {
    const names = [await release(), await release()];
    const copy = new Copy(query, { languages: ['en'] });
    const { total } = await copy.pull(1);
    for (const name of names) await staff.publish(name, ['FR']);
    const { changes, metadataChanges, hasMore } = await copy.pull(100);
    const all = [...changes, ...metadataChanges].map((change) => change.number);
    expect(new Set(all).size).toBe(all.length);
    expect(hasMore).toBe(false);
    expect(copy.held.size).toBe(total);
    expect(copy.content).toEqual((await copyFor({ languages: ['en'] })).content);
  });

  it('gets the trail anew where a rule changed no more than that', async () => {
    const name = await release();
    const haiti = await copyFor({ languages: ['en'], audience: 'HT' });
    const { errors } = await gateway
      .as('ADMIN')
      .mutate(
        'mutation ($input: AudienceRuleInput!) { setAudienceRule(input: $input) { __typename } }',
        {
          variables: {
            input: {
              audience: 'HT',
              validFrom: '2026-05-01',
              fallbackChain: ['FR', 'PT', 'ES', 'EN', 'ORIGINAL'],
            },
          },
        },
      );
    expect(errors).toEqual([]);
    expect(await haiti.sync()).toEqual([]);
    expect(haiti.metadataChanges.map((change) => change.number)).toContain(name);
    expect(haiti.content).toEqual((await copyFor({ languages: ['en'], audience: 'HT' })).content);
  });
});

/** As apps sent it before there were changes of metadata: schema/operations/earlier-operations.json. */
const RELEASED = '16577300d7552df1e656d7862df651daa94d1357240cc40853a9c7567a685957';

interface ReleasedPage {
  readonly releaseChanges: {
    readonly cursor: string;
    readonly changes: readonly {
      readonly kind: string;
      readonly reason: string;
      readonly number: string;
      readonly localized: { readonly release: { readonly edition: number } } | null;
    }[];
  };
}

describe('an operation without metadataChanges', () => {
  it('of a released app, by its hash, gets the release again with its text', async () => {
    const name = await release();
    const pull = async (since: string | null) => {
      const variables = { since, languages: ['en'], first: 100 };
      const { data } = await post<ReleasedPage>(gateway.url, {
        extensions: byHash(RELEASED),
        variables,
      });
      return data.releaseChanges;
    };
    let page = await pull(null);
    await staff.publish(name, ['FR']);
    page = await pull(page.cursor);
    expect(page.changes).toMatchObject([
      {
        ...{ kind: 'UPSERT', reason: 'UPDATED', number: name },
        localized: { release: { edition: 2 } },
      },
    ]);
    expect((await pull(page.cursor)).changes).toEqual([]);
  });

  it('that stores none of it gets nothing', async () => {
    const name = await release();
    const document = (since: string | null) =>
      `{ releaseChanges(languages: ["en"], first: 100, since: ${JSON.stringify(since)}) {
        cursor changes { number localized { title { value } } } } }`;
    const first = await gateway.query<ReleasedPage>(document(null));
    await staff.publish(name, ['FR']);
    const { data } = await gateway.query<ReleasedPage>(document(first.data.releaseChanges.cursor));
    expect(data.releaseChanges.changes).toEqual([]);
  });
});

it.each<[string, (client: LiveClient) => LiveClient]>([
  ['a WebSocket', (client) => client.overSocket()],
  ['an event stream', (client) => client.overEvents()],
])('comes as it happens, over %s', async (_, connect) => {
  const name = await release();
  const copy = await copyFor({ languages: ['en'] });
  const client = connect(new LiveClient(gateway.url, { languages: ['en'] }, copy.cursor));
  await client.until(({ connections }) => connections > 0);
  await staff.publish(name, ['FR']);
  await client.until(({ pages }) => pages.some((page) => page.metadataChanges.length > 0));
  client.stop();
  for (const page of client.pages) copy.apply(page);
  expect(copy.changes.filter((change) => change.reason !== 'PUBLISHED')).toEqual([]);
  expect(copy.content).toEqual((await copyFor({ languages: ['en'] })).content);
});

it.each([
  ['en', '“LocalizedRelease.jsonLd” does not stay correct in a copy'],
  ['es', '«LocalizedRelease.jsonLd» no se mantiene correcto en una copia'],
  ['fr', 'ne reste pas exact dans une copie'],
  ['pt', '“LocalizedRelease.jsonLd” não se mantém correto em uma cópia'],
])(
  'a field that a copy cannot hold is refused, in the language of the caller: %s',
  async (tag, message) => {
    const { status, errors } = await gateway.query(
      '{ releaseChanges { changes { localized { jsonLd } } } }',
      { headers: { 'accept-language': tag } },
    );
    expect(status).toBe(400);
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining(message),
        locations: [{ line: 1, column: 42 }],
        extensions: { code: 'BAD_USER_INPUT', reason: 'FIELD_NOT_IN_COPIES' },
      },
    ]);
  },
);
