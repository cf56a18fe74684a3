import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type StaffClient, type TestApp } from '../support/app.js';
import { Staff } from '../support/staff.js';
import { targetsOf, Text, written } from '../support/translating.js';

let gateway: TestApp;
let staff: Staff;
let french: StaffClient;
let count = 0;
let number: string;
let text: Text;

beforeAll(async () => {
  gateway = await createTestApp();
  staff = new Staff(gateway.database);
  french = gateway.as('TRANSLATOR', 'FR', 'Amélie Fortin');
});
afterAll(() => gateway.close());

const ORIGINAL = { title: 'A Roundtable', body: ['First.', 'Second.', 'Third.'] };

beforeEach(async () => {
  number = `${++count}/20`;
  await gateway.given(aRelease(number).in('EN', ORIGINAL));
  text = new Text(await staff.idOf(number), 'FR');
});

const digestsOf = async () => {
  const { segments } = await text.read(french);
  return Object.fromEntries(segments.map(({ key, sourceDigest }) => [key, sourceDigest]));
};

describe('a translation that is not begun', () => {
  it('shows every segment of the original with its source', async () => {
    const { state, revision, freshness, completeness, segments } = await text.read(french);
    expect([state, revision, freshness, completeness]).toEqual(['NOT_STARTED', 0, null, 0]);
    expect(segments.map(({ key, source, target }) => [key, source, target])).toEqual([
      ['title', 'A Roundtable', null],
      ['b1', 'First.', null],
      ['b2', 'Second.', null],
      ['b3', 'Third.', null],
    ]);
  });

  it('is begun by the first save, segment by segment', async () => {
    const first = written(await text.write(french, { title: 'Une table ronde' }));
    expect([first.state, first.revision, first.completeness]).toEqual(['DRAFT', 1, 0.25]);
    const second = written(await text.write(french, { b2: 'Deuxième.' }));
    expect(second.revision).toBe(2);
    expect(targetsOf(second)).toEqual({
      title: 'Une table ronde',
      b1: null,
      b2: 'Deuxième.',
      b3: null,
    });
    expect(second.segments.map(({ origin }) => origin)).toEqual(['HUMAN', null, 'HUMAN', null]);
  });
});

describe('saving', () => {
  it('makes no revision where nothing changes', async () => {
    written(await text.write(french, { title: 'Une table ronde', b1: 'Un.' }));
    expect(written(await text.write(french, { b1: 'Un.' })).revision).toBe(1);
    expect(written(await text.save(french, 1, [])).revision).toBe(1);
    expect(written(await text.write(french, { b1: 'Un.' }, 'MACHINE_REVIEWED')).revision).toBe(2);
    const again = written(await text.write(french, { b1: 'Un.' }));
    expect([again.revision, again.segments[1]?.origin]).toEqual([2, 'MACHINE_REVIEWED']);
  });

  it('takes a text away, and leaves a segment out on purpose', async () => {
    const { b2 } = await digestsOf();
    written(await text.write(french, { title: 'Une table ronde', b1: 'Un.' }));
    const { segments, completeness } = written(
      await text.save(french, 1, [{ key: 'b1' }, { key: 'b2', omitted: true, sourceDigest: b2 }]),
    );
    const shown = segments.map(({ key, target, omitted, origin }) => [
      key,
      target,
      omitted,
      origin,
    ]);
    expect(shown).toEqual([
      ['title', 'Une table ronde', false, 'HUMAN'],
      ['b1', null, false, null],
      ['b2', null, true, null],
      ['b3', null, false, null],
    ]);
    expect(completeness).toBe(0.5);
  });

  it('stores the canonical form of a text', async () => {
    const saved = written(await text.write(french, { b1: '  Un\u0301 *mot*\u00a0!  ' }));
    expect(saved.segments[1]?.target).toBe('Uń *mot*\u00a0!');
  });

  it('has segments of its own, after whichever segment', async () => {
    written(await text.write(french, { title: 'T', b1: 'Un.', b2: 'Deux.', b3: 'Trois.' }));
    const one = written(
      await text.save(french, 1, [
        { key: 'fr-end', text: 'Fin.' },
        { key: 'fr-a', text: 'A.', after: 'b1' },
        { key: 'fr-b', text: 'B.', after: 'b1' },
        { key: 'fr-c', text: 'C.', after: 'fr-a' },
      ]),
    );
    expect(Object.keys(targetsOf(one))).toEqual([
      'title',
      'b1',
      'fr-a',
      'fr-c',
      'fr-b',
      'b2',
      'b3',
      'fr-end',
    ]);
    const own = one.segments.find(({ key }) => key === 'fr-a');
    expect([own?.source, own?.sourceDigest, own?.freshness]).toEqual([null, null, 'CURRENT']);
    expect(one.completeness).toBe(1);
    const two = written(
      await text.save(french, 2, [
        { key: 'fr-end', text: 'Avant tout.', after: 'title' },
        { key: 'fr-c' },
        { key: 'fr-b', text: 'B !' },
      ]),
    );
    expect(targetsOf(two)).toEqual({
      title: 'T',
      'fr-end': 'Avant tout.',
      b1: 'Un.',
      'fr-a': 'A.',
      'fr-b': 'B !',
      b2: 'Deux.',
      b3: 'Trois.',
    });
  });

  it('takes an approved text back to a draft, and leaves a returned one returned', async () => {
    const reviser = gateway.as('REVISER', 'FR', 'Jean Réviseur');
    const all = { title: 'T', b1: 'Un.', b2: 'Deux.', b3: 'Trois.' };
    written(await text.write(french, all));
    written(await text.step(french, 'submitTranslation', 1));
    expect(written(await text.step(reviser, 'approveTranslation', 1)).state).toBe('APPROVED');
    expect(written(await text.write(french, { b1: 'Un !' })).state).toBe('DRAFT');
    written(await text.step(french, 'submitTranslation', 2));
    written(await text.step(reviser, 'requestChanges', 2, 'Le mot !'));
    const returned = written(await text.write(french, { b1: 'Un.' }));
    expect([returned.state, returned.revision]).toEqual(['CHANGES_REQUESTED', 3]);
  });
});

describe('what a save is refused for', () => {
  const D = 'PRESENT';
  const long = 'x'.repeat(20_001);
  it.each([
    ['no digest', [{ key: 'b1', text: 'Un.' }], ['SOURCE_DIGEST_MISSING', 'sourceDigest']],
    [
      'omission without digest',
      [{ key: 'b1', omitted: true }],
      ['SOURCE_DIGEST_MISSING', 'sourceDigest'],
    ],
    [
      'both',
      [{ key: 'b1', text: 'U', omitted: true, sourceDigest: D }],
      ['TEXT_AND_OMITTED', 'omitted'],
    ],
    [
      'no title',
      [{ key: 'title', omitted: true, sourceDigest: D }],
      ['OMISSION_IMPOSSIBLE', 'omitted'],
    ],
    ['omitting an own one', [{ key: 'fr-a', omitted: true }], ['OMISSION_IMPOSSIBLE', 'omitted']],
    ['the same key twice', [{ key: 'b1' }, { key: 'b1' }], ['SEGMENT_TWICE', 'key']],
    ['a blank text', [{ key: 'b1', text: ' \n', sourceDigest: D }], ['TEXT_BLANK', 'text']],
    ['a control', [{ key: 'b1', text: 'a\u0000', sourceDigest: D }], ['TEXT_UNPRINTABLE', 'text']],
    ['a long text', [{ key: 'b1', text: long, sourceDigest: D }], ['TEXT_TOO_LONG', 'text']],
    ['a reserved key', [{ key: 'b9', text: 'Un.' }], ['SEGMENT_KEY_UNUSABLE', 'key']],
    ['the summary', [{ key: 'summary', text: 'Un.' }], ['SEGMENT_KEY_UNUSABLE', 'key']],
    ['a key with a NUL', [{ key: 'fr\u0000', text: 'Un.' }], ['SEGMENT_KEY_UNUSABLE', 'key']],
    ['a key of another form', [{ key: 'Fr_1', text: 'Un.' }], ['SEGMENT_KEY_UNUSABLE', 'key']],
    [
      'a key too long',
      [{ key: `f${'r'.repeat(40)}`, text: 'Un.' }],
      ['SEGMENT_KEY_UNUSABLE', 'key'],
    ],
    ['nothing to remove', [{ key: 'fr-z' }], ['SEGMENT_UNKNOWN', 'key']],
    [
      'a digest of nothing',
      [{ key: 'fr-z', text: 'Z', sourceDigest: 'x' }],
      ['SEGMENT_UNKNOWN', 'key'],
    ],
    ['no neighbour', [{ key: 'fr-a', text: 'A', after: 'b9' }], ['SEGMENT_UNKNOWN', 'after']],
    ['itself', [{ key: 'fr-a', text: 'A', after: 'fr-a' }], ['SEGMENT_UNKNOWN', 'after']],
    [
      'the order',
      [{ key: 'b1', text: 'A', after: 'b2', sourceDigest: D }],
      ['PLACE_IMPOSSIBLE', 'after'],
    ],
    ['a key of pt', [{ key: 'pt-a', text: 'A' }], ['SEGMENT_KEY_TAKEN', 'key']],
    [
      'too many',
      Array.from({ length: 501 }, (_, i) => ({ key: `k${i}` })),
      ['LIST_TOO_LONG', 'segments'],
    ],
  ])('%s', async (_, targets: readonly object[], [code, member]) => {
    const portuguese = new Text(await staff.idOf(number), 'PT');
    written(await portuguese.write(gateway.as('TRANSLATOR', 'PT'), { 'pt-a': 'A' }));
    const digests = await digestsOf();
    const segments = targets.map((target) => {
      const { key, sourceDigest } = target as { key: string; sourceDigest?: string };
      return { ...target, ...(sourceDigest === D && { sourceDigest: digests[key] }) };
    });
    const outcome = await text.do(french, 'saveTranslation', { expectedRevision: 0, segments });
    expect([outcome.__typename, outcome.code, outcome.path?.at(-1)]).toEqual([
      'ValidationProblem',
      code,
      member,
    ]);
    expect((await text.read(french)).revision).toBe(0);
  });

  it('the origin ORIGINAL, and the original itself', async () => {
    const outcome = await text.write(french, { b1: 'Un.' }, 'ORIGINAL');
    expect([outcome.code, outcome.path]).toEqual(['ORIGIN_IMPOSSIBLE', ['origin']]);
    const original = new Text(await staff.idOf(number), 'EN');
    const english = gateway.as('TRANSLATOR', 'EN');
    const refused = await original.save(english, 1, [{ key: 'b1', text: 'One.' }]);
    expect([refused.code, refused.path]).toEqual(['ORIGINAL_LOCALE', ['locale']]);
  });

  it('a release that is not there', async () => {
    const nowhere = new Text('00000000-0000-4000-8000-000000000000', 'FR');
    const outcome = await nowhere.save(french, 0, []);
    expect([outcome.code, outcome.path]).toEqual(['NOT_FOUND', ['releaseId']]);
  });

  it('another locale than one’s own', async () => {
    const spanish = new Text(await staff.idOf(number), 'ES');
    const { errors } = await spanish.send(french, 'saveTranslation', {
      expectedRevision: 0,
      segments: [],
    });
    expect(errors[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('someone else was there first', () => {
  it('gives both texts and writes nothing', async () => {
    const other = gateway.as('TRANSLATOR', 'FR', 'Autre');
    written(await text.write(french, { title: 'T', b1: 'Un.', b2: 'Deux.' }));
    const digests = await digestsOf();
    written(await text.write(other, { b2: 'Deux, autrement.', b3: 'Trois.' }));
    const outcome = await text.save(french, 1, [
      { key: 'b1', text: 'Un, à moi.', sourceDigest: digests['b1'] ?? null },
      { key: 'b2', text: 'Deux, à moi.', sourceDigest: digests['b2'] ?? null },
      { key: 'fr-x', text: 'De plus.' },
    ]);
    expect(outcome).toMatchObject({
      __typename: 'RevisionConflict',
      code: 'REVISION_MOVED',
      currentRevision: 2,
    });
    const common = { sourceChanged: false };
    expect(outcome.conflicts).toEqual([
      { ...common, key: 'b1', base: 'Un.', theirs: 'Un.', yours: 'Un, à moi.' },
      { ...common, key: 'b2', base: 'Deux.', theirs: 'Deux, autrement.', yours: 'Deux, à moi.' },
      { ...common, key: 'b3', base: null, theirs: 'Trois.', yours: null },
      { ...common, key: 'fr-x', base: null, theirs: null, yours: 'De plus.' },
    ]);
    expect((await text.read(french)).revision).toBe(2);
  });

  it('also where the source moved, and nothing else', async () => {
    written(await text.write(french, { title: 'T', b1: 'Un.' }));
    const digests = await digestsOf();
    await staff.revise(number, 'SUBSTANTIVE', {
      ...ORIGINAL,
      body: ['First, anew.', 'Second.', 'Third.'],
    });
    const outcome = await text.save(french, 1, [
      { key: 'b1', text: 'Un, à moi.', sourceDigest: digests['b1'] ?? null },
      { key: 'b2', text: 'Deux.', sourceDigest: digests['b2'] ?? null },
    ]);
    expect(outcome.conflicts).toEqual([
      { key: 'b1', base: 'Un.', theirs: 'Un.', yours: 'Un, à moi.', sourceChanged: true },
      { key: 'b2', base: null, theirs: null, yours: 'Deux.', sourceChanged: false },
    ]);
    expect(outcome.currentRevision).toBe(1);
    expect((await text.read(french)).revision).toBe(1);
    const mended = await text.write(french, { b1: 'Un, à moi.', b2: 'Deux.' });
    expect(written(mended).segments.map(({ freshness }) => freshness)).toEqual([
      'CURRENT',
      'CURRENT',
      'CURRENT',
      null,
    ]);
  });

  it('also where the segment is gone from the original', async () => {
    written(await text.write(french, { title: 'T', b1: 'Un.', b3: 'Trois.' }));
    const digests = await digestsOf();
    await staff.revise(number, 'MINOR', { ...ORIGINAL, body: ['First.', 'Second.'] });
    const outcome = await text.save(french, 1, [
      { key: 'b3', text: 'Trois !', sourceDigest: digests['b3'] ?? null },
    ]);
    expect(outcome.conflicts).toEqual([
      { key: 'b3', base: 'Trois.', theirs: null, yours: 'Trois !', sourceChanged: true },
    ]);
  });
});

it('records for every mutation who did what to which text, and no word of the text', async () => {
  written(await text.write(french, { b1: 'Mot secret.' }));
  const rows = await gateway.database.dataSource.query<{ by: string; subject: object }[]>(
    "SELECT by, subject FROM authoring.audit WHERE mutation = 'saveTranslation' ORDER BY id DESC LIMIT 1",
  );
  expect(rows).toEqual([
    {
      by: french.accountId,
      subject: { releaseId: await staff.idOf(number), locale: 'FR' },
    },
  ]);
});
