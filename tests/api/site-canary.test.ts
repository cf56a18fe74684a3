import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ENTITIES } from '../../src/cli/database.js';
import { LOCALES, TAG_OF } from '../../src/kernel/locale.js';
import { canaryWorld } from '../support/canary-world.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { copyDatabase, createTestDatabase, type TestDatabase } from '../support/database.js';
import { publicSlugs, sitePaths, type WalkedPage, walkSite } from '../support/site-walk.js';
import { Staff } from '../support/staff.js';
import { SCHEDULED, workOn } from '../support/work-in-progress.js';

// Nothing else is of this year.
const { canary, lure, secret, publicReleases, hiddenReleases } = canaryWorld({
  number: '81350/18',
  date: '2018-02-28',
});

const HIDDEN_SLUGS = [
  '81349-19-draft',
  '81349-19-ebauche',
  '81350-18-withdrawn',
  '81350-18-retirado',
  '81351-19-scheduled',
  '81351-19-traduit',
  '704-19-unpublished',
  '705-19-rascunho',
  '705-19-new',
].map((start) => `${start}-${lure}-${canary}-agreement`.toLowerCase());

let source: TestDatabase;
/** The same public releases, one with hidden ones beside them. */
let plainWorld: TestApp;
let fullWorld: TestApp;
let fullBefore: readonly WalkedPage[];
let full: readonly WalkedPage[];
let without: readonly WalkedPage[];

beforeAll(async () => {
  source = await createTestDatabase({ entities: ENTITIES }, { texts: true });
  const first = await createTestApp({
    database: { ...source, drop: () => source.database.close() },
  });
  await first.given(...publicReleases);
  await first.close();
  plainWorld = await world();
  fullWorld = await world();
  const shown = await publicSlugs(plainWorld);
  const slugs = [...shown.map(({ slug }) => slug), ...HIDDEN_SLUGS, '702-19-corrected', '701-19'];
  const pictures = [
    ...shown.map(({ locale, slug }) => `/${TAG_OF[locale]}/${slug}/card.png`),
    ...HIDDEN_SLUGS.flatMap((slug) =>
      LOCALES.map((locale) => `/${TAG_OF[locale]}/${slug}/card.png`),
    ),
  ];
  const searched = [lure, canary, `${lure} ${canary}`, '81349/19', `E-${SCHEDULED}`, 'Public'];
  const filters = ['?type=ADVISORY', '?state=GY', '?year=2018', `?topic=topic-${canary}`];
  const all = [...sitePaths({ searched, filters, slugs }), ...pictures];
  // Fills the cache, which must not differ afterwards either.
  fullBefore = await walkSite(fullWorld, all);
  await hide();
  full = await walkSite(fullWorld, all);
  without = await walkSite(plainWorld, all);
}, 300_000);
afterAll(async () => {
  await plainWorld.close();
  await fullWorld.close();
  await source.drop();
});

async function world(): Promise<TestApp> {
  return createTestApp({
    database: await copyDatabase(source.ownerUrl, { entities: ENTITIES }),
    pages: true,
    responseCache: { maxBytes: 2 ** 25, maxAge: 1 },
    site: { publicUrl: 'https://press.example', releaseUrl: '{PUBLIC_URL}/{lang}/{slug}' },
  });
}

/** Drafts, a release taken back, an unpublished translation, a schedule, and new work on texts that are public. */
async function hide(): Promise<void> {
  const staff = new Staff(fullWorld.database);
  await fullWorld.given(...hiddenReleases);
  await staff.translate('704/19', 'EN', secret('Unpublished'), 'APPROVED');
  await staff.translate('705/19', 'PT', secret('Rascunho'));
  await staff.revise('705/19', 'SUBSTANTIVE', secret('New'), 'APPROVED');
  await staff.changeFacts('705/19', { type: 'ADVISORY', date: '2019-02-27', mentions: ['GY'] });
  await workOn(fullWorld, canary, lure);
}

function changedBetween(before: readonly WalkedPage[], after: readonly WalkedPage[]): string[] {
  expect(after).toHaveLength(before.length);
  return after.flatMap((page, index) => {
    return comparable(page) === comparable(before[index] as WalkedPage) ? [] : [page.path];
  });
}

/** The sitemap was another one while the retracted release was public, which its time may show. */
function comparable(page: WalkedPage): string {
  if (!page.path.endsWith('/sitemap.xml')) return JSON.stringify(page);
  const headers = Object.entries(page.headers).filter(([name]) => name !== 'last-modified');
  return JSON.stringify({ ...page, headers });
}

describe('what is not public, in the pages', () => {
  it('is searched for where something is found', () => {
    const found = (status: number) => full.filter((page) => page.status === status).length;
    expect(found(200)).toBeGreaterThan(100);
    expect(found(404)).toBeGreaterThan(100);
    expect(full.filter(({ status }) => status >= 500)).toEqual([]);
    const pictures = full.filter(({ headers }) => headers['content-type'] === 'image/png');
    expect(pictures.length).toBeGreaterThan(20);
  });

  it('never shows in a body or a header', () => {
    // The words of a search stand in its page; the next test compares those pages.
    const isOwnWord = ({ path }: WalkedPage) =>
      /[?&](q|topic)=/.test(path) && path.includes(canary);
    const leaks = [...fullBefore, ...full, ...without].filter((page) => {
      const text = `${page.body} ${JSON.stringify(page.headers)}`.toLowerCase();
      return !isOwnWord(page) && text.includes(canary);
    });
    expect(leaks.map(({ path }) => path)).toEqual([]);
  });

  it('changes no byte and no header: the pages are those of a gateway that has none of it', () => {
    expect(changedBetween(without, full)).toEqual([]);
  });

  it('changes none of the pages that were sent before', () => {
    expect(changedBetween(fullBefore, full)).toEqual([]);
  });
});
