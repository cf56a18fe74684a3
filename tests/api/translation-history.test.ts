import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type StaffClient, type TestApp } from '../support/app.js';
import { Staff } from '../support/staff.js';
import { type SegmentView, targetsOf, Text, written } from '../support/translating.js';

let gateway: TestApp;
let staff: Staff;
let translator: StaffClient;
let reviser: StaffClient;
let editor: StaffClient;
let count = 0;
let number: string;
let text: Text;

beforeAll(async () => {
  gateway = await createTestApp();
  staff = new Staff(gateway.database);
  translator = gateway.as('TRANSLATOR', 'FR', 'Amélie Fortin');
  reviser = gateway.as('REVISER', 'FR', 'Jean Réviseur');
  editor = gateway.as('EDITOR', null, 'Ana Prensa');
});
afterAll(() => gateway.close());

const ORIGINAL = { title: 'A Roundtable', body: ['First.', 'Second.'] };

beforeEach(async () => {
  number = `${++count}/23`;
  await gateway.given(aRelease(number).in('EN', ORIGINAL));
  text = new Text(await staff.idOf(number), 'FR');
});

interface StepView {
  readonly revision: number;
  readonly at: string;
  readonly by: { readonly name: string };
  readonly action: string;
  readonly comment: string | null;
  readonly segments: readonly SegmentView[];
}

interface HistoryView {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly StepView[];
}

const HISTORY = `query ($releaseId: ID!, $locale: Locale!, $first: Int, $after: String) {
  translation(releaseId: $releaseId, locale: $locale) { history(first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { revision at by { name } action comment
      segments { key target source sourceDigest freshness origin omitted } } } } }`;

async function historyOf(one: Text, page: object = {}): Promise<HistoryView> {
  const { releaseId, locale } = one;
  const { data, errors } = await editor.query<{ translation: { history: HistoryView } }>(HISTORY, {
    variables: { releaseId, locale, ...page },
  });
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return data.translation.history;
}

const WHOLE = { title: 'Une table ronde', b1: 'Un.', b2: 'Deux.' };

describe('the history of a text', () => {
  it('reports who did what, when and why, newest first', async () => {
    const begun = Date.now() - 1_000;
    written(await text.write(translator, WHOLE));
    written(await text.step(translator, 'submitTranslation', 1, 'Prêt.'));
    written(await text.step(reviser, 'requestChanges', 1, 'Le titre !'));
    written(await text.write(translator, { title: 'La table ronde' }));
    written(await text.step(translator, 'submitTranslation', 2));
    written(await text.step(reviser, 'approveTranslation', 2));
    const { nodes, totalCount } = await historyOf(text);
    expect(nodes.map((n) => [n.revision, n.action, n.by.name, n.comment])).toEqual([
      [2, 'APPROVED', 'Jean Réviseur', null],
      [2, 'SUBMITTED', 'Amélie Fortin', null],
      [2, 'SAVED', 'Amélie Fortin', null],
      [1, 'CHANGES_REQUESTED', 'Jean Réviseur', 'Le titre !'],
      [1, 'SUBMITTED', 'Amélie Fortin', 'Prêt.'],
      [1, 'SAVED', 'Amélie Fortin', null],
    ]);
    expect(totalCount).toBe(6);
    for (const { at } of nodes) expect(Date.parse(at)).toBeGreaterThan(begun);
    const titles = nodes.map(({ segments }) => segments[0]?.target);
    expect(titles).toEqual([
      'La table ronde',
      'La table ronde',
      'La table ronde',
      'Une table ronde',
      'Une table ronde',
      'Une table ronde',
    ]);
  });

  it('shows each text beside the source that it was made from', async () => {
    written(await text.write(translator, WHOLE));
    await staff.revise(number, 'SUBSTANTIVE', { ...ORIGINAL, body: ['First, anew.', 'Second.'] });
    written(await text.write(translator, { b1: 'Un, de nouveau.' }));
    const { nodes } = await historyOf(text);
    const first = nodes.map(({ segments }) => segments.find(({ key }) => key === 'b1'));
    expect(first.map((s) => [s?.target, s?.source, s?.freshness])).toEqual([
      ['Un, de nouveau.', 'First, anew.', 'CURRENT'],
      ['Un.', 'First.', 'STALE'],
    ]);
    const original = await historyOf(new Text(await staff.idOf(number), 'EN'));
    const steps = original.nodes.map(({ segments }) => [segments[1]?.target, segments[1]?.source]);
    expect(steps).toEqual([
      ['First, anew.', null],
      ['First.', null],
    ]);
  });

  it('is read page by page, to the last step once each', async () => {
    for (let i = 0; i < 5; i += 1) written(await text.write(translator, { b1: `Un, ${i}.` }));
    const seen: number[] = [];
    let after: string | null = null;
    for (;;) {
      const page: HistoryView = await historyOf(text, { first: 2, after });
      seen.push(...page.nodes.map(({ revision }) => revision));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(seen).toEqual([5, 4, 3, 2, 1]);
    const { data } = await editor.query<{ translation: null }>(HISTORY, {
      variables: { releaseId: text.releaseId, locale: 'ES', after },
    });
    expect(data.translation).toBeNull();
  });

  it('takes as many statements for four locales as for one', async () => {
    written(await text.write(translator, WHOLE));
    const statements = async (locales: string) => {
      const fields = locales
        .split(' ')
        .map((locale) => {
          return `${locale}: translation(releaseId: "${text.releaseId}", locale: ${locale}) {
            history { totalCount nodes { by { name } segments { source target } } } }`;
        })
        .join('\n');
      const before = gateway.snapshots.length;
      await editor.query(`{ ${fields} }`);
      await until(() => gateway.snapshots.length > before);
      return gateway.snapshots.slice(before).flatMap(({ log }) => log).length;
    };
    expect(await statements('EN ES FR PT')).toBe(await statements('FR'));
  });
});

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('waited in vain');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('the difference of two revisions', () => {
  const differences = async (from: number, to: number) => {
    return editor.query<{ translation: { difference: object[] } } | null>(
      `query ($releaseId: ID!, $from: Int!, $to: Int!) {
        translation(releaseId: $releaseId, locale: FR) { difference(from: $from, to: $to) {
          key kind change before after parts { kind text } } } }`,
      { variables: { releaseId: text.releaseId, from, to } },
    );
  };

  it('is shown word by word, in either direction', async () => {
    written(await text.write(translator, WHOLE));
    written(await text.save(translator, 1, [{ key: 'b2' }, { key: 'fr-1', text: 'Encore.' }]));
    written(await text.write(translator, { b1: 'Un seul.' }));
    const { data } = await differences(1, 3);
    expect(data?.translation.difference).toEqual([
      {
        key: 'b1',
        kind: 'PARAGRAPH',
        change: 'CHANGED',
        before: 'Un.',
        after: 'Un seul.',
        parts: [
          { kind: 'EQUAL', text: 'Un' },
          { kind: 'INSERTED', text: ' seul' },
          { kind: 'EQUAL', text: '.' },
        ],
      },
      {
        key: 'b2',
        kind: 'PARAGRAPH',
        change: 'REMOVED',
        before: 'Deux.',
        after: null,
        parts: [{ kind: 'DELETED', text: 'Deux.' }],
      },
      {
        key: 'fr-1',
        kind: 'PARAGRAPH',
        change: 'ADDED',
        before: null,
        after: 'Encore.',
        parts: [{ kind: 'INSERTED', text: 'Encore.' }],
      },
    ]);
    const back = (await differences(3, 1)).data?.translation.difference ?? [];
    expect(back.map((one) => (one as { change: string }).change)).toEqual([
      'CHANGED',
      'REMOVED',
      'ADDED',
    ]);
    expect((await differences(0, 1)).data?.translation.difference).toHaveLength(3);
    expect((await differences(2, 2)).data?.translation.difference).toEqual([]);
  });

  it('is refused for a revision that there never was', async () => {
    const { errors } = await differences(1, 7);
    expect(errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      reason: 'REVISION_UNKNOWN',
    });
  });
});

describe('restoring', () => {
  it('brings one locale back, its own segments too, and leaves the others alone', async () => {
    const portuguese = new Text(await staff.idOf(number), 'PT');
    const pt = gateway.as('TRANSLATOR', 'PT');
    written(await portuguese.write(pt, { title: 'Uma mesa', b1: 'Um.' }));
    written(await text.write(translator, { title: 'Une table ronde', b1: 'Un.' }));
    written(await text.save(translator, 1, [{ key: 'fr-1', text: 'Encore.', after: 'title' }]));
    written(await text.save(translator, 2, [{ key: 'fr-1' }, { key: 'title' }]));
    written(await text.write(translator, { b1: 'Autre.', b2: 'Deux.' }));
    const before = await portuguese.read(pt);
    const restored = written(
      await text.do(translator, 'restoreRevision', { expectedRevision: 4, revision: 2 }),
    );
    expect([restored.revision, restored.state]).toEqual([5, 'DRAFT']);
    expect(targetsOf(restored)).toEqual({
      title: 'Une table ronde',
      'fr-1': 'Encore.',
      b1: 'Un.',
      b2: null,
    });
    expect(await portuguese.read(pt)).toEqual(before);
    const again = await text.do(translator, 'restoreRevision', {
      expectedRevision: 5,
      revision: 2,
    });
    expect(written(again).revision).toBe(5);
    expect((await historyOf(text)).nodes[0]).toMatchObject({ action: 'RESTORED', revision: 5 });
  });

  it('does not make an old text current', async () => {
    written(await text.write(translator, WHOLE));
    await staff.revise(number, 'SUBSTANTIVE', { ...ORIGINAL, body: ['First, anew.', 'Second.'] });
    written(await text.write(translator, { b1: 'Un, de nouveau.' }));
    const restored = written(
      await text.do(translator, 'restoreRevision', { expectedRevision: 2, revision: 1 }),
    );
    expect(restored.freshness).toBe('STALE');
    const [, b1, b2] = restored.segments;
    expect([b1?.target, b1?.freshness, b1?.sourceWas]).toEqual(['Un.', 'STALE', 'First.']);
    expect(b2?.freshness).toBe('CURRENT');
  });

  it('is refused for a revision that there never was, and on what is no longer so', async () => {
    written(await text.write(translator, WHOLE));
    const unknown = await text.do(translator, 'restoreRevision', {
      expectedRevision: 1,
      revision: 9,
    });
    expect([unknown.code, unknown.path]).toEqual(['REVISION_UNKNOWN', ['revision']]);
    const late = await text.do(translator, 'restoreRevision', { expectedRevision: 0, revision: 1 });
    expect(late.__typename).toBe('RevisionConflict');
  });

  it('gives an original its segments back under their keys; only editors may', async () => {
    const original = new Text(await staff.idOf(number), 'EN');
    written(await text.write(translator, WHOLE));
    await staff.revise(number, 'MINOR', { title: 'A Roundtable', body: ['First.'] });
    const input = { expectedRevision: 2, revision: 1 };
    const { errors } = await original.send(
      gateway.as('TRANSLATOR', 'EN'),
      'restoreRevision',
      input,
    );
    expect(errors[0]?.extensions.code).toBe('FORBIDDEN');
    const restored = written(await original.do(editor, 'restoreRevision', input));
    expect(targetsOf(restored)).toEqual({ title: 'A Roundtable', b1: 'First.', b2: 'Second.' });
    const { segments } = await text.read(translator);
    expect(segments.map(({ key, target }) => [key, target])).toEqual([
      ['title', 'Une table ronde'],
      ['b1', 'Un.'],
      ['b2', null],
    ]);
  });
});
