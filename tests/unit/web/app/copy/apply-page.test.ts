import 'fake-indexeddb/auto';

import { beforeEach, describe, expect, it } from '@jest/globals';

import type { CopyState } from '../../../../../src/web/app/copy/copy-state.js';
import type { AppPageFragment } from '../../../../../src/web/generated/site.js';

/** They are for browsers: their types are checked by the configuration beside them. */
const APPLY: string = '../../../../../src/web/app/copy/apply-page.js';
const COPIES: string = '../../../../../src/web/app/copy/copies.js';
const DATABASE: string = '../../../../../src/web/app/copy/database.js';

interface Store {
  getAll(name: string): Promise<{ copy: number; id: string; localized: { edition: number } }[]>;
  get(name: 'copies', id: number): Promise<CopyState>;
}

let database: Store;
let copy: CopyState;
let names = 0;

const SETTINGS = { locales: ['FR'], audience: 'HT', room: 'ALL' };

interface Page {
  readonly changes?: readonly object[];
  readonly metadataChanges?: readonly object[];
  readonly cursor: string;
  readonly hasMore?: boolean;
  readonly reset?: boolean;
}

function facts(id: string, edition = 1) {
  const lists = { alternates: [], topics: [{ slug: 'trade' }], mentions: [{ code: 'HT' }] };
  return { id, number: `${id}/26`, date: '2026-05-04', type: 'STATEMENT', edition, ...lists };
}

function upsert(id: string, title = `Titre ${id}`, reason = 'PUBLISHED') {
  const localized = {
    id,
    slug: `slug-${id}`,
    title: { value: title, locale: 'FR', lang: 'fr', dir: 'LTR' },
    summary: null,
    body: { plainText: 'Le texte.' },
    corrections: [],
    resolution: { locale: 'FR' },
    release: facts(id),
  };
  return { kind: 'UPSERT', reason, releaseId: id, localizedId: id, at: '2026', localized };
}

function remove(id: string) {
  const gone = { kind: 'REMOVE', reason: 'RETRACTED', at: '2026', localized: null };
  return { ...gone, releaseId: id, localizedId: id };
}

async function apply(known: CopyState, page: Page) {
  const { applyPage } = (await import(APPLY)) as {
    applyPage: (store: Store, copy: CopyState, page: AppPageFragment) => Promise<unknown>;
  };
  const defaults = { changes: [], metadataChanges: [], hasMore: false, reset: false, total: 9 };
  const serverTime = '2026-06-01T12:00:00Z';
  const all = { ...defaults, serverTime, ...page } as unknown as AppPageFragment;
  return (await applyPage(database, known, all)) as {
    copy: CopyState;
    news: { kind: string }[];
  } | null;
}

const idsIn = async (name: string) =>
  (await database.getAll(name)).map((stored) => `${stored.copy} ${stored.id}`);

beforeEach(async () => {
  const { openCopies } = (await import(DATABASE)) as {
    openCopies: (base: string) => Promise<Store>;
  };
  const { beginCopies } = (await import(COPIES)) as {
    beginCopies: (store: Store, settings: object, today: string) => Promise<CopyState[]>;
  };
  names += 1;
  database = await openCopies(`/${names}`);
  const [begun] = await beginCopies(database, SETTINGS, '2026-06-01');
  if (!begun) throw new Error('no copy was begun');
  copy = begun;
});

describe('a page', () => {
  it('is stored with its cursor, and is no news while the first copy is incomplete', async () => {
    const applied = await apply(copy, { changes: [upsert('a')], cursor: '1', hasMore: true });
    expect(applied?.copy).toMatchObject({ cursor: '1', stored: 1, total: 9, isComplete: false });
    expect(applied?.news).toEqual([]);
    for (const name of ['releases', 'summaries', 'vectors']) {
      expect(await idsIn(name)).toEqual(['1 a']);
    }
  });

  it('is stored by one of two tabs that received it', async () => {
    const page = { changes: [upsert('a')], cursor: '1' };
    const results = await Promise.all([apply(copy, page), apply(copy, page)]);
    expect(results.filter((result) => result === null)).toHaveLength(1);
  });

  it('that cannot be stored leaves the copy and its cursor as they were', async () => {
    // A function cannot be stored, and is the last of the page.
    const bad = upsert('b');
    const change = { ...bad, localized: { ...bad.localized, dateText: () => '' } };
    await expect(apply(copy, { changes: [upsert('a'), change], cursor: '1' })).rejects.toThrow();
    expect(await idsIn('releases')).toEqual([]);
    expect(await database.get('copies', copy.id)).toMatchObject({ cursor: null, stored: 0 });
  });

  it('of changes is news, and removes what was retracted from every store', async () => {
    const first = await apply(copy, { changes: [upsert('a'), upsert('b')], cursor: '1' });
    const changes = [upsert('a', 'Corrigé', 'UPDATED'), remove('b'), upsert('c')];
    const second = await apply(first?.copy ?? copy, { changes, cursor: '2' });
    expect(second?.news.map(({ kind }) => kind)).toEqual(['CORRECTED', 'WITHDRAWN', 'NEW']);
    for (const name of ['releases', 'summaries', 'vectors']) {
      expect(await idsIn(name)).toEqual(['1 a', '1 c']);
    }
  });

  it('of metadata leaves the text as it is', async () => {
    const first = await apply(copy, { changes: [upsert('a')], cursor: '1' });
    const change = { localizedId: 'a', release: facts('a', 2), resolution: { locale: 'FR' } };
    const second = await apply(first?.copy ?? copy, { metadataChanges: [change], cursor: '2' });
    expect(second?.news).toEqual([]);
    const [stored] = await database.getAll('releases');
    expect(stored?.localized).toMatchObject({
      title: { value: 'Titre a' },
      release: { edition: 2 },
    });
  });

  it('that begins anew makes a copy beside a complete one, which stays', async () => {
    const first = await apply(copy, { changes: [upsert('a')], cursor: '1' });
    const page = { changes: [upsert('b')], cursor: '2', reset: true, hasMore: true };
    const second = await apply(first?.copy ?? copy, page);
    expect(await idsIn('releases')).toEqual(['1 a', '2 b']);
    expect(second?.copy).toMatchObject({ id: 2, isComplete: false, isSuperseded: false });
    expect(await database.get('copies', 1)).toMatchObject({ cursor: '1', isSuperseded: true });
  });

  it('that begins anew replaces an incomplete copy', async () => {
    const first = await apply(copy, { changes: [upsert('a')], cursor: '1', hasMore: true });
    const page = { changes: [upsert('b')], cursor: '2', reset: true, hasMore: true };
    await apply(first?.copy ?? copy, page);
    expect(await idsIn('releases')).toEqual(['1 b']);
  });
});
