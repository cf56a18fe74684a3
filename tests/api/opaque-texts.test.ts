import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type GraphqlResponse, type TestApp } from '../support/app.js';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp();
  const releases = ['101/20', '102/20', '103/20'].map((number) =>
    aRelease(number).in('EN').in('FR').published(),
  );
  await gateway.given(...releases, aRelease('104/20').in('EN'));
});
afterAll(() => gateway.close());

/** Other texts of which a lenient decoder makes the same bytes, or the same value. */
function siblings(text: string): string[] {
  const json = Buffer.from(text, 'base64url').toString('latin1');
  const spaced = Buffer.from(json.replace(/,/, ', '), 'latin1').toString('base64url');
  const last = text.at(-1) ?? '';
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const next = alphabet[(alphabet.indexOf(last) + 1) % 64] ?? '';
  const all = [
    ...['A', 'x', '=', '==', ' ', '\n', '.', '-', '_', '~', 'é', 'AA'].map((end) => text + end),
    ` ${text}`,
    `${text.slice(0, 5)} ${text.slice(5)}`,
    `${text.slice(0, 5)}.${text.slice(5)}`,
    `${text.slice(0, -1)}${next}`,
    text.slice(0, -1),
    spaced,
    text.replaceAll('-', '+').replaceAll('_', '/') + '=',
    `${text}${text}`,
  ];
  return [...new Set(all)].filter((other) => other !== text);
}

it('a cursor of releaseChanges begins a new copy where a letter of it was changed', async () => {
  const pull = async (since: string | null) => {
    const { data } = await gateway.query<{ releaseChanges: { cursor: string; reset: boolean } }>(
      'query ($since: String) { releaseChanges(since: $since, first: 1) { cursor reset } }',
      { variables: { since } },
    );
    return data.releaseChanges;
  };
  const { cursor } = await pull(null);
  expect((await pull(cursor)).reset).toBe(false);
  for (const other of siblings(cursor)) {
    expect([other, (await pull(other)).reset]).toEqual([other, true]);
  }
});

describe('a cursor of a list is refused where a letter of it was changed', () => {
  interface Page {
    readonly list: { readonly pageInfo: { readonly endCursor: string } };
  }
  type RequestPage = (after: string | null) => Promise<GraphqlResponse<Page>>;
  const page = (list: string): string =>
    `query ($after: String) { list: ${list} { pageInfo { endCursor } } }`;
  const lists: [list: string, isStaff: boolean][] = [
    ['releases(first: 1, after: $after)', false],
    ['releases(first: 1, after: $after, orderBy: TITLE_ASC)', false],
    ['releases(first: 1, after: $after, search: "title")', false],
    ['editorialReleases(first: 1, after: $after)', true],
    ['worklist(first: 1, after: $after)', true],
  ];

  it.each(lists)('%s', async (list, isStaff) => {
    const editor = gateway.as('EDITOR');
    const client = isStaff ? editor : gateway;
    const requestPage: RequestPage = (after) =>
      client.query<Page>(page(list), { variables: { after } });
    const { data } = await requestPage(null);
    const { endCursor } = data.list.pageInfo;
    expect((await requestPage(endCursor)).errors).toEqual([]);
    for (const other of siblings(endCursor)) {
      const { errors } = await requestPage(other);
      expect([other, errors[0]?.extensions.reason]).toEqual([other, 'CURSOR_UNKNOWN']);
    }
  });
});

it('an id names nothing where a letter of it was changed', async () => {
  const { data } = await gateway.query<{ release: { id: string; localized: { id: string } } }>(
    '{ release(number: "101/20") { id localized(languages: ["fr"]) { id } } }',
  );
  const find = 'query ($id: ID!) { node(id: $id) { id } release(id: $id) { id } }';
  for (const id of [data.release.id, data.release.localized.id]) {
    const known = await gateway.query<{ node: object | null }>(find, { variables: { id } });
    expect(known.data.node).toEqual({ id });
    for (const other of siblings(id)) {
      const found = await gateway.query(find, { variables: { id: other } });
      expect([other, found.data]).toEqual([other, { node: null, release: null }]);
    }
  }
});
