import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, fetchExchange, type OperationResult, type RequestPolicy } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { introspectionFromSchema } from 'graphql';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { committedSchema, readyOperation } from '../support/ready-operations.js';
import { Staff } from '../support/staff.js';

const DETAIL = readyOperation('ReleaseDetail');
const CHANGES = readyOperation('ReleaseChanges');

interface Seen {
  readonly id: string;
  readonly title: { readonly value: string; readonly locale: string };
}

interface Detail {
  readonly release: { readonly id: string; readonly edition: number; readonly localized: Seen };
}

interface Page {
  readonly changes: readonly {
    readonly kind: string;
    readonly localizedId: string;
    readonly localized: Seen | null;
  }[];
  readonly cursor: string;
  readonly hasMore: boolean;
}

let gateway: TestApp;
let staff: Staff;
let requests = 0;

beforeAll(async () => {
  gateway = await createTestApp();
  staff = new Staff(gateway.database);
  await gateway.given(
    ...['101/20', '102/20', '103/20'].map((number) =>
      aRelease(number).in('EN').in('ES').in('FR').published(),
    ),
  );
});
afterAll(() => gateway.close());

/** What a normalized cache must know of our types that have no id: nothing, they belong to what they are part of. */
function createClient(): Client {
  const schema = introspectionFromSchema(committedSchema());
  const embedded = () => null;
  const withoutId = schema.__schema.types.flatMap((type) => {
    const isObject = type.kind === 'OBJECT' && !type.name.startsWith('__');
    return isObject && !type.fields.some(({ name }) => name === 'id') ? [type.name] : [];
  });
  const roots = ['Query', 'Mutation', 'Subscription'];
  const keys = Object.fromEntries(
    withoutId.filter((name) => !roots.includes(name)).map((name) => [name, embedded]),
  );
  requests = 0;
  return new Client({
    url: gateway.url,
    preferGetMethod: false,
    exchanges: [cacheExchange({ schema: schema as never, keys, updates: {} }), fetchExchange],
    fetch: (input, init) => {
      requests += 1;
      return fetch(input, init);
    },
  });
}

async function query<T>(
  client: Client,
  document: typeof DETAIL,
  variables: object,
  requestPolicy: RequestPolicy = 'cache-first',
): Promise<T> {
  const { data, error }: OperationResult<T> = await client
    .query<T>(document, variables, { requestPolicy })
    .toPromise();
  if (error) throw error;
  return data as T;
}

const title = ({ release }: Detail) => release.localized.title;
const report = (line: string) => process.stdout.write(`urql with graphcache: ${line}\n`);

describe('urql with graphcache', () => {
  it('still has the Spanish texts after French of the same release arrives', async () => {
    const client = createClient();
    const of = (language: string) => ({ number: '101/20', languages: [language] });
    await query<Detail>(client, DETAIL, of('es'));
    await query<Detail>(client, DETAIL, of('fr'));
    expect(requests).toBe(2);
    const es = await query<Detail>(client, DETAIL, of('es'), 'cache-only');
    const fr = await query<Detail>(client, DETAIL, of('fr'), 'cache-only');
    expect([title(es), title(fr)]).toMatchObject([
      { value: 'Title of 101/20 in ES', locale: 'ES' },
      { value: 'Title of 101/20 in FR', locale: 'FR' },
    ]);
    expect(es.release.id).toBe(fr.release.id);
    expect(es.release.localized.id).not.toBe(fr.release.localized.id);
    expect(requests).toBe(2);
    report('ES, then FR of one release: 2 requests, both right from the cache');
  });

  it('shows what a page of changes brings wherever the release is shown', async () => {
    const client = createClient();
    const reader = { languages: ['fr'] };
    const held = new Map<string, string>();
    let since: string | null = null;
    const sync = async (): Promise<void> => {
      for (let more = true; more;) {
        const variables = { ...reader, since, first: 2 };
        const response = await query<{ releaseChanges: Page }>(
          client,
          CHANGES,
          variables,
          'network-only',
        );
        const { changes, cursor, hasMore }: Page = response.releaseChanges;
        for (const { localizedId, localized } of changes) {
          if (localized) held.set(localizedId, localized.title.value);
          else held.delete(localizedId);
        }
        [since, more] = [cursor, hasMore];
      }
    };
    await sync();
    expect(held.size).toBe(3);
    const open = { number: '102/20', ...reader };
    await query<Detail>(client, DETAIL, open);
    await query<Detail>(client, DETAIL, { number: '102/20', languages: ['es'] });

    await staff.translate(
      '102/20',
      'FR',
      { title: 'Titre corrigé', body: ['Texte.', 'Fin.'] },
      'APPROVED',
    );
    await staff.publish('102/20');
    await staff.retract('103/20');
    await sync();
    expect([...held.values()].sort()).toEqual(['Title of 101/20 in FR', 'Titre corrigé']);
    const corrected = await query<Detail>(client, DETAIL, open, 'cache-only');
    expect(corrected.release).toMatchObject({
      edition: 2,
      localized: { title: { value: 'Titre corrigé' } },
    });
    const es = await query<Detail>(
      client,
      DETAIL,
      { number: '102/20', languages: ['es'] },
      'cache-only',
    );
    expect(title(es)).toMatchObject({ value: 'Title of 102/20 in ES' });

    const fresh = await query<Detail>(client, DETAIL, open, 'network-only');
    expect(title(fresh).value).toBe('Titre corrigé');
    report(
      'a copy of 3; after a correction and a retraction 2 held, the open page corrected, ES as it was',
    );
  });
});
