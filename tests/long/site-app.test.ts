import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axe from 'axe-core';
import pg from 'pg';
import type { Browser, BrowserContext, Page } from 'playwright-core';

import { loadDemo, loadGenerated } from '../../src/cli/demo.js';
import type { Terminal } from '../../src/cli/terminal.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { openBrowser, openPage } from '../support/browser.js';
import { type Line, openLine } from '../support/line.js';
import { PressOffice } from '../support/publishing.js';
import {
  chooseCopy,
  copiedReleases,
  readStore,
  type StoredRelease,
  until,
  untilComplete,
  untilWorker,
} from '../support/reader-app.js';
import { Staff } from '../support/staff.js';

/** Fewer by hand, for a quick run: APP_RELEASES=300. */
const RELEASES = Number(process.env['APP_RELEASES'] ?? 5_000);
/** The others are copies of these, in SQL: publishing takes a tenth of a second. */
const WRITTEN = 250;
const MULTIPLY: string = '../bench/reading/multiply.mjs';
const HAITI = { locales: ['FR'], audience: 'HT' };
const SILENT = { progress: () => undefined } as unknown as Terminal;
const LANGUAGES = ['en', 'es', 'fr', 'pt'];

let gateway: TestApp;
let line: Line;
let browser: Browser;
let staff: Staff;
let office: PressOffice;

beforeAll(async () => {
  gateway = await createTestApp({ pages: true, now: new Date('2026-07-01T12:00:00Z') });
  staff = new Staff(gateway.database);
  office = new PressOffice(gateway);
  await loadDemo(gateway.database.dataSource);
  const count = Math.min(RELEASES, WRITTEN);
  await loadGenerated(gateway.database, SILENT, { count, seed: 1 });
  if (RELEASES > count) await multiplyTo(gateway.ownerUrl, count, RELEASES);
  await gateway.given(
    aRelease('7001/26').dated('2026-06-30').in('EN').in('FR').published(),
    aRelease('7002/26').dated('2026-06-29').in('FR').published(),
    aRelease('7003/26').dated('2026-06-28').in('ES').in('FR').published('ES'),
  );
  line = await openLine(gateway.url);
  browser = await openBrowser();
}, 1_200_000);
afterAll(async () => {
  await browser.close();
  await line.close();
  await gateway.close();
});

async function multiplyTo(url: string, loaded: number, wanted: number): Promise<void> {
  const { multiply } = (await import(MULTIPLY)) as {
    multiply: (client: pg.Client, loaded: number, wanted: number) => Promise<void>;
  };
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await multiply(client, loaded, wanted);
  await client.end();
}

async function openApp(context: BrowserContext, language = 'fr', at = line): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${at.url}/${language}/app`);
  await untilWorker(page);
  return page;
}

const titles = (page: Page) => page.locator('h3 a').allTextContents();
const heading = (page: Page) => page.locator('h1').textContent();
const note = (page: Page) => page.locator('main [role=note]').first().textContent();

const text = (title: string, body: string) => ({ title, body: [body] });

it(`copies ${RELEASES} releases, reads them without a line, and follows what happens meanwhile`, async () => {
  const context = await browser.newContext({ locale: 'fr' });
  const page = await openApp(context);
  const before = line.received();
  const start = performance.now();
  await chooseCopy(page, HAITI);
  await untilComplete(page, 1, 600_000);
  const seconds = (performance.now() - start) / 1000;
  const bytes = line.received() - before;
  const { usage } = await page.evaluate<{ usage: number }>('navigator.storage.estimate()');
  const count = (await readStore(page, 'summaries')).length;
  const size = (n: number) => `${(n / 1_000_000).toFixed(1)} MB`;
  process.stdout.write(
    `First copy of ${count} releases for fr-HT: ${seconds.toFixed(1)} s, ${size(bytes)} over the line, ${size(usage)} stored\n`,
  );
  expect(count).toBeGreaterThanOrEqual(RELEASES);

  await page.goto(`${line.url}/fr?q=coop%C3%A9ration`);
  const online = await titles(page);
  const onlineCount = await page.locator('#results').textContent();
  await line.cut();
  await context.setOffline(true);

  await page.goto(`${line.url}/fr`);
  expect(await titles(page)).toHaveLength(20);
  expect(await note(page)).toContain('la copie de cet appareil');
  const slugs = await page.locator('h3 a').evaluateAll((links) => {
    return links.map((link) => (link as unknown as { href: string }).href);
  });
  await page.locator('a[rel=next]').click();
  const second = await titles(page);
  expect(second).toHaveLength(20);
  expect(await page.locator('a[rel=prev]').count()).toBe(1);

  const searched = performance.now();
  await page.goto(`${line.url}/fr?q=coop%C3%A9ration`);
  process.stdout.write(`Offline search: ${(performance.now() - searched).toFixed(0)} ms\n`);
  expect(performance.now() - searched).toBeLessThan(2_000);
  expect(await titles(page)).toEqual(online);
  expect(await page.locator('#results').textContent()).toBe(onlineCount);

  for (const address of slugs.slice(0, 3)) {
    await page.goto(address);
    expect(await page.locator('article').count()).toBe(1);
    expect(await note(page)).toContain('la copie de cet appareil');
  }
  // Spanish is not in the copy.
  await page.locator('header a[hreflang=es]').click();
  expect(await heading(page)).toBe('No disponible sin conexión');

  await gateway.given(aRelease('7004/26').dated('2026-06-30').in('EN').in('FR').published());
  await staff.revise(
    '7002/26',
    'SUBSTANTIVE',
    text('Title of 7002/26 in FR', 'Paragraphe corrigé.'),
    'APPROVED',
  );
  await office.publish('7002/26', {
    correctionNotes: [{ locale: 'FR', text: 'La date était fausse.' }],
  });
  await staff.retract('7001/26');
  await staff.publish('7003/26', ['FR']);
  await context.setOffline(false);
  await line.restore();
  await page.goto(`${line.url}/fr`);
  await page.locator('.app-news li').nth(3).waitFor({ timeout: 60_000 });
  const news = (await page.locator('.app-news li').allTextContents()).sort();
  expect(news).toEqual([
    'Corrigé\u00a0: Title of 7002/26 in FR',
    'Désormais en français\u00a0: Title of 7003/26 in FR',
    'Nouveau\u00a0: Title of 7004/26 in FR',
    'Retiré\u00a0: Title of 7001/26 in FR',
  ]);
  const announced = (await page.locator('.app-status').textContent()) ?? '';
  for (const word of ['Corrigé', 'Désormais', '1 nouveau', 'Retiré']) {
    expect(announced).toContain(word);
  }

  await page.goto(`${line.url}/fr/app`);
  const correction = page.locator('.app-news li', { hasText: 'Corrigé' });
  await correction.waitFor();
  expect(await correction.locator('.app-note').textContent()).toBe('La date était fausse.');
  expect(await correction.locator('ins').allTextContents()).not.toEqual([]);
  expect(await correction.locator('del').allTextContents()).not.toEqual([]);

  const other = await browser.newContext({ locale: 'fr' });
  const fresh = await openApp(other);
  await chooseCopy(fresh, HAITI);
  await untilComplete(fresh, 1, 600_000);
  expect(await copiedReleases(page)).toEqual(await copiedReleases(fresh));
  const retracted = (await readStore<StoredRelease>(page, 'releases')).filter(
    ({ localized }) => localized.release.number === '7001/26',
  );
  expect(retracted).toEqual([]);

  // While the page is open, what is published arrives without a reload.
  await gateway.given(aRelease('7005/26').dated('2026-06-30').in('FR').published());
  await page.locator('.app-news li', { hasText: '7005/26' }).waitFor({ timeout: 60_000 });
  await page.locator('.app-news button').click();
  await page.locator('.app-news').waitFor({ state: 'hidden' });
  expect(await readStore(page, 'news')).toEqual([]);
  await other.close();
  await context.close();
}, 1_200_000);

it('goes on with a first copy in whose middle its tab was killed, and fetches nothing twice', async () => {
  const context = await browser.newContext({ locale: 'fr' });
  const first = await openApp(context);
  const requests = (page: Page) => {
    const cursors: (string | null)[] = [];
    page.on('request', (request) => {
      const body = request.postDataJSON() as {
        operationName: string;
        variables: { since: string | null };
      } | null;
      if (body?.operationName === 'AppChanges') cursors.push(body.variables.since);
    });
    return cursors;
  };
  const before = requests(first);
  await chooseCopy(first, HAITI);
  await until(first, `document.querySelector('progress')?.value >= 100`);
  await first.close({ runBeforeUnload: false });
  const second = await context.newPage();
  const after = requests(second);
  await second.goto(`${line.url}/fr/app`);
  await untilComplete(second, 1, 600_000);
  // Nothing but the page that was under way when the tab was killed.
  const again = after.filter((cursor) => before.includes(cursor));
  expect(before[0]).toBeNull();
  expect(after[0]).not.toBeNull();
  expect(again.length).toBeLessThanOrEqual(1);
  const ids = (await readStore<StoredRelease>(second, 'releases')).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThanOrEqual(RELEASES);
  await context.close();
}, 1_200_000);

describe('drafts', () => {
  it('and what is scheduled are nowhere in the copy', async () => {
    await gateway.given(
      aRelease('7101/26').in('FR', text('Brouillon axolotl', 'Texte sous embargo, axolotl.')),
      aRelease('7102/26').in('FR', text('Prévu axolotl', 'Texte prévu, axolotl.')),
    );
    await staff.translate('7002/26', 'EN', text('A draft of axolotl', 'Another axolotl.'));
    const at = new Date(Date.now() + 30 * 86_400_000).toISOString();
    await office.publish('7102/26', { at });
    const context = await browser.newContext({ locale: 'fr' });
    const page = await openApp(context);
    await chooseCopy(page, { locales: ['FR', 'EN'], audience: 'HT', room: 'YEAR' });
    await untilComplete(page, 2);
    for (const store of ['releases', 'summaries', 'vectors', 'news', 'reference', 'copies']) {
      expect(JSON.stringify(await readStore(page, store)).toLowerCase()).not.toContain('axolotl');
    }
    await context.close();
  });
});

describe('a change of the choice', () => {
  it('makes a copy beside the old one, which is read until the new one is complete', async () => {
    const context = await browser.newContext({ locale: 'fr' });
    const page = await openApp(context);
    await chooseCopy(page, { locales: ['FR'], audience: 'HT', room: 'YEAR' });
    await untilComplete(page, 1);
    await line.cut();
    await chooseCopy(page, { locales: ['ES'], audience: '', room: 'YEAR' });
    await page
      .locator('[data-app-state]', { hasText: 'servidor' })
      .or(page.locator('[data-app-state]', { hasText: 'serveur' }))
      .waitFor();
    await page.goto(`${line.url}/fr`);
    expect((await titles(page)).length).toBeGreaterThan(0);
    await line.restore();
    await page.goto(`${line.url}/es/app`);
    await untilComplete(page, 1);
    const copies = await readStore<{ locale: string }>(page, 'copies');
    expect(copies.map(({ locale }) => locale)).toEqual(['ES']);
    await page.locator('[data-app-remove]').click();
    await page.locator('[data-app-copy]').waitFor({ state: 'hidden' });
    expect(await readStore(page, 'releases')).toEqual([]);
    await context.close();
  });
});

describe('a gateway below a path', () => {
  it('has its app there, and leaves the rest of the host alone', async () => {
    const path = '/press';
    let below: Line | null = null;
    const inner = await createTestApp({
      pages: true,
      site: { publicUrl: 'http://127.0.0.1:1/press', releaseUrl: '{PUBLIC_URL}/{lang}/{slug}' },
    });
    const context = await browser.newContext({ locale: 'fr' });
    try {
      await inner.given(aRelease('1/26').dated('2026-05-01').in('FR').published());
      below = await openLine(inner.url, path);
      const page = await openApp(context, 'fr', below);
      await chooseCopy(page, { locales: ['FR'] });
      await untilComplete(page, 1);
      const scopes = await page.evaluate<string[]>(
        'navigator.serviceWorker.getRegistrations().then((all) => all.map(({ scope }) => scope))',
      );
      expect(scopes).toEqual([`${below.url}/`]);
      await below.cut();
      await page.goto(`${below.url}/fr`);
      expect(await titles(page)).toEqual(['Title of 1/26 in FR']);
      await page.locator('h3 a').click();
      expect(page.url()).toContain(`${path}/fr/1-26-`);
      expect(await heading(page)).toBe('Title of 1/26 in FR');
      expect(await page.evaluate('document.styleSheets[0].cssRules.length')).toBeGreaterThan(0);
    } finally {
      await context.close();
      await inner.close();
    }
  });
});

/** The rules that the page in the browser breaks, with the first element each. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate<string[]>(`axe.run().then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`);
}

describe.each([
  ['light', { width: 360, height: 740 }],
  ['dark', { width: 1280, height: 900 }],
  ['light', { width: 1280, height: 900 }],
  ['dark', { width: 360, height: 740 }],
] as const)('in %s, at %o', (colorScheme, viewport) => {
  it.each(LANGUAGES)('the pages of the app in %s are accessible', async (language) => {
    const options = { colorScheme, viewport, locale: language };
    const { page, hosts, errors, close } = await openPage(browser, options);
    await page.goto(`${line.url}/${language}/app`);
    await untilWorker(page);
    const check = async (name: string) => {
      expect([name, await violations(page)]).toEqual([name, []]);
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect([name, overflow]).toEqual([name, 0]);
    };
    await check('before the choice');
    const locales = [language.toUpperCase()];
    await chooseCopy(page, { locales, audience: 'HT', room: 'YEAR' });
    await untilComplete(page, 1);
    await check('with a copy');
    expect(errors).toEqual([]);
    await line.cut();
    for (const path of [`/${language}`, `/${language}?q=OEA`, `/${language}/app`]) {
      await page.goto(`${line.url}${path}`);
      await check(path);
    }
    await page.goto(`${line.url}/${language}`);
    await page.locator('h3 a').first().click();
    await check('a release');
    expect(await page.evaluate('document.documentElement.lang')).toBe(language);
    await line.restore();
    // A browser reports each request without a connection; nothing else is an error.
    expect(errors.filter((error) => !error.includes('net::ERR_'))).toEqual([]);
    expect([...hosts]).toEqual([new URL(line.url).host]);
    await close();
  });
});
