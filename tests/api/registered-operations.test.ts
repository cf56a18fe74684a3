import { PassThrough } from 'node:stream';

import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  getIntrospectionQuery,
  getOperationAST,
  parse,
  print,
  stripIgnoredCharacters,
} from 'graphql';
import { createClient as createEventClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import { pino } from 'pino';
import { WebSocket } from 'ws';

import { aRelease } from '../support/a-release.js';
import { type GraphqlResponse, createTestApp, type TestApp } from '../support/app.js';
import { byHash, codesOf, get, post, registered, sha256 } from '../support/persisted.js';
import { readyOperation } from '../support/ready-operations.js';

const TITLES = registered('ReleaseTitles');
const CHANGED = registered('ReleaseChanged');
const variables = { number: '101/20' };
const found = { release: { number: '101/20' } };

/** The same operation as another client prints it. */
function reordered(body: string): string {
  const { definitions, ...rest } = parse(body);
  return `# of another client\n${print({ ...rest, definitions: [...definitions].reverse() })}`;
}

describe('where only registered operations run', () => {
  let gateway: TestApp;
  const refused = (result: GraphqlResponse<unknown>) => {
    expect([result.status, codesOf(result)]).toEqual([400, ['OPERATION_NOT_REGISTERED']]);
    expect(result.data ?? null).toBeNull();
  };

  beforeAll(async () => {
    gateway = await createTestApp({ operations: { mode: 'registered', manifests: null } });
    await gateway.given(aRelease('101/20').in('EN').in('FR').published());
  });
  afterAll(() => gateway.close());

  it.each([
    ['its id, by POST', post, { extensions: byHash(TITLES.id) }],
    ['its id, by GET', get, { extensions: byHash(TITLES.id) }],
    ['its id and an empty text', post, { query: '', extensions: byHash(TITLES.id) }],
    ['its text, by POST', post, { query: TITLES.body }],
    ['its text, by GET', get, { query: TITLES.body }],
    ['its text and id', post, { query: TITLES.body, extensions: byHash(TITLES.id) }],
    ['its text without spaces', post, { query: stripIgnoredCharacters(TITLES.body) }],
    ['its text in another order, with a comment', post, { query: reordered(TITLES.body) }],
    [
      'its text in another order and its id',
      post,
      {
        query: reordered(TITLES.body),
        extensions: byHash(TITLES.id),
      },
    ],
    ['its text and its name', post, { query: TITLES.body, operationName: 'ReleaseTitles' }],
  ])('one of them runs by %s', async (_, send, request) => {
    const result = await send(gateway.url, { ...request, variables });
    expect(result).toMatchObject({ status: 200, data: found, errors: [] });
  });

  it('one of them runs by the hash of a text that a client has sent, printed otherwise', async () => {
    const query = `# by hash\n${reordered(TITLES.body)}`;
    const extensions = byHash(sha256(query));
    const unknown = await post(gateway.url, { variables, extensions });
    expect(codesOf(unknown)).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
    const whole = await post(gateway.url, { query, variables, extensions });
    const again = await post(gateway.url, { variables, extensions });
    expect([whole.data, again.data]).toEqual([
      expect.objectContaining({ release: expect.objectContaining(variables) }),
      whole.data,
    ]);
  });

  it.each([
    ['another query', '{ topics { id } }'],
    ['one more field', TITLES.body.replace('number\n', 'number date\n')],
    ['one field less', TITLES.body.replace('    slug\n', '').replace('  slug\n', '')],
    ['a value in the place of a variable', 'query { release(number: "101/20") { number } }'],
    ['one of them with another operation', `${TITLES.body} query Other { topics { id } }`],
    ['introspection', getIntrospectionQuery()],
    ['a thousand levels', `${'{a'.repeat(999)}{a${'}'.repeat(1_000)}`],
    ['the least query', '{ __typename }'],
    ['what is no GraphQL', 'query {'],
    ['what the schema does not have', '{ nothing { atAll } }'],
    ['a mutation', 'mutation { retract(input: {}) { __typename } }'],
    ['a subscription', 'subscription { releaseChanged { cursor } }'],
  ])('nothing else does: %s', async (_, query) => {
    const result = await post(gateway.url, { query, variables });
    refused(result);
    refused(await get(gateway.url, { query, variables }));
    // Nobody learns from a refusal what there is.
    const { message = '' } = result.errors[0] ?? {};
    expect(message).toBe((await post(gateway.url, { query: '{' })).errors[0]?.message);
  });

  it('staff are no exception, whatever their role', async () => {
    for (const role of ['EDITOR', 'ADMIN'] as const) {
      refused(await gateway.as(role).query('{ viewer { name } }'));
      const own = await gateway.as(role).query(registered('Viewer').body);
      expect(own.errors).toEqual([]);
    }
  });

  it.each([
    ['en', 'registered operations only'],
    ['es', 'solo ejecuta operaciones registradas'],
    ['fr-CA', 'que des opérations enregistrées'],
    ['pt', 'apenas operações registradas'],
  ])('is refused in the language of the caller: %s', async (tag, words) => {
    const result = await post(gateway.url, { query: '{' }, { 'accept-language': tag });
    refused(result);
    expect(result.errors[0]?.message).toContain(words);
  });

  it('stores no unregistered text by its hash', async () => {
    const query = '{ topics { slug } }';
    const extensions = byHash(sha256(query));
    refused(await post(gateway.url, { query, extensions }));
    const again = await post(gateway.url, { extensions });
    expect(codesOf(again)).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
    expect(again.headers['cache-control']).toBe('no-store');
  });

  it('a mutation runs by POST alone', async () => {
    const { id } = registered('ApproveTranslation');
    const result = await get(gateway.url, { extensions: byHash(id), variables: {} });
    expect([result.status, result.headers['allow']]).toEqual([405, 'POST']);
  });

  it('counts the requests', async () => {
    const { counts } = gateway.app.operations.persistedOperations;
    const before = { ...counts };
    await post(gateway.url, { extensions: byHash(TITLES.id), variables });
    await post(gateway.url, { query: '{ topics { id } }' });
    expect(counts).toEqual({
      ...before,
      registered: before.registered + 1,
      refused: before.refused + 1,
    });
  });

  it('Apollo Client sends ids of the manifest, and never a text', async () => {
    const bodies: string[] = [];
    const generateHash = (document: Parameters<typeof getOperationAST>[0]) =>
      registered(getOperationAST(document)?.name?.value ?? '').id;
    const link = new PersistedQueryLink({ generateHash }).concat(
      new HttpLink({
        uri: gateway.url,
        fetch(address, init) {
          bodies.push(init?.body as string);
          return fetch(address, init);
        },
      }),
    );
    const client = new ApolloClient({ cache: new InMemoryCache(), link });
    const { data } = await client.query({ query: readyOperation('ReleaseTitles'), variables });
    expect(data).toMatchObject(found);
    expect(bodies.map((body) => body.includes('"query"'))).toEqual([false]);
  });

  describe.each(['a WebSocket', 'an event stream'])('over %s', (transport) => {
    /** The first page, or the errors. */
    function first(payload: { query: string; extensions?: object }): Promise<unknown> {
      const client =
        transport === 'a WebSocket'
          ? createSocketClient({
              url: gateway.url.replace('http', 'ws'),
              webSocketImpl: WebSocket,
              retryAttempts: 0,
            })
          : createEventClient({ url: gateway.url, retryAttempts: 0 });
      return new Promise((resolve) => {
        const stop = client.subscribe(payload as never, {
          next: (result) => {
            resolve(result);
            stop();
          },
          error: resolve,
          complete: () => void client.dispose(),
        });
      });
    }
    const page = { data: { releaseChanged: { cursor: expect.any(String) } } };

    it('a subscription runs by its text, its id and in another print', async () => {
      for (const request of [
        { query: CHANGED.body },
        { query: '', extensions: byHash(CHANGED.id) },
        { query: reordered(CHANGED.body) },
      ]) {
        expect(await first(request)).toMatchObject(page);
      }
    });

    it('nothing else does', async () => {
      const query = 'subscription { releaseChanged { cursor } }';
      const coded = (code: string) => JSON.stringify(code);
      expect(JSON.stringify(await first({ query }))).toContain(coded('OPERATION_NOT_REGISTERED'));
      expect(JSON.stringify(await first({ query: '{' }))).toContain(
        coded('OPERATION_NOT_REGISTERED'),
      );
      const extensions = byHash(sha256(query));
      expect(JSON.stringify(await first({ query: '', extensions }))).toContain(
        coded('PERSISTED_QUERY_NOT_FOUND'),
      );
    });
  });

  it('a subscription runs by its id in an address, as an EventSource requests it', async () => {
    const search = new URLSearchParams({ extensions: JSON.stringify(byHash(CHANGED.id)) });
    const stop = new AbortController();
    const headers = { accept: 'text/event-stream' };
    const response = await fetch(`${gateway.url}?${search.toString()}`, {
      headers,
      signal: stop.signal,
    });
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      if (text.includes('"cursor"')) break;
    }
    expect(text).toContain('event: next');
    stop.abort();
  });
});

describe('where what is not registered is logged', () => {
  let gateway: TestApp;
  const lines: { msg: string; count?: number; operationName?: string; text?: string }[] = [];

  beforeAll(async () => {
    const sink = new PassThrough();
    sink.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString().split('\n').filter(Boolean)) {
        lines.push(JSON.parse(line) as (typeof lines)[number]);
      }
    });
    gateway = await createTestApp({
      operations: { mode: 'log', manifests: null },
      log: pino({ level: 'warn' }, sink),
    });
    await gateway.given(aRelease('101/20').in('EN').published());
  });
  afterAll(() => gateway.close());
  const logged = () => lines.filter(({ msg }) => msg === 'An operation is not registered');

  it('everything runs, and unregistered operations are logged at 1, 10, 100, …', async () => {
    const query = 'query Own { release(number: "101/20") { number } }';
    for (let times = 0; times < 12; times += 1) {
      expect(await post(gateway.url, { query })).toMatchObject({ data: found });
    }
    await post(gateway.url, { query: reordered(TITLES.body), variables });
    await post(gateway.url, { extensions: byHash(TITLES.id), variables });
    expect(logged().map(({ count }) => count)).toEqual([1, 10]);
    expect(gateway.app.operations.persistedOperations.counts).toEqual({
      registered: 2,
      unregistered: 12,
      refused: 0,
    });
    // Its shape, and not what somebody has typed in.
    expect(logged()[0]?.text).toContain('release(number: "")');
    expect(JSON.stringify(logged())).not.toContain('101/20');
  });

  it('also where it comes by its hash', async () => {
    const query = '{ topics { id } }';
    const extensions = byHash(sha256(query));
    await post(gateway.url, { query, extensions });
    const before = gateway.app.operations.persistedOperations.counts.unregistered;
    expect((await post(gateway.url, { extensions })).errors).toEqual([]);
    expect(gateway.app.operations.persistedOperations.counts.unregistered).toBe(before + 1);
  });
});
