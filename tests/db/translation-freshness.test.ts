import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { ENTITIES } from '../../src/cli/database.js';
import type { StaffSegment } from '../../src/features/translation/segment.policy.js';
import { loadStaffSegments } from '../../src/features/translation/segment.repository.js';
import {
  createRelease,
  findTranslation,
  lockOriginal,
  reviseOriginal,
  type SegmentDraft,
} from '../../src/features/release/index.js';
import {
  confirmCurrent,
  loadSegments,
  restoreRevision,
  saveTranslation,
} from '../../src/features/translation/index.js';
import type { Locale } from '../../src/kernel/locale.js';
import { type Freshness, type SourceChange, worstFreshness } from '../../src/kernel/release.js';
import { withTransaction } from '../../src/platform/db/index.js';
import { queryableOf } from '../../src/platform/db/queryable.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let test: TestDatabase;
let count = 0;

beforeAll(async () => {
  test = await createTestDatabase({ entities: ENTITIES });
});
afterAll(() => test.drop());

const inTransaction = <T>(work: Parameters<typeof withTransaction<T>>[1]) =>
  withTransaction(test.database.dataSource, work);

const paragraph = (text: string, key: string | null = null): SegmentDraft => {
  return { key, kind: 'PARAGRAPH', text };
};

/** A release in English, worked on through the services of staff. */
class Work {
  constructor(readonly releaseId: string) {}

  static async begin(...paragraphs: string[]): Promise<Work> {
    const release = {
      number: `${++count}/24`,
      type: 'PRESS_RELEASE',
      date: '2024-05-06',
      originalLocale: 'EN',
      audiences: [],
      mentions: [],
      topicIds: [],
      segments: [
        { key: null, kind: 'TITLE', text: 'Title' },
        ...paragraphs.map((text) => paragraph(text)),
      ],
    } as const;
    const authorship = { by: 'test', action: 'CREATED', state: 'DRAFT' } as const;
    return new Work(await inTransaction((manager) => createRelease(manager, release, authorship)));
  }

  private async revision(locale: Locale): Promise<number> {
    const found = await findTranslation(test.database.dataSource.manager, this.releaseId, locale);
    return found?.revision ?? 0;
  }

  /** `change` gets the body as it is and gives it as it shall be. */
  async revise(
    change: SourceChange,
    edit: (body: SegmentDraft[]) => SegmentDraft[],
  ): Promise<boolean> {
    const { releaseId } = this;
    const expectedRevision = await this.revision('EN');
    return inTransaction(async (manager) => {
      const original = await lockOriginal(manager, releaseId);
      const [title, ...body] = original.segments;
      if (!title) throw new Error('no title');
      const segments = [title, ...edit(body)];
      const authorship = { by: 'test', action: 'SAVED', state: 'DRAFT' } as const;
      const revision = { expectedRevision, change, segments };
      return reviseOriginal(manager, original, revision, authorship);
    });
  }

  async translate(locale: Locale, texts: Record<string, string | null>): Promise<boolean> {
    const expectedRevision = await this.revision(locale);
    const digests = new Map((await this.segments(locale)).map((s) => [s.key, s.sourceDigest]));
    const targets = Object.entries(texts).map(([key, text]) => {
      const own = !digests.has(key) || digests.get(key) === null;
      const sourceDigest = own ? null : (digests.get(key) ?? null);
      return { key, text, sourceDigest, omitted: false, after: null };
    });
    const { releaseId } = this;
    const request = { releaseId, locale, expectedRevision, origin: null, targets };
    return inTransaction((manager) => saveTranslation(manager, request, 'test'));
  }

  async confirm(locale: Locale, keys: string[]): Promise<boolean> {
    const { releaseId } = this;
    const expectedRevision = await this.revision(locale);
    const request = { releaseId, locale, expectedRevision, keys, sourceDigests: null };
    return inTransaction((manager) => confirmCurrent(manager, request, 'test'));
  }

  async restore(locale: Locale, revision: number): Promise<boolean> {
    const { releaseId } = this;
    const expectedRevision = await this.revision(locale);
    const request = { releaseId, locale, expectedRevision, revision };
    return inTransaction((manager) => restoreRevision(manager, request, 'test'));
  }

  async segments(locale: Locale): Promise<StaffSegment[]> {
    const db = queryableOf(test.database.dataSource.manager);
    const [segments] = await loadStaffSegments(db, [{ releaseId: this.releaseId, locale }]);
    return segments ?? [];
  }

  /** What is stored beside the text, as the worklist reads it. */
  async stored(locale: Locale): Promise<{ freshness: Freshness; completeness: number } | null> {
    const { manager } = test.database.dataSource;
    const row = await findTranslation(manager, this.releaseId, locale);
    return row && { freshness: row.freshness, completeness: row.completeness };
  }

  async keys(): Promise<string[]> {
    const { manager } = test.database.dataSource;
    const all = await loadSegments(manager, this.releaseId, 'EN');
    return all.map(({ key }) => key).slice(1);
  }
}

const brief = (segments: StaffSegment[]) =>
  segments.map(({ key, target, freshness }) => `${key} ${target ?? '-'} ${freshness ?? '-'}`);

describe('an edit of the original touches exactly what it touched', () => {
  const begun = async () => {
    const work = await Work.begin('One.', 'Two.', 'Three.');
    for (const locale of ['ES', 'FR', 'PT'] as const) {
      await work.translate(locale, { title: 'T', b1: '1', b2: '2', b3: '3' });
    }
    return work;
  };
  type Edit = (body: SegmentDraft[]) => SegmentDraft[];
  const rewrite: Edit = (body) => body.map((s) => (s.key === 'b2' ? { ...s, text: 'Two!' } : s));

  it.each<[string, SourceChange, Edit, string[]]>([
    ['rewriting one', 'SUBSTANTIVE', rewrite, ['b1 1 CURRENT', 'b2 2 STALE', 'b3 3 CURRENT']],
    ['touching one up', 'MINOR', rewrite, ['b1 1 CURRENT', 'b2 2 MINOR_DRIFT', 'b3 3 CURRENT']],
    [
      'adding one',
      'SUBSTANTIVE',
      ([one, ...rest]) => [...(one ? [one] : []), paragraph('New.'), ...rest],
      ['b1 1 CURRENT', 'b4 - -', 'b2 2 CURRENT', 'b3 3 CURRENT'],
    ],
    [
      'removing one',
      'SUBSTANTIVE',
      (body) => body.filter(({ key }) => key !== 'b2'),
      ['b1 1 CURRENT', 'b3 3 CURRENT'],
    ],
    [
      'moving one',
      'SUBSTANTIVE',
      (body) => body.toReversed(),
      ['b3 3 CURRENT', 'b2 2 CURRENT', 'b1 1 CURRENT'],
    ],
    [
      'merging two',
      'SUBSTANTIVE',
      ([one, , three]) => [paragraph('One. Two.', one?.key ?? null), ...(three ? [three] : [])],
      ['b1 1 STALE', 'b3 3 CURRENT'],
    ],
    [
      'splitting one',
      'MINOR',
      ([one, two, three]) => [
        ...(one ? [one] : []),
        paragraph('Tw', two?.key ?? null),
        paragraph('o.'),
        ...(three ? [three] : []),
      ],
      ['b1 1 CURRENT', 'b2 2 MINOR_DRIFT', 'b4 - -', 'b3 3 CURRENT'],
    ],
    [
      'making one a heading',
      'MINOR',
      (body) => body.map((s) => (s.key === 'b1' ? { ...s, kind: 'HEADING' } : s)),
      ['b1 1 CURRENT', 'b2 2 CURRENT', 'b3 3 CURRENT'],
    ],
  ])('%s', async (_, change, edit, expected) => {
    const work = await begun();
    await work.revise(change, edit);
    for (const locale of ['ES', 'FR', 'PT'] as const) {
      expect(brief(await work.segments(locale)).slice(1)).toEqual(expected);
    }
  });

  it('shows the source as it was, until the text is written or confirmed anew', async () => {
    const work = await begun();
    await work.revise('SUBSTANTIVE', rewrite);
    const b2 = async () => (await work.segments('FR')).find(({ key }) => key === 'b2');
    expect(await b2()).toMatchObject({ source: 'Two!', sourceWas: 'Two.', freshness: 'STALE' });
    await work.confirm('FR', ['b2']);
    expect(await b2()).toMatchObject({ source: 'Two!', sourceWas: null, freshness: 'CURRENT' });
    expect((await work.stored('FR'))?.freshness).toBe('CURRENT');
    expect((await work.stored('ES'))?.freshness).toBe('STALE');
    await work.translate('ES', { b2: '2!' });
    expect((await work.stored('ES'))?.freshness).toBe('CURRENT');
  });

  it('a minor edit after a substantive one does not make a text better', async () => {
    const work = await begun();
    await work.revise('SUBSTANTIVE', rewrite);
    await work.revise('MINOR', (body) => body.map((s) => ({ ...s, text: `${s.text} ` + '.' })));
    expect(brief(await work.segments('FR'))).toEqual([
      'title T CURRENT',
      'b1 1 MINOR_DRIFT',
      'b2 2 STALE',
      'b3 3 MINOR_DRIFT',
    ]);
  });

  it('a segment of a locale alone is judged by the whole original', async () => {
    const work = await begun();
    await work.translate('FR', { 'fr-1': 'Encore.' });
    await work.revise('MINOR', rewrite);
    const own = (await work.segments('FR')).find(({ key }) => key === 'fr-1');
    expect(own?.freshness).toBe('MINOR_DRIFT');
    await work.confirm('FR', ['fr-1', 'b2']);
    expect((await work.stored('FR'))?.freshness).toBe('CURRENT');
  });

  it('back to the old words is back to current', async () => {
    const work = await begun();
    await work.revise('SUBSTANTIVE', rewrite);
    await work.restore('EN', 1);
    expect(brief(await work.segments('FR')).slice(1)).toEqual([
      'b1 1 CURRENT',
      'b2 2 CURRENT',
      'b3 3 CURRENT',
    ]);
  });
});

type Act = (work: Work) => Promise<unknown>;

const change = fc.constantFrom<SourceChange>('SUBSTANTIVE', 'MINOR');
const place = fc.nat(3);
const words = fc.constantFrom('One.', 'Two.', 'Three.', 'Four.', 'Five.');
const locale = fc.constantFrom<Locale>('FR', 'PT');

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(change, place, words).map(([how, at, text]): Act => (work) => {
    return work.revise(how, (body) => body.map((s, i) => (i === at ? { ...s, text } : s)));
  }),
  fc.tuple(change, place, words).map(([how, at, text]): Act => (work) => {
    return work.revise(how, (body) => body.toSpliced(at, 0, paragraph(text)));
  }),
  fc.tuple(change, place).map(([how, at]): Act => (work) => {
    return work.revise(how, (body) => (body.length > 1 ? body.toSpliced(at, 1) : body));
  }),
  change.map(
    (how): Act =>
      (work) =>
        work.revise(how, (body) => body.toReversed()),
  ),
  fc.tuple(locale, place, fc.option(words)).map(([into, at, text]): Act => async (work) => {
    const key = (await work.keys())[at];
    if (key !== undefined) await work.translate(into, { [key]: text });
  }),
  fc.tuple(locale, fc.option(words)).map(([into, text]): Act => async (work) => {
    const key = `${into.toLowerCase()}-1`;
    const there = (await work.segments(into)).some((segment) => segment.key === key);
    if (there || text !== null) await work.translate(into, { [key]: text });
  }),
  fc.tuple(locale, place).map(([into, at]): Act => async (work) => {
    const written = (await work.segments(into)).filter(({ target }) => target !== null);
    const key = written[at]?.key;
    if (key !== undefined) await work.confirm(into, [key]);
  }),
  fc.constantFrom<Locale>('EN', 'FR', 'PT').map((into): Act => async (work) => {
    if ((await work.stored(into)) !== null) await work.restore(into, 1);
  }),
);

it('what is stored for the worklist agrees with the segments, whatever happened', async () => {
  let compared = 0;
  const seen = new Set<Freshness>();
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 6, maxLength: 14 }), async (acts) => {
      const work = await Work.begin('One.', 'Two.', 'Three.');
      await work.translate('FR', { title: 'T', b1: '1', b2: '2', b3: '3' });
      await work.translate('PT', { title: 'T', b1: '1' });
      for (const one of acts) {
        await one(work);
        for (const into of ['EN', 'FR', 'PT'] as const) {
          const segments = await work.segments(into);
          const judged = segments.flatMap(({ freshness }) => freshness ?? []);
          const wanted = segments.filter(({ source }) => source !== null || into === 'EN');
          const there = wanted.filter(({ target, omitted }) => target !== null || omitted);
          expect(await work.stored(into)).toEqual({
            freshness: worstFreshness(judged),
            completeness: expect.closeTo(there.length / wanted.length, 5) as unknown,
          });
          compared += 1;
          seen.add(worstFreshness(judged));
        }
      }
    }),
    { numRuns: 25 },
  );
  expect(compared).toBeGreaterThan(400);
  expect([...seen].sort()).toEqual(['CURRENT', 'MINOR_DRIFT', 'STALE']);
}, 240_000);
