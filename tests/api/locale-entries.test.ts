import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { createTestApp, type StaffClient, type TestApp } from '../support/app.js';

let gateway: TestApp;
let admin: StaffClient;
let translator: StaffClient;

beforeAll(async () => {
  gateway = await createTestApp();
  admin = gateway.as('ADMIN', null, 'Ana Sousa');
  translator = gateway.as('TRANSLATOR', 'FR', 'Amélie Fortin');
});
afterAll(() => gateway.close());

const SAVE = `mutation ($input: SaveLocaleEntryInput!) {
  saveLocaleEntry(input: $input) {
    __typename
    ... on LocaleEntryPayload { entry {
      id namespace key locale originalLocale value revision freshness missingPluralForms updatedBy { name } } }
    ... on RevisionConflict { code message path currentRevision conflicts { key base theirs yours sourceChanged } }
    ... on ValidationProblem { code message path }
  }
}`;

const LIST = `query ($first: Int, $after: String, $filter: LocaleEntryFilter) {
  localeEntries(first: $first, after: $after, filter: $filter) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { namespace key locale originalLocale value revision freshness missingPluralForms updatedBy { name } updatedAt }
  }
}`;

interface Saved {
  readonly __typename: string;
  readonly code?: string;
  readonly message?: string;
  readonly path?: string[];
  readonly currentRevision?: number;
  readonly conflicts?: object[];
  readonly entry?: Entry;
}

interface Entry {
  readonly id: string;
  readonly key: string;
  readonly locale: string;
  readonly value: string | null;
  readonly revision: number;
  readonly freshness: string | null;
  readonly missingPluralForms: string[];
}

type Text = [
  namespace: string,
  key: string,
  locale: string,
  value: string,
  expectedRevision: number,
];

async function send(who: StaffClient, [namespace, key, locale, value, expectedRevision]: Text) {
  const input = { namespace, key, locale, value, expectedRevision };
  return who.mutate<{ saveLocaleEntry: Saved }>(SAVE, { variables: { input } });
}

async function save(who: StaffClient, ...text: Text): Promise<Saved> {
  const { data, errors } = await send(who, text);
  expect(errors).toEqual([]);
  return data.saveLocaleEntry;
}

async function list(filter: object, page: object = {}) {
  const { data, errors } = await translator.query<{
    localeEntries: {
      totalCount: number;
      pageInfo: { hasNextPage: boolean; endCursor: string };
      nodes: Entry[];
    };
  }>(LIST, { variables: { first: 100, filter, ...page } });
  expect(errors).toEqual([]);
  return data.localeEntries;
}

const asText = ({ key, locale, value, freshness }: Entry) =>
  [key, locale, value, freshness].join(' ');

describe('saving a text', () => {
  it('creates the entry, its plural forms and its namespace, and records who did', async () => {
    const first = await save(admin, 'web', 'files_other', 'EN', '{{count, number}} files', 0);
    expect(first).toMatchObject({
      __typename: 'LocaleEntryPayload',
      entry: {
        namespace: 'web',
        key: 'files_other',
        originalLocale: 'EN',
        revision: 1,
        freshness: 'CURRENT',
        missingPluralForms: ['one'],
        updatedBy: { name: 'Ana Sousa' },
      },
    });
    await save(admin, 'web', 'files_one', 'EN', 'one file', 0);
    await save(translator, 'web', 'files_other', 'FR', '{{ count,number }} fichiers', 0);
    const { nodes } = await list({ namespace: ['web'], locale: ['EN', 'FR'] });
    expect(nodes.map((entry) => [asText(entry), entry.missingPluralForms.join('+')])).toEqual([
      ['files_many FR  ', 'one+many'],
      ['files_one EN one file CURRENT', ''],
      ['files_one FR  ', 'one+many'],
      ['files_other EN {{count, number}} files CURRENT', ''],
      ['files_other FR {{ count,number }} fichiers CURRENT', 'one+many'],
    ]);
  });

  it('is safe: who comes second writes nothing and is given all three texts', async () => {
    await save(admin, 'web', 'title', 'EN', 'Title', 0);
    await save(translator, 'web', 'title', 'FR', 'Titre', 0);
    await save(translator, 'web', 'title', 'FR', 'Titre nouveau', 1);
    await save(admin, 'web', 'title', 'EN', 'New title', 1);
    const late = await save(gateway.as('REVISER', 'FR'), 'web', 'title', 'FR', 'Autre titre', 1);
    expect(late).toMatchObject({
      __typename: 'RevisionConflict',
      code: 'REVISION_MOVED',
      currentRevision: 2,
      conflicts: [
        {
          key: 'title',
          base: 'Titre',
          theirs: 'Titre nouveau',
          yours: 'Autre titre',
          sourceChanged: true,
        },
      ],
    });
    const { nodes } = await list({ namespace: ['web'], search: 'TITRE' });
    expect(nodes.map(asText)).toEqual(['title FR Titre nouveau STALE']);
  });

  it('makes the others stale when the original changes, until they are saved anew', async () => {
    await save(admin, 'web', 'stale', 'EN', 'One', 0);
    await save(translator, 'web', 'stale', 'FR', 'Un', 0);
    await save(admin, 'web', 'stale', 'EN', 'Two', 1);
    const filter = { namespace: ['web'], freshness: ['STALE'], search: 'stale' };
    expect((await list(filter)).nodes.map(asText)).toEqual(['stale FR Un STALE']);
    const { entry } = await save(translator, 'web', 'stale', 'FR', 'Deux', 1);
    expect(entry).toMatchObject({ freshness: 'CURRENT', revision: 2 });
    expect((await list(filter)).totalCount).toBe(0);
  });

  it('of many at once counts each that was written, and loses none', async () => {
    await save(admin, 'web', 'race', 'EN', 'Race', 0);
    const editors = Array.from({ length: 12 }, (_, i) => gateway.as('EDITOR', null, `Editor ${i}`));
    const outcomes = await Promise.all(
      editors.map((who, i) => save(who, 'web', 'race', 'EN', `${i}`, 1)),
    );
    const won = outcomes.filter(({ entry }) => entry);
    expect(won).toHaveLength(1);
    for (const { conflicts, entry } of outcomes) {
      if (!entry) expect(conflicts).toMatchObject([{ base: 'Race', theirs: won[0]?.entry?.value }]);
    }
  });

  it.each([
    ['__proto__', 'key', ['web', '__proto__', 'EN', 'x', 0], 'ENTRY_KEY_INVALID'],
    ['a.__proto__.b', 'key', ['web', 'a.__proto__.b', 'EN', 'x', 0], 'ENTRY_KEY_INVALID'],
    ['a path', 'namespace', ['../../etc', 'x', 'EN', 'x', 0], 'NAMESPACE_NAME_INVALID'],
    ['a folder', 'namespace', ['a/b', 'x', 'EN', 'x', 0], 'NAMESPACE_NAME_INVALID'],
    ['NUL', 'namespace', ['a\0', 'x', 'EN', 'x', 0], 'NAMESPACE_NAME_INVALID'],
    ['200 kB', 'value', ['web', 'x', 'EN', 'x'.repeat(200_000), 0], 'ENTRY_VALUE_LENGTH'],
    ['nothing', 'value', ['web', 'x', 'EN', '', 0], 'ENTRY_VALUE_LENGTH'],
    ['a control character', 'value', ['web', 'x', 'EN', 'a\u0007', 0], 'ENTRY_VALUE_CHARACTER'],
    ['nesting', 'value', ['web', 'x', 'EN', '$t(errors:INTERNAL)', 0], 'ENTRY_VALUE_NESTED'],
    ['half a placeholder', 'value', ['web', 'x', 'EN', '{{a', 0], 'ENTRY_PLACEHOLDER_BROKEN'],
    [
      'a text below a text',
      'key',
      ['app', 'languages.available.x', 'EN', 'x', 0],
      'ENTRY_KEY_TAKEN',
    ],
    ['a text above texts', 'key', ['app', 'languages', 'EN', 'x', 0], 'ENTRY_KEY_TAKEN'],
  ] as [string, string, Text, string][])('refuses %s by its %s', async (_, place, text, code) => {
    const refused = await save(admin, ...text);
    expect(refused).toMatchObject({ __typename: 'ValidationProblem', code, path: [place] });
    expect(refused.message?.length).toBeLessThan(400);
    expect((await list({ search: text[1] })).nodes.filter(({ key }) => key === text[1])).toEqual(
      [],
    );
  });

  it('holds a text to the placeholders of its original, and the program’s own to those it fills', async () => {
    await save(admin, 'web', 'greeting', 'EN', 'Hello {{name}}', 0);
    const wrong = await save(translator, 'web', 'greeting', 'FR', 'Bonjour {{nom}}', 0);
    expect(wrong).toMatchObject({ code: 'ENTRY_PLACEHOLDERS_DIFFER', path: ['value'] });
    expect(wrong.message).toContain('{{name}} {{nom}}');
    const own = await save(admin, 'errors', 'LIST_TOO_LONG', 'EN', 'Too long for {{who}}', 1);
    expect(own).toMatchObject({ code: 'ENTRY_PLACEHOLDERS_DIFFER' });
  });

  it('stores letters composed, however they were typed', async () => {
    const { entry } = await save(admin, 'web', 'typed', 'PT', 'Sa\u0303o Paulo', 0);
    expect(entry?.value).toBe('S\u00e3o Paulo');
  });
});

describe('the right to save', () => {
  it.each([
    ['a translator in another language', ['TRANSLATOR', 'PT'], ['web', 'title', 'FR', 'x', 2]],
    ['a translator with a new key', ['TRANSLATOR', 'FR'], ['web', 'brand-new', 'FR', 'x', 0]],
    ['an editor with a new namespace', ['EDITOR', null], ['brand-new', 'title', 'EN', 'x', 0]],
  ] as [string, Parameters<TestApp['as']>, Text][])('is not that of %s', async (_, grant, text) => {
    const { errors } = await send(gateway.as(...grant), text);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
  });

  it('is nobody’s without a token, and so is reading the work', async () => {
    const input = { namespace: 'web', key: 'title', locale: 'EN', value: 'x', expectedRevision: 2 };
    for (const [document, variables] of [
      [SAVE, { input }],
      [LIST, {}],
    ] as const) {
      const { errors } = await gateway.query(document, { variables });
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
    }
  });

  it('is an editor’s for a new key', async () => {
    const saved = await save(gateway.as('EDITOR'), 'web', 'by-editor', 'ES', 'Nuevo', 0);
    expect(saved.entry).toMatchObject({ originalLocale: 'ES', revision: 1 });
  });
});

describe('the list', () => {
  it('has every text of the program, in pages that meet', async () => {
    const whole = await list({ namespace: ['status'] });
    const seen: Entry[] = [];
    let after: string | null = null;
    do {
      const page = await list({ namespace: ['status'] }, { first: 37, after });
      seen.push(...page.nodes);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(whole.totalCount).toBeGreaterThan(300);
    expect(seen).toHaveLength(whole.totalCount);
    expect(seen.slice(0, 100)).toEqual(whole.nodes);
    expect(new Set(seen.map(({ key, locale }) => `${key} ${locale}`)).size).toBe(seen.length);
    expect(
      (await list({ missing: true, namespace: ['app', 'cli', 'errors', 'status'] })).nodes,
    ).toEqual([]);
  });

  it('finds what is missing, what is there, and words with or without accents', async () => {
    const missing = await list({
      namespace: ['web'],
      locale: ['FR'],
      missing: true,
      search: 'files',
    });
    expect(missing.nodes.map(asText)).toEqual(['files_many FR  ', 'files_one FR  ']);
    const found = await list({ namespace: ['app'], locale: ['FR'], search: 'REESSAYER' });
    expect(found.nodes.map(({ value }) => value)).toEqual(['Réessayer']);
    expect((await list({ search: '100%_\\' })).totalCount).toBe(0);
    expect((await list({ namespace: [] })).totalCount).toBe(0);
  });

  it('takes no cursor of another list', async () => {
    const { pageInfo } = await list({ namespace: ['app'] }, { first: 1 });
    const { errors } = await translator.query(LIST, { variables: { after: pageInfo.endCursor } });
    expect(errors[0]?.extensions.reason).toBe('CURSOR_UNKNOWN');
  });
});

describe('an entry by its id', () => {
  const NODE = 'query ($id: ID!) { node(id: $id) { __typename ... on LocaleEntry { key value } } }';

  it('is for staff alone', async () => {
    const { entry } = await save(admin, 'web', 'node', 'EN', 'Found', 0);
    const variables = { id: entry?.id };
    const { data } = await translator.query(NODE, { variables });
    expect(data).toEqual({ node: { __typename: 'LocaleEntry', key: 'node', value: 'Found' } });
    expect(await gateway.query(NODE, { variables })).toMatchObject({ data: { node: null } });
  });
});
