import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type StaffClient, type TestApp } from '../support/app.js';
import {
  CREATE,
  EDITORIAL_RELEASE,
  type ReleaseResult,
  type ReleaseOutcome,
  REVISE,
  UPDATE,
} from '../support/staff-documents.js';

let gateway: TestApp;
let editor: StaffClient;

beforeAll(async () => {
  gateway = await createTestApp();
  editor = gateway.as('EDITOR', null, 'Ana Prensa');
  await gateway.given(aRelease('900/20').about('trade', 'health').in('EN').in('FR').published());
}, 240_000);
afterAll(() => gateway.close());

const segments = [
  { kind: 'TITLE', text: 'Mesa redonda sobre *ciberseguridad*' },
  { kind: 'PARAGRAPH', text: 'Primer párrafo.' },
  { kind: 'PARAGRAPH', text: 'Segundo párrafo.' },
];

let next = 100;
const draft = (more: object = {}) => ({
  number: `${next++}/26`,
  type: 'PRESS_RELEASE',
  date: '2026-05-04',
  originalLocale: 'ES',
  segments,
  ...more,
});

async function create(more: object = {}, as = editor): Promise<ReleaseOutcome> {
  const input = draft(more);
  const { data, errors } = await as.mutate<{ createRelease: ReleaseOutcome }>(CREATE, {
    variables: { input },
  });
  expect(errors).toEqual([]);
  return data.createRelease;
}

async function update(input: object): Promise<ReleaseOutcome> {
  const { data } = await editor.mutate<{ updateRelease: ReleaseOutcome }>(UPDATE, {
    variables: { input },
  });
  return data.updateRelease;
}

async function revise(input: object): Promise<ReleaseOutcome> {
  const { data } = await editor.mutate<{ reviseOriginal: ReleaseOutcome }>(REVISE, {
    variables: { input },
  });
  return data.reviseOriginal;
}

describe('createRelease', () => {
  it('begins a release with a draft of its original, which readers do not see', async () => {
    const { release } = await create({
      number: '777/26',
      audiences: ['BR', 'HT', 'BR'],
      mentions: ['CA'],
      topics: ['health', 'trade'],
      publishPolicy: 'SIMULTANEOUS',
    });
    expect(release).toMatchObject({
      number: '777/26',
      originalLocale: 'ES',
      publishPolicy: 'SIMULTANEOUS',
      revision: 1,
      audiences: [{ code: 'BR' }, { code: 'HT' }],
      mentions: [{ code: 'CA' }],
      topics: [{ slug: 'health' }, { slug: 'trade' }],
      published: null,
      retractedAt: null,
    });
    const states = release.translations.map(({ locale, isOriginal, state, revision }) => {
      return [locale, isOriginal, state, revision];
    });
    expect(states).toEqual([
      ['EN', false, 'NOT_STARTED', 0],
      ['ES', true, 'DRAFT', 1],
      ['FR', false, 'NOT_STARTED', 0],
      ['PT', false, 'NOT_STARTED', 0],
    ]);
    const [english, spanish] = release.translations;
    expect(
      english?.segments.map(({ key, kind, source, target }) => [key, kind, source, target]),
    ).toEqual([
      ['title', 'TITLE', 'Mesa redonda sobre *ciberseguridad*', null],
      ['b1', 'PARAGRAPH', 'Primer párrafo.', null],
      ['b2', 'PARAGRAPH', 'Segundo párrafo.', null],
    ]);
    expect(spanish?.segments[1]).toMatchObject({
      target: 'Primer párrafo.',
      source: null,
      sourceDigest: null,
    });
    const { data } = await gateway.query('{ release(number: "777/26") { number } }');
    expect(data).toEqual({ release: null });
  });

  it.each([
    ['a number with a letter', { number: 'E-305/12' }, 'NUMBER_INVALID', ['number']],
    ['no number at all', { number: 'hello' }, 'NUMBER_INVALID', ['number']],
    ['a number that is taken', { number: '900/20' }, 'NUMBER_TAKEN', ['number']],
    ['an unknown topic', { topics: ['health', 'nope'] }, 'TOPIC_UNKNOWN', ['topics', '1']],
    ['no member state', { audiences: ['CA', 'FR'] }, 'COUNTRY_UNKNOWN', ['audiences', '1']],
    ['no title', { segments: segments.slice(1) }, 'TITLE_MISSING', ['segments']],
    [
      'two titles',
      { segments: [segments[0], segments[0]] },
      'SEGMENT_TWICE',
      ['segments', '1', 'key'],
    ],
    [
      'a blank text',
      { segments: [segments[0], { kind: 'QUOTE', text: ' \n' }] },
      'TEXT_BLANK',
      ['segments', '1', 'text'],
    ],
    [
      'a control character',
      { segments: [{ kind: 'TITLE', text: 'a\u0000b' }] },
      'TEXT_UNPRINTABLE',
      ['segments', '0', 'text'],
    ],
    [
      'a title that nobody sees',
      { segments: [{ kind: 'TITLE', text: '\u200b\u00ad ' }] },
      'TEXT_BLANK',
      ['segments', '0', 'text'],
    ],
    ['a topic with a NUL', { topics: ['trade', 'a\u0000b'] }, 'TOPIC_UNKNOWN', ['topics', '1']],
    [
      'a title without end',
      { segments: [{ kind: 'TITLE', text: 'é'.repeat(601) }] },
      'TEXT_TOO_LONG',
      ['segments', '0', 'text'],
    ],
    [
      'a paragraph without end',
      { segments: [segments[0], { kind: 'PARAGRAPH', text: 'x'.repeat(20_001) }] },
      'TEXT_TOO_LONG',
      ['segments', '1', 'text'],
    ],
    [
      'a key from nowhere',
      { segments: [segments[0], { key: 'b7', kind: 'PARAGRAPH', text: 'x' }] },
      'SEGMENT_UNKNOWN',
      ['segments', '1', 'key'],
    ],
    [
      'a paragraph under the key of the title',
      { segments: [segments[0], { key: 'summary', kind: 'PARAGRAPH', text: 'x' }] },
      'SEGMENT_KIND_FIXED',
      ['segments', '1', 'kind'],
    ],
    [
      '501 segments',
      { segments: [...segments, ...Array.from({ length: 500 }, () => segments[1])] },
      'LIST_TOO_LONG',
      ['segments'],
    ],
  ])('refuses %s and writes nothing', async (_, more, code, path) => {
    const before = await count();
    const outcome = await create(more);
    expect(outcome).toMatchObject({ __typename: 'ValidationProblem', code, path });
    expect(await count()).toBe(before);
  });

  async function count(): Promise<number> {
    const { data } = await editor.query<{ editorialReleases: { totalCount: number } }>(
      '{ editorialReleases { totalCount } }',
    );
    return data.editorialReleases.totalCount;
  }

  it('gives a number to one of many, and reports to the others that it is taken', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => create({ number: '887/26' })),
    );
    const names = outcomes.map(({ __typename, code }) => code ?? __typename).sort();
    expect(names).toEqual([...Array<string>(7).fill('NUMBER_TAKEN'), 'ReleasePayload']);
  });

  it('can publish the longest title that it accepts', async () => {
    const { release } = await create({ segments: [{ kind: 'TITLE', text: '漢'.repeat(600) }] });
    expect(release.translations[1]?.segments[0]?.target).toHaveLength(600);
  });

  it('reports problems in the language of the caller', async () => {
    const { data } = await editor.mutate<{ createRelease: ReleaseOutcome }>(CREATE, {
      variables: { input: draft({ number: '900/20' }) },
      headers: { 'accept-language': 'fr-CA' },
    });
    expect(data.createRelease.message).toBe('Il existe déjà un communiqué 900/20.');
  });
});

describe('updateRelease', () => {
  it('changes what is named and nothing else, in a new revision', async () => {
    const { release } = await create({ audiences: ['HT'], topics: ['trade'] });
    const outcome = await update({
      releaseId: release.id,
      expectedRevision: 1,
      date: '2026-05-05',
      topics: [],
    });
    expect(outcome.release).toMatchObject({
      revision: 2,
      date: '2026-05-05',
      topics: [],
      audiences: [{ code: 'HT' }],
    });
  });

  it('does not count what changes nothing', async () => {
    const { release } = await create();
    const outcome = await update({
      releaseId: release.id,
      expectedRevision: 1,
      type: 'PRESS_RELEASE',
    });
    expect(outcome.release.revision).toBe(1);
  });

  it('gives the second writer both values, and writes nothing', async () => {
    const { release } = await create({ audiences: ['HT'] });
    await update({ releaseId: release.id, expectedRevision: 1, audiences: ['HT', 'CA'] });
    const late = await update({
      releaseId: release.id,
      expectedRevision: 1,
      audiences: ['BR'],
      date: '2026-05-04',
    });
    expect(late).toMatchObject({
      __typename: 'RevisionConflict',
      code: 'REVISION_MOVED',
      currentRevision: 2,
      conflicts: [
        { key: 'audiences', base: null, theirs: 'HT CA', yours: 'BR', sourceChanged: false },
      ],
    });
  });

  it('takes the id of the published release as well', async () => {
    const { data } = await gateway.query<{ release: { id: string } }>(
      '{ release(number: "900/20") { id } }',
    );
    const outcome = await update({
      releaseId: data.release.id,
      expectedRevision: 1,
      mentions: ['PE'],
    });
    expect(outcome.release).toMatchObject({
      number: '900/20',
      mentions: [{ code: 'PE' }],
      published: { edition: 1 },
    });
    const facts = await gateway.query('{ release(number: "900/20") { mentions { code } } }');
    expect(facts.data).toEqual({ release: { mentions: [] } });
  });

  it('knows no release by an id of something else', async () => {
    const outcome = await update({ releaseId: editor.accountId, expectedRevision: 1 });
    expect(outcome).toMatchObject({
      __typename: 'ValidationProblem',
      code: 'NOT_FOUND',
      path: ['releaseId'],
    });
  });
});

describe('reviseOriginal', () => {
  const spanish = (release: ReleaseResult) => release.translations[1]?.segments ?? [];
  const asInput = (release: ReleaseResult) => {
    return spanish(release).map(({ key, kind, target }) => ({ key, kind, text: target ?? '' }));
  };

  it('preserves the keys of paragraphs that move, and never reuses one', async () => {
    const { release } = await create();
    const [title, first, second] = asInput(release);
    const once = await revise({
      releaseId: release.id,
      expectedRevision: 1,
      change: 'SUBSTANTIVE',
      segments: [second, title, { kind: 'HEADING', text: 'Nuevo' }],
    });
    expect(spanish(once.release).map(({ key, target }) => [key, target])).toEqual([
      ['title', 'Mesa redonda sobre *ciberseguridad*'],
      ['b2', 'Segundo párrafo.'],
      ['b3', 'Nuevo'],
    ]);
    const again = await revise({
      releaseId: release.id,
      expectedRevision: 2,
      change: 'MINOR',
      segments: [title, { ...first, key: null }],
    });
    expect(spanish(again.release).map(({ key }) => key)).toEqual(['title', 'b4']);
  });

  it('gives the second writer every text that others changed, beside their own', async () => {
    const { release } = await create();
    const [title, first, second] = asInput(release);
    const theirs = { ...first, text: 'De otra persona.' };
    await revise({
      releaseId: release.id,
      expectedRevision: 1,
      change: 'MINOR',
      segments: [title, theirs, second],
    });
    const yours = { ...second, text: 'Mío.' };
    const late = await revise({
      releaseId: release.id,
      expectedRevision: 1,
      change: 'MINOR',
      segments: [title, first, yours],
    });
    expect(late).toMatchObject({ __typename: 'RevisionConflict', currentRevision: 2 });
    const byKey = new Map(late.conflicts.map(({ key, ...rest }) => [key, rest]));
    expect(byKey.get('b1')).toEqual({
      base: 'Primer párrafo.',
      theirs: 'De otra persona.',
      yours: 'Primer párrafo.',
      sourceChanged: false,
    });
    expect(byKey.get('b2')).toEqual({
      base: 'Segundo párrafo.',
      theirs: 'Segundo párrafo.',
      yours: 'Mío.',
      sourceChanged: false,
    });
    const { data } = await editor.query<{ editorialRelease: ReleaseResult }>(EDITORIAL_RELEASE, {
      variables: { id: release.id },
    });
    expect(spanish(data.editorialRelease)[1]?.target).toBe('De otra persona.');
  });

  it('knows the title for itself where it comes without a key', async () => {
    const { release } = await create();
    const input = asInput(release);
    const revision = { releaseId: release.id, expectedRevision: 1, change: 'MINOR' };
    await revise({ ...revision, segments: [{ kind: 'TITLE', text: 'Suyo' }, ...input.slice(1)] });
    const late = await revise({
      ...revision,
      segments: [{ kind: 'TITLE', text: 'Mío' }, ...input.slice(1)],
    });
    expect(late.conflicts[0]).toMatchObject({ key: 'title', theirs: 'Suyo', yours: 'Mío' });
  });

  it('shows translators what was touched, with the old source beside it', async () => {
    const { data } = await editor.query<{ editorialRelease: ReleaseResult }>(EDITORIAL_RELEASE, {
      variables: { number: 'F-900/20' },
    });
    const english = data.editorialRelease.translations[0]?.segments ?? [];
    const changed = english.map(({ key, kind, target }) => {
      return { key, kind, text: key === 'b1' ? 'Another first paragraph.' : (target ?? '') };
    });
    const { release } = await revise({
      releaseId: data.editorialRelease.id,
      expectedRevision: 1,
      change: 'SUBSTANTIVE',
      segments: changed,
    });
    const [, , french] = release.translations;
    expect(french).toMatchObject({ freshness: 'STALE', completeness: 1 });
    expect(
      french?.segments.map(({ key, freshness, sourceWas }) => [key, freshness, sourceWas]),
    ).toEqual([
      ['title', 'CURRENT', null],
      ['b1', 'STALE', 'First paragraph of 900/20 in EN.'],
      ['b2', 'CURRENT', null],
    ]);
    expect(release.translations[0]?.state).toBe('DRAFT');
    const readers = await gateway.query<{ release: { locales: { freshness: string | null }[] } }>(
      '{ release(number: "900/20") { locales { freshness } } }',
    );
    expect(readers.data.release.locales.map(({ freshness }) => freshness)).toEqual([
      'CURRENT',
      null,
      'CURRENT',
      null,
    ]);
  });
});

describe('editorialReleases', () => {
  const LIST = `query List($first: Int, $after: String, $filter: EditorialReleaseFilter) {
    editorialReleases(first: $first, after: $after, filter: $filter) {
      nodes { number } totalCount pageInfo { hasNextPage endCursor } } }`;
  interface List {
    editorialReleases: {
      nodes: { number: string }[];
      totalCount: number;
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  }
  const list = async (variables: object) => {
    const { data, errors } = await editor.query<List>(LIST, { variables });
    expect(errors).toEqual([]);
    const { nodes, ...rest } = data.editorialReleases;
    return { numbers: nodes.map(({ number }) => number), ...rest };
  };

  it('pages through all of them, each once, the newest first', async () => {
    const all = await list({ first: 100 });
    const walked: string[] = [];
    let after: string | null = null;
    do {
      const page = await list({ first: 3, after });
      walked.push(...page.numbers);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(walked).toEqual(all.numbers);
    expect(walked).toHaveLength(all.totalCount);
    expect(walked.at(-1)).toBe('900/20');
  });

  it.each([
    [{ published: true }, ['900/20']],
    [{ dateTo: '2020-12-31' }, ['900/20']],
    [{ type: ['SPEECH'] }, []],
    [{ scheduled: true }, []],
    [{ search: 'c-900/20' }, ['900/20']],
    [{ search: 'TITLE of 900' }, ['900/20']],
    [{ search: '100%' }, []],
    [{ search: 'TITLE\u0000 of 900' }, ['900/20']],
  ])('filters by %j', async (filter, expected) => {
    expect((await list({ filter })).numbers).toEqual(expected);
  });

  it('finds a title in any language, whatever its accents', async () => {
    await create({ number: '888/26', segments: [{ kind: 'TITLE', text: 'Elección en Paraná' }] });
    expect((await list({ filter: { search: 'ELECCION EN parana' } })).numbers).toEqual(['888/26']);
  });

  it('refuses a cursor of another list', async () => {
    const { pageInfo } = await list({ first: 1 });
    const { errors } = await editor.query(LIST, {
      variables: { after: pageInfo.endCursor, filter: { published: true } },
    });
    expect(errors[0]?.extensions.reason).toBe('CURSOR_UNKNOWN');
  });
});
