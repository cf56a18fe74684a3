import { once } from 'node:events';
import { connect } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { createTestApp, type GraphqlError, type TestApp } from '../support/app.js';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp();
});
afterAll(() => gateway.close());

const QUERY = JSON.stringify({ query: '{ topics { id } }' });

async function post(body: Buffer | string, headers: Record<string, string> = {}) {
  const reply = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: new Uint8Array(Buffer.from(body)),
  });
  const { data, errors = [] } = (await reply.json()) as { data?: unknown; errors?: GraphqlError[] };
  return { status: reply.status, data, error: errors[0] };
}

const PACKED: readonly [encoding: string, pack: (text: string) => Buffer][] = [
  ['gzip', (text) => gzipSync(text)],
  ['deflate', (text) => deflateSync(text)],
  ['br', (text) => brotliCompressSync(text)],
];

describe.each(PACKED)('a body packed with %s', (encoding, pack) => {
  const headers = { 'content-encoding': encoding };

  it('is read', async () => {
    expect(await post(pack(QUERY), headers)).toMatchObject({ status: 200, data: { topics: [] } });
  });

  it('counts by what is in it', async () => {
    const bomb = pack(`{"query":"{ topics { id } }","x":"${'a'.repeat(60_000_000)}"}`);
    expect(bomb.length).toBeLessThan(100_000);
    const { status, error } = await post(bomb, headers);
    expect([status, error?.extensions.code]).toEqual([413, 'REQUEST_TOO_LARGE']);
    expect(error?.message).toContain('1,048,576 bytes');
  });

  it('is refused where its bytes do not match its encoding', async () => {
    for (const broken of [Buffer.from(QUERY), pack(QUERY).subarray(0, 20), Buffer.alloc(0)]) {
      const { status, error } = await post(broken, headers);
      expect([status, error?.extensions.reason]).toEqual([400, 'REQUEST_INVALID']);
    }
  });
});

describe('a body', () => {
  it.each(['zstd', 'compress', 'gzip, gzip', 'x'])(
    'packed with %s is refused',
    async (encoding) => {
      const { status, error } = await post(QUERY, { 'content-encoding': encoding });
      expect([status, error?.extensions.reason]).toEqual([415, 'REQUEST_ENCODING_UNKNOWN']);
    },
  );

  it('may declare that it is not compressed', async () => {
    expect((await post(QUERY, { 'content-encoding': 'identity' })).status).toBe(200);
  });

  const TWICE: readonly (readonly [body: string, member: string])[] = [
    ['{"query":"{ topics { id } }","query":"{ topics { slug } }"}', 'query'],
    ['{"query":"{ topics { id } }","qu\\u0065ry":"{ topics { slug } }"}', 'query'],
    ['{"query":"{ topics { id } }","variables":{"a":{"b":1,"c":"\\\\","b":2}}}', 'variables.a.b'],
    ['{"query":"{ topics { id } }","variables":{"list":[{},{"x":1,"x":1}]}}', 'variables.list.1.x'],
    ['[{"query":"{ topics { id } }"},{"query":"x","query":"y"}]', '1.query'],
  ];

  it.each(TWICE)(
    'with a field twice is refused, and the field is named: %s',
    async (body, member) => {
      for (const headers of [{}, { accept: 'text/event-stream' }] as Record<string, string>[]) {
        for (const [tag, quoted] of [
          ['en', `“${member}” twice`],
          ['es', `dos veces el campo «${member}»`],
          ['fr', `deux fois le champ «\u00a0${member}\u00a0»`],
          ['pt', `duas vezes o campo “${member}”`],
        ] as const) {
          const found = await post(body, { ...headers, 'accept-language': tag });
          expect([found.status, found.error?.extensions]).toEqual([
            400,
            expect.objectContaining({ code: 'BAD_REQUEST', reason: 'REQUEST_MEMBER_TWICE' }),
          ]);
          expect(found.error?.message).toContain(quoted);
        }
      }
    },
  );

  it('may have a name in several objects, and as a value', async () => {
    const body =
      '{"query":"{ topics { id } }","variables":{"query":{"query":"query"},"b":["query","query"]}}';
    expect((await post(body)).status).toBe(200);
  });

  it('is as deep as JSON of a client is, and no deeper', async () => {
    const withVariables = (depth: number) =>
      `{"query":"{ topics { id } }","variables":{"a":${'['.repeat(depth)}${']'.repeat(depth)}}}`;
    expect((await post(withVariables(30))).status).toBe(200);
    for (const depth of [31, 20_000, 500_000]) {
      const { status, error } = await post(withVariables(depth));
      expect([status, error?.extensions.reason]).toEqual([400, 'REQUEST_NESTED']);
    }
  });

  it('has no more values than a form has fields', async () => {
    const withValues = (count: number) =>
      `{"query":"{ topics { id } }","variables":{"a":[${'1,'.repeat(count - 1)}1]}}`;
    expect((await post(withValues(4_900))).status).toBe(200);
    for (const count of [5_001, 500_000]) {
      const { status, error } = await post(withValues(count), { 'accept-language': 'fr' });
      expect([status, error?.extensions.reason]).toEqual([400, 'REQUEST_TOO_MANY_VALUES']);
      expect(error?.message).toContain('trop de valeurs');
    }
    const query = `{ topics { id } } # ${','.repeat(30_000)} "\\" ${','.repeat(30_000)}`;
    expect((await post(JSON.stringify({ query }))).status).toBe(200);
  });

  it('has no text longer than a long paragraph', async () => {
    const withText = (bytes: number) =>
      JSON.stringify({ query: '{ topics { id } }', variables: { a: 'é'.repeat(bytes / 2) } });
    expect((await post(withText(250_000))).status).toBe(200);
    const { status, error } = await post(withText(300_000), { 'accept-language': 'pt' });
    expect([status, error?.extensions.reason]).toEqual([400, 'REQUEST_TEXT_TOO_LONG']);
    expect(error?.message).toContain('longa demais');
  });

  it('may have brackets in its texts', async () => {
    const query = `{ topics { id } } # ${'[{'.repeat(100)} "\\" ${'['.repeat(100)}`;
    expect((await post(JSON.stringify({ query }))).status).toBe(200);
  });
});

it('an address may be no deeper either', async () => {
  const headers = { 'apollo-require-preflight': 'true' };
  const variables = `{"a":${'['.repeat(4_000)}${']'.repeat(4_000)}}`;
  const reply = await fetch(
    `${gateway.url}?query={topics{id}}&variables=${variables.replaceAll('"', '%22')}`,
    { headers },
  );
  expect(reply.status).toBe(400);
  expect(await reply.text()).toContain('REQUEST_NESTED');
});

describe('what never becomes a request', () => {
  async function raw(text: string): Promise<string> {
    const { hostname, port } = new URL(gateway.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(text);
    let response = '';
    for await (const part of socket) response += String(part);
    return response;
  }

  it.each([
    [
      'headers without end',
      `GET /graphql HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`,
      431,
      'HEADERS_TOO_LARGE',
    ],
    ['no HTTP', 'HELLO\r\n\r\n', 400, 'REQUEST_INVALID'],
    [
      'a NUL in a header',
      'GET /graphql HTTP/1.1\r\nhost: x\r\nx: a\0b\r\n\r\n',
      400,
      'REQUEST_INVALID',
    ],
  ])('is refused with a code: %s', async (_, text, status, reason) => {
    const response = await raw(text);
    expect(response.startsWith(`HTTP/1.1 ${status} `)).toBe(true);
    const { errors } = JSON.parse(response.slice(response.indexOf('\r\n\r\n'))) as {
      errors: GraphqlError[];
    };
    expect(errors[0]?.extensions).toMatchObject({ reason, requestId: expect.any(String) });
    expect(response).toContain(`x-request-id: ${errors[0]?.extensions.requestId}`);
  });
});
