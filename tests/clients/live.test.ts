import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { createClient } from 'graphql-ws';
import { OperationTypeNode } from 'graphql';
import { WebSocket } from 'ws';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { eventually } from '../support/publishing.js';
import { readyOperation } from '../support/ready-operations.js';
import { Staff } from '../support/staff.js';

const DETAIL = readyOperation('ReleaseDetail');
const CHANGED = readyOperation('ReleaseChanged');

interface Detail {
  readonly release: { readonly localized: { readonly title: { readonly value: string } } };
}

interface Page {
  readonly releaseChanged: {
    readonly changes: readonly { readonly number: string; readonly reason: string }[];
    readonly cursor: string;
  };
}

let gateway: TestApp;
let staff: Staff;

beforeAll(async () => {
  gateway = await createTestApp();
  staff = new Staff(gateway.database);
  await gateway.given(aRelease('101/20').in('EN').in('FR').published());
});
afterAll(() => gateway.close());

const report = (line: string) => process.stdout.write(`${line}\n`);
const reader = { languages: ['fr'] };

async function correct(title: string): Promise<void> {
  await staff.translate('101/20', 'FR', { title, body: ['Texte.', 'Fin.'] }, 'APPROVED');
  await staff.publish('101/20');
}

describe('live changes in clients that people use', () => {
  it('graphql-ws with Apollo Client: the open page follows, over a lost connection too', async () => {
    const sockets: WebSocket[] = [];
    class Socket extends WebSocket {
      constructor(address: string, protocols: string | string[]) {
        super(address, protocols);
        sockets.push(this);
      }
    }
    const ws = createClient({
      url: gateway.url.replace('http', 'ws'),
      webSocketImpl: Socket,
      retryAttempts: 0,
    });
    const link = ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      new GraphQLWsLink(ws),
      new HttpLink({ uri: gateway.url }),
    );
    const client = new ApolloClient({ cache: new InMemoryCache(), link });
    const shown: string[] = [];
    const open = client.watchQuery<Detail>({
      query: DETAIL,
      variables: { number: '101/20', ...reader },
    });
    open.subscribe(({ data }) => {
      const title = (data as Detail | undefined)?.release?.localized?.title?.value;
      if (title !== undefined && shown.at(-1) !== title) shown.push(title);
    });

    const pages: Page['releaseChanged'][] = [];
    let ended = 0;
    const follow = () =>
      client
        .subscribe<Page>({
          query: CHANGED,
          variables: { ...reader, since: pages.at(-1)?.cursor ?? null },
        })
        .subscribe({
          next: ({ data }) => data && pages.push(data.releaseChanged),
          error: () => (ended += 1),
          complete: () => (ended += 1),
        });
    let following = follow();
    await eventually(() => Promise.resolve(pages.length === 1));
    await correct('Titre 1');
    await eventually(() => Promise.resolve(shown.includes('Titre 1')));

    sockets.at(-1)?.terminate();
    await eventually(() => Promise.resolve(ended === 1));
    await correct('Titre 2');
    await gateway.given(aRelease('102/20').in('FR').published());
    following.unsubscribe();
    following = follow();
    await eventually(() => Promise.resolve(shown.includes('Titre 2')));
    await eventually(() => Promise.resolve(pages.flatMap(({ changes }) => changes).length >= 3));

    const seen = pages.flatMap(({ changes }) => changes);
    expect(seen.map(({ number, reason }) => `${reason} ${number}`)).toEqual([
      'UPDATED 101/20',
      'UPDATED 101/20',
      'PUBLISHED 102/20',
    ]);
    expect(shown).toEqual(['Title of 101/20 in FR', 'Titre 1', 'Titre 2']);
    following.unsubscribe();
    await ws.dispose();
    client.stop();
    report(
      `graphql-ws with Apollo Client: ${sockets.length} connections, one cut; ${seen.length} of 3 changes seen, ` +
        'none twice; the open page showed each correction by itself',
    );
  });

  it('urql over server-sent events: the open page follows', async () => {
    const client = new Client({
      url: gateway.url,
      preferGetMethod: false,
      fetchSubscriptions: true,
      exchanges: [cacheExchange({ keys: EMBEDDED }), fetchExchange],
    });
    const shown: string[] = [];
    const open = client
      .query<Detail>(DETAIL, { number: '101/20', ...reader })
      .subscribe(({ data }) => {
        const title = data?.release.localized.title.value;
        if (title !== undefined && shown.at(-1) !== title) shown.push(title);
      });
    const pages: Page['releaseChanged'][] = [];
    const faults: unknown[] = [];
    const following = client
      .subscription<Page>(CHANGED, { ...reader, since: null })
      .subscribe(({ data, error }) => {
        if (data) pages.push(data.releaseChanged);
        if (error) faults.push(error);
      });
    await eventually(() => Promise.resolve(shown.length === 1 && pages.length === 1));
    await correct('Titre 3');
    await eventually(() => Promise.resolve(shown.includes('Titre 3')));
    expect(faults).toEqual([]);
    following.unsubscribe();
    open.unsubscribe();
    report(
      'urql over server-sent events: a correction came, and the open page showed it by itself',
    );
  });
});

/** These have no id: they belong to what they are part of. */
const EMBEDDED = Object.fromEntries(
  [
    'Alternate',
    'LocaleResolution',
    'LocaleStatus',
    'LocaleStep',
    'LocalizedBlock',
    'LocalizedName',
    'LocalizedRichText',
    'LocalizedText',
    'ReleaseChange',
    'SyncPage',
  ].map((name) => [name, () => null]),
);
