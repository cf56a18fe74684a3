import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { addEntries, writeTexts } from '../../src/features/catalog/catalog.repository.js';
import { pluralFormSql } from '../../src/features/catalog/plural-entries.repository.js';
import { pluralKeysOf } from '../../src/kernel/plural-forms.js';
import { withTransaction } from '../../src/platform/db/index.js';
import { createTestApp, type StaffClient, type TestApp } from '../support/app.js';

let gateway: TestApp;
let admin: StaffClient;

beforeAll(async () => {
  gateway = await createTestApp();
  admin = gateway.as('ADMIN', null, 'Ana Sousa');
});
afterAll(() => gateway.close());

interface Entry {
  readonly key: string;
  readonly locale: string;
  readonly originalLocale: string;
  readonly value: string | null;
  readonly missingPluralForms: string[];
}

async function save(namespace: string, key: string, value: string, locale = 'EN', revision = 0) {
  const { data, errors } = await admin.mutate<{ saveLocaleEntry: { entry?: Entry } }>(
    `mutation ($input: SaveLocaleEntryInput!) { saveLocaleEntry(input: $input) {
       ... on LocaleEntryPayload { entry { key locale originalLocale value missingPluralForms } }
       ... on Problem { code message } } }`,
    { variables: { input: { namespace, key, locale, value, expectedRevision: revision } } },
  );
  expect(errors).toEqual([]);
  return data.saveLocaleEntry;
}

async function list(namespace: string): Promise<string[]> {
  const { data } = await admin.query<{ localeEntries: { nodes: Entry[]; totalCount: number } }>(
    `query ($filter: LocaleEntryFilter) { localeEntries(first: 100, filter: $filter) {
       totalCount nodes { key locale value missingPluralForms } } }`,
    { variables: { filter: { namespace: [namespace], locale: ['EN', 'ES'] } } },
  );
  const { nodes, totalCount } = data.localeEntries;
  expect(totalCount).toBe(nodes.length);
  return nodes.map(({ key, locale, value, missingPluralForms }) => {
    return [key, locale, value ?? '-', ...missingPluralForms].join(' ');
  });
}

async function file(path: string): Promise<string> {
  return (await fetch(`${new URL(gateway.url).origin}/locales/${path}`)).text();
}

it('an ending without siblings and without a count is a part of the name', async () => {
  const saved = await save('steps', 'step_one', 'First step');
  expect(saved.entry?.missingPluralForms).toEqual([]);
  await save('steps', 'phase_two', 'Second phase');
  await save('steps', 'and_other', 'And another');
  expect(await list('steps')).toEqual([
    'and_other EN And another',
    'and_other ES -',
    'phase_two EN Second phase',
    'phase_two ES -',
    'step_one EN First step',
    'step_one ES -',
  ]);
  const xml = await file('en/steps.json?format=android');
  expect(xml).toContain('<string name="steps_step_one">First step</string>');
  expect(xml).toContain('<string name="steps_and_other">And another</string>');
  expect(xml).not.toContain('<plurals');
  const { strings } = JSON.parse(await file('en/steps.json?format=xcstrings')) as {
    strings: Record<string, { localizations: object }>;
  };
  expect(strings.phase_two?.localizations).toEqual({
    en: { stringUnit: { state: 'translated', value: 'Second phase' } },
  });
});

it('siblings or a count make it a plural form, and then the missing forms are named', async () => {
  await save('files', 'files_one', 'One file');
  await save('files', 'files_other', 'Some files', 'EN');
  await save('files', 'files_other', 'Unos archivos', 'ES');
  await save('files', 'rows_other', '{{count}} rows');
  expect(await list('files')).toEqual([
    'files_many ES - one many',
    'files_one EN One file',
    'files_one ES - one many',
    'files_other EN Some files',
    'files_other ES Unos archivos one many',
    'rows_many ES - one many other',
    'rows_one EN - one',
    'rows_one ES - one many other',
    'rows_other EN {{count}} rows one',
    'rows_other ES - one many other',
  ]);
  expect(await file('es/files.json?format=android')).toContain('<plurals name="files_files">');
});

it('what stops to be a plural takes its empty forms along', async () => {
  await save('rows', 'rows_other', '{{count}} rows');
  await save('rows', 'rows_other', 'The other rows', 'EN', 1);
  expect(await list('rows')).toEqual(['rows_other EN The other rows', 'rows_other ES -']);
});

it('a text is written in its own language first, whatever the ending of another one', async () => {
  await save('words', 'phase_other', 'Another phase', 'EN');
  const second = await save('words', 'phase_two', 'Segunda fase', 'ES');
  expect(second.entry).toMatchObject({ originalLocale: 'ES', missingPluralForms: [] });
});

it('entries of an older version for forms that nothing needs are not listed, and in nobody’s way', async () => {
  await withTransaction(gateway.database.dataSource, async (manager) => {
    const keys = ['step_one', 'step_many', 'step_other'];
    const entries = keys.map((key) => ({ namespace: 'old', key, originalLocale: 'EN' as const }));
    await addEntries(manager, entries);
    const text = { namespace: 'old', key: 'step_one', locale: 'EN' as const, value: 'First step' };
    await writeTexts(manager, [{ ...text, sourceDigest: null, fileValue: null }], 'somebody');
  });
  expect(await list('old')).toEqual(['step_one EN First step', 'step_one ES -']);
  const below = await save('old', 'step_other.title', 'Title');
  expect(below.entry?.key).toBe('step_other.title');
});

it.each<Record<string, string>>([
  { step_one: 'First', step_two: 'Second', step_many: 'Many' },
  { chapter_zero: 'Chapter zero', chapter_one: 'Chapter one' },
  { phase_two: 'Second', phase_other: 'Others' },
  { files_one: 'One', files_other: 'Some' },
  { files_zero: 'None', files_other: 'Some' },
  { files_many: 'De', files_other: 'Unos', files_two: 'Dos' },
  { files_one: '{{count}} file' },
  { files_other: '{{ count , number }} files' },
  { files_other: '{{- count}} files', 'files_other.x': 'X' },
  { files_other: '{{counter}} of {{discount}}' },
  { files: '{{count}} files', files_one: 'File one' },
  { friend_male_one: 'Him', friend_female_one: 'Her', friend_female_other: 'They' },
  { place_ordinal_one: '{{count}}st', place_one: 'A place' },
  { place_ordinal_one: 'first', place_ordinal_two: 'second' },
  { place_ordinal_one: 'first', place_other: 'Other places' },
  { one_one_other: 'x', one_one: 'y', 'list._other': 'z', _one: 'q' },
])('SQL and TypeScript find the same plural forms: %j', async (texts) => {
  const pluralOf = pluralKeysOf(Object.entries(texts));
  const expected = Object.keys(texts).map((key) => [key, pluralOf(key)?.form ?? null]);
  const rows = await withTransaction(gateway.database.dataSource, async (manager) => {
    const names = Object.keys(texts).map((key) => ({ namespace: 'rule', key }));
    await manager.query(`DELETE FROM authoring.locale_entry WHERE namespace = 'rule'`);
    await addEntries(
      manager,
      names.map((name) => ({ ...name, originalLocale: 'EN' })),
    );
    const written = names.map((name) => ({
      ...name,
      locale: 'EN' as const,
      value: texts[name.key] ?? '',
      sourceDigest: null,
      fileValue: null,
    }));
    await writeTexts(manager, written, 'somebody');
    return manager.query<{ key: string; form: string | null }[]>(
      `SELECT key, ${pluralFormSql('e.namespace', 'e.key')} AS form
         FROM authoring.locale_entry e WHERE namespace = 'rule'`,
    );
  });
  const found = new Map(rows.map(({ key, form }) => [key, form]));
  expect(Object.keys(texts).map((key) => [key, found.get(key)])).toEqual(expected);
});
