import { afterAll, beforeAll, expect, it } from '@jest/globals';

import type { Locale } from '../../src/kernel/locale.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type StaffClient, type TestApp } from '../support/app.js';
import {
  CONFIRM,
  CREATE,
  EDITORIAL_RELEASE,
  PUBLISH,
  READY,
  type ReleaseResult,
  RETRACT,
  REVISE,
  SAVE,
  type Step,
  step,
  UPDATE,
} from '../support/staff-documents.js';

/** BEGIN, COMMIT, account and audit are four of the first number; the second is what reading the response takes. */
const COUNTS = {
  approveTranslation: '11 + 3',
  'confirmCurrent, current': '8 + 3',
  createRelease: '16 + 1',
  publish: '22 + 2',
  'publish, nothing new': '11 + 2',
  retract: '13 + 2',
  reviseOriginal: '15 + 1',
  saveTranslation: '12 + 3',
  'saveTranslation, one segment': '12 + 3',
  submitTranslation: '10 + 4',
  updateRelease: '12 + 1',
};

let gateway: TestApp;
let editor: StaffClient;
/** By connection: workers of the same process send statements of their own. */
let sent = new Map<unknown, string[]>();
let id: string;

beforeAll(async () => {
  gateway = await createTestApp();
  editor = gateway.as('EDITOR', null, 'Ana');
  const releases = Array.from({ length: 60 }, (_, index) => {
    return aRelease(`${101 + index}/20`)
      .addressedTo('HT', 'CA')
      .about('trade')
      .in('EN')
      .in('ES')
      .published();
  });
  await gateway.given(...releases);
  const { dataSource } = gateway.database;
  const { logger } = dataSource;
  dataSource.logger = Object.assign(Object.create(logger) as typeof logger, {
    logQuery: (text: string, _values: unknown, runner: unknown) => {
      sent.set(runner, [...(sent.get(runner) ?? []), text]);
    },
  });
  // The first response of a node also reads the reference data, and sees an account for the first time.
  await editor.query('{ topics { slug } editorialReleases { totalCount } }');
}, 240_000);
afterAll(() => gateway.close());

/** How many statements a mutation sends in its transaction, BEGIN and COMMIT included, and to read its response. */
async function statements(who: StaffClient, document: string, input: object): Promise<string> {
  sent = new Map();
  const before = gateway.snapshots.length;
  const { data, errors } = await who.mutate<Record<string, { __typename: string }>>(document, {
    variables: { input },
  });
  expect(errors).toEqual([]);
  const [outcome] = Object.values(data);
  expect(outcome?.__typename).toMatch(/Payload$/);
  const own = [...sent.values()].find((texts) =>
    texts.some((text) => text.includes('authoring.audit')),
  );
  return `${own?.length ?? 0} + ${await read(before)}`;
}

async function read(before: number): Promise<number> {
  // A snapshot is handed in once its connection is closed, which may be after the response.
  await gateway.query('{ __typename }');
  return gateway.snapshots.slice(before).reduce((sum, { statements: count }) => sum + count, 0);
}

const find = async (): Promise<ReleaseResult> => {
  const { data } = await editor.query<{ editorialRelease: ReleaseResult }>(EDITORIAL_RELEASE, {
    variables: { id },
  });
  return data.editorialRelease;
};

const short = (document: string, payload: string) => {
  const [start = ''] = document.split('__typename');
  return `${start} __typename ${payload} } }`;
};
const RELEASE = '... on ReleasePayload { release { id } }';
const TRANSLATION =
  '... on TranslationPayload { translation { revision state segments { key target freshness } } }';
const EDITION = '... on EditionPayload { edition release { published { edition } } }';

it('writes with a small, known number of statements', async () => {
  const counts: Record<string, string> = {};
  const translator = gateway.as('TRANSLATOR', 'FR');
  const reviser = gateway.as('REVISER', null, 'Rita');
  const count = async (name: string, who: StaffClient, document: string, input: object) => {
    counts[name] = await statements(who, document, input);
  };
  const segments = [
    { kind: 'TITLE', text: 'Título' },
    { kind: 'PARAGRAPH', text: 'Uno.' },
    { kind: 'PARAGRAPH', text: 'Dos.' },
  ];
  const facts = { type: 'PRESS_RELEASE', date: '2026-05-04', topics: ['trade'], audiences: ['HT'] };
  const created = { number: '700/26', originalLocale: 'ES', segments, ...facts };
  await count('createRelease', editor, short(CREATE, RELEASE), created);
  const { data } = await editor.query<{ editorialRelease: { id: string } }>(
    '{ editorialRelease(number: "700/26") { id } }',
  );
  id = data.editorialRelease.id;
  const facts2 = { releaseId: id, expectedRevision: 1, mentions: ['CA'] };
  await count('updateRelease', editor, short(UPDATE, RELEASE), facts2);
  const spanish = (await find()).translations[1];
  const revised = spanish?.segments.map(({ key, kind, target }) => {
    return { key, kind, text: `${target ?? ''}!` };
  });
  const revision = { releaseId: id, expectedRevision: 1, change: 'MINOR', segments: revised };
  await count('reviseOriginal', editor, short(REVISE, RELEASE), revision);

  const french = (await find()).translations[2];
  const targets = french?.segments.map(({ key, sourceDigest }) => ({
    key,
    sourceDigest,
    text: 'Oui.',
  }));
  const save = { releaseId: id, locale: 'FR', expectedRevision: 0, segments: targets };
  await count('saveTranslation', translator, short(SAVE, TRANSLATION), save);
  const again = targets?.slice(0, 1).map((target) => ({ ...target, text: 'Non.' }));
  const one = { ...save, expectedRevision: 1, segments: again };
  await count('saveTranslation, one segment', translator, short(SAVE, TRANSLATION), one);
  const take = (name: Step, who: StaffClient, locale: Locale, expectedRevision: number) =>
    count(name, who, short(step(name), TRANSLATION), { releaseId: id, locale, expectedRevision });
  await take('submitTranslation', translator, 'FR', 2);
  await take('approveTranslation', reviser, 'FR', 2);
  await take('submitTranslation', editor, 'ES', 2);
  await take('approveTranslation', reviser, 'ES', 2);
  await count('publish', editor, short(PUBLISH, EDITION), { releaseId: id });
  await count('publish, nothing new', editor, short(PUBLISH, EDITION), { releaseId: id });
  const confirm = { releaseId: id, locale: 'FR', expectedRevision: 2, keys: ['title'] };
  await count('confirmCurrent, current', translator, short(CONFIRM, TRANSLATION), confirm);
  await count('retract', editor, short(RETRACT, EDITION), { releaseId: id, reason: 'For a test' });
  expect(counts).toEqual(COUNTS);
});

const PAGE = `{ worklist(first: 50) { nodes {
  locale state revision freshness completeness assignee { name } dueAt updatedBy { name } updatedAt
  release { number date audiences { code } topics { slug } schedule { at } translations { locale state } } }
  pageInfo { hasNextPage endCursor } } }`;

it('reads a work list of 50 in three statements, the 50 sources beside their texts in two more', async () => {
  const count = async (document: string): Promise<number> => {
    const before = gateway.snapshots.length;
    const { errors, data } = await editor.query<{ worklist: { nodes: object[] } }>(document);
    expect(errors).toEqual([]);
    expect(data.worklist.nodes).toHaveLength(50);
    return read(before);
  };
  expect(await count(PAGE)).toBe(3);
  expect(
    await count(PAGE.replace('locale state revision', 'segments { key source target } locale')),
  ).toBe(5);
});

it('reports what is missing in a few statements', async () => {
  const before = gateway.snapshots.length;
  await editor.query(READY, { variables: { releaseId: id } });
  expect(await read(before)).toBeLessThan(12);
});
