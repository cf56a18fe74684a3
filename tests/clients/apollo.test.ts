import {
  ApolloClient,
  ApolloLink,
  HttpLink,
  InMemoryCache,
  type TypePolicies,
} from '@apollo/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { readyOperation } from '../support/ready-operations.js';
import { Staff } from '../support/staff.js';

const DETAIL = readyOperation('ReleaseDetail');
const LIST = readyOperation('ReleaseList');
const CHANGES = readyOperation('ReleaseChanges');

interface Seen {
  readonly id: string;
  readonly title: { readonly value: string; readonly locale: string };
  readonly body: { readonly html: string };
}

interface Detail {
  readonly release: { readonly id: string; readonly edition: number; readonly localized: Seen };
}

interface Change {
  readonly kind: 'UPSERT' | 'REMOVE';
  readonly localizedId: string;
  readonly localized: Seen | null;
}

interface Page {
  readonly changes: readonly Change[];
  readonly cursor: string;
  readonly hasMore: boolean;
  readonly reset: boolean;
}

/** As an app writes it: the pages of one reader's copy become one list, a release in it once. */
const COPY: TypePolicies = {
  Query: {
    fields: {
      releaseChanges: {
        keyArgs: ['languages', 'audience', 'coherence', 'addressedTo'],
        merge(copy: Page | undefined, page: Page): Page {
          const held = new Map(
            (page.reset ? [] : (copy?.changes ?? [])).map((c) => [c.localizedId, c]),
          );
          for (const change of page.changes) {
            if (change.kind === 'REMOVE') held.delete(change.localizedId);
            else held.set(change.localizedId, change);
          }
          return { ...page, changes: [...held.values()] };
        },
      },
    },
  },
};

let gateway: TestApp;
let staff: Staff;
let requests: string[];

beforeAll(async () => {
  gateway = await createTestApp();
  staff = new Staff(gateway.database);
  await gateway.given(
    ...['101/20', '102/20', '103/20', '104/20', '105/20'].map((number) =>
      aRelease(number).in('EN').in('ES').in('FR').published(),
    ),
  );
});
afterAll(() => gateway.close());

function createClient(): ApolloClient {
  requests = [];
  const count = new ApolloLink((operation, forward) => {
    requests.push(operation.operationName ?? '');
    return forward(operation);
  });
  const cache = new InMemoryCache({ typePolicies: COPY });
  return new ApolloClient({ cache, link: count.concat(new HttpLink({ uri: gateway.url })) });
}

const french = (edition: string) => ({
  title: `Titre ${edition}`,
  body: [`Texte ${edition}.`, 'Fin.'],
});
const report = (line: string) => process.stdout.write(`Apollo Client 4: ${line}\n`);

describe('Apollo Client with its normalized cache', () => {
  it('still has the Spanish texts after French of the same release arrives', async () => {
    const client = createClient();
    const variables = (language: string) => ({ number: '101/20', languages: [language] });
    const shown: string[] = [];
    const spanish = client.watchQuery<Detail>({ query: DETAIL, variables: variables('es') });
    const watching = spanish.subscribe(({ data }) => {
      if (data?.release?.localized) shown.push(data.release.localized.title?.value ?? '');
    });
    await client.query<Detail>({ query: DETAIL, variables: variables('es') });
    await client.query<Detail>({ query: DETAIL, variables: variables('fr') });
    const again = async (language: string) => {
      const { data } = await client.query<Detail>({
        query: DETAIL,
        variables: variables(language),
        fetchPolicy: 'cache-only',
      });
      return data?.release.localized;
    };
    const [es, fr] = [await again('es'), await again('fr')];
    expect([es?.title, fr?.title]).toMatchObject([
      { value: 'Title of 101/20 in ES', locale: 'ES' },
      { value: 'Title of 101/20 in FR', locale: 'FR' },
    ]);
    expect(es?.body.html).toContain('in ES');
    expect(es?.id).not.toBe(fr?.id);
    expect(new Set(shown)).toEqual(new Set(['Title of 101/20 in ES']));
    const cachedIds = Object.keys(client.cache.extract() as object);
    expect(cachedIds.filter((key) => key.startsWith('Release:'))).toHaveLength(1);
    expect(cachedIds.filter((key) => key.startsWith('LocalizedRelease:'))).toHaveLength(2);
    expect(requests).toEqual(['ReleaseDetail', 'ReleaseDetail']);
    watching.unsubscribe();
    report(
      'ES, then FR of one release: 2 requests, 1 Release and 2 LocalizedRelease cached, both right',
    );
  });

  it('knows the release of a list again, where it is the same reader', async () => {
    const client = createClient();
    const { data } = await client.query<{
      releases: { edges: { node: { id: string }; localized: Seen }[] };
    }>({ query: LIST, variables: { languages: ['fr-CA'], first: 5 } });
    const line = data?.releases.edges[0]?.localized;
    const detail = await client.query<Detail>({
      query: DETAIL,
      variables: { id: data?.releases.edges[0]?.node.id, languages: ['FR-ca'] },
    });
    expect(detail.data?.release.localized.id).toBe(line?.id);
    const cachedIds = Object.keys(client.cache.extract() as object);
    expect(cachedIds.filter((key) => key.startsWith('LocalizedRelease:'))).toHaveLength(5);
  });

  it('merges the pages of a copy, and shows a correction wherever the release is shown', async () => {
    const client = createClient();
    const reader = { languages: ['fr'] };
    const copy = async () => (await readCopy(client, reader)).changes;
    let since: string | null = null;
    let pages = 0;
    for (let more = true; more; pages += 1) {
      const page: Page = await pull(client, { ...reader, since, first: 2 });
      [since, more] = [page.cursor, page.hasMore];
    }
    expect((await copy()).map(({ localized }) => localized?.title.value).sort()).toEqual(
      [1, 2, 3, 4, 5].map((number) => `Title of 10${number}/20 in FR`),
    );

    const open = { number: '102/20', ...reader };
    await client.query<Detail>({ query: DETAIL, variables: open });
    await staff.translate('102/20', 'FR', french('corrigé'), 'APPROVED');
    await staff.publish('102/20');
    await staff.retract('103/20');
    const later = await pull(client, { ...reader, since, first: 2 });
    expect(later.cursor).not.toBe(since);
    expect((await copy()).map(({ localized }) => localized?.title.value).sort()).toEqual([
      'Title of 101/20 in FR',
      'Title of 104/20 in FR',
      'Title of 105/20 in FR',
      'Titre corrigé',
    ]);
    const { data } = await client.query<Detail>({
      query: DETAIL,
      variables: open,
      fetchPolicy: 'cache-only',
    });
    expect(data?.release).toMatchObject({
      edition: 2,
      localized: { title: { value: 'Titre corrigé' } },
    });
    report(
      `a copy of 5 in ${pages} pages; after a correction and a retraction 1 page more, 4 held, ` +
        'and the page that was open showed the correction without a request of its own',
    );
  });

  it('shows a correction after a refetch, in its own language only', async () => {
    const client = createClient();
    const variables = (language: string) => ({ number: '104/20', languages: [language] });
    const query = client.watchQuery<Detail>({ query: DETAIL, variables: variables('fr') });
    const watching = query.subscribe(() => undefined);
    await client.query<Detail>({ query: DETAIL, variables: variables('fr') });
    await client.query<Detail>({ query: DETAIL, variables: variables('es') });
    await staff.translate('104/20', 'FR', french('refait'), 'APPROVED');
    await staff.publish('104/20');
    const { data } = await query.refetch();
    expect(data?.release).toMatchObject({
      edition: 2,
      localized: { title: { value: 'Titre refait' } },
    });
    const es = await client.query<Detail>({
      query: DETAIL,
      variables: variables('es'),
      fetchPolicy: 'cache-only',
    });
    expect(es.data?.release).toMatchObject({
      edition: 2,
      localized: { title: { value: 'Title of 104/20 in ES' } },
    });
    watching.unsubscribe();
    report('a refetch after a correction: FR new, ES as it was, edition 2 in both');
  });
});

async function pull(client: ApolloClient, variables: Record<string, unknown>): Promise<Page> {
  const { data } = await client.query<{ releaseChanges: Page }>({
    query: CHANGES,
    variables,
    fetchPolicy: 'network-only',
  });
  if (!data) throw new Error('No page came');
  return data.releaseChanges;
}

async function readCopy(client: ApolloClient, reader: Record<string, unknown>): Promise<Page> {
  const { data } = await client.query<{ releaseChanges: Page }>({
    query: CHANGES,
    variables: reader,
    fetchPolicy: 'cache-only',
  });
  if (!data) throw new Error('There is no copy');
  return data.releaseChanges;
}
