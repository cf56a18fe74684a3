import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axe from 'axe-core';
import { HtmlValidate } from 'html-validate';
import type { Browser, Page } from 'playwright-core';

import { loadDemo } from '../../src/cli/demo.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { openBrowser, openPage } from '../support/browser.js';
import { getPage } from '../support/site.js';

const NARROW = { width: 360, height: 740 };
const WIDE = { width: 1280, height: 900 };
const LANGUAGES = ['en', 'es', 'fr', 'pt'];
const MAX_PAGE_BYTES = 30_000;
/** For each language a release that is missing in it, and a language that it is published in. */
const MISSING_IN: Readonly<Record<string, readonly [number: string, language: string]>> = {
  en: ['9009/21', 'pt'],
  es: ['9009/21', 'pt'],
  fr: ['9002/13', 'en'],
  pt: ['FNE-9008', 'en'],
};

let gateway: TestApp;
let browser: Browser;

beforeAll(async () => {
  gateway = await createTestApp({ pages: true });
  await loadDemo(gateway.database.dataSource);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await gateway.close();
});

interface Release {
  readonly alternates: readonly { readonly locale: string; readonly slug: string }[];
}

async function releases(): Promise<readonly Release[]> {
  const { data } = await gateway.query<{ releases: { nodes: Release[] } }>(
    '{ releases(first: 100) { nodes { alternates { locale slug } } } }',
  );
  return data.releases.nodes;
}

/** The rules of axe that the page in the browser breaks, with the first element each. */
async function violations(page: Page, options: object): Promise<string[]> {
  return page.evaluate<string[]>(`axe.run(${JSON.stringify(options)}).then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`);
}

/** The same page in the ways that readers look at it. */
const VIEWS = [
  { colorScheme: 'light', forcedColors: 'none', viewport: WIDE },
  { colorScheme: 'dark', forcedColors: 'none', viewport: WIDE },
  { colorScheme: 'light', forcedColors: 'none', viewport: NARROW },
  { colorScheme: 'dark', forcedColors: 'none', viewport: NARROW },
  { colorScheme: 'dark', forcedColors: 'active', viewport: NARROW },
] as const;

/** Forced colors are the system's own: a page cannot choose their contrast. */
const RULES = {
  none: {},
  active: { rules: { 'color-contrast': { enabled: false } } },
} as const;

const QUERY = `query($number: String!) { release(number: $number) { alternates { locale slug } } }`;

async function slugOf(number: string, language: string): Promise<string> {
  const { data } = await gateway.query<{ release: Release }>(QUERY, { variables: { number } });
  const locale = language.toUpperCase();
  const found = data.release.alternates.find((alternate) => alternate.locale === locale);
  if (!found) throw new Error(`${number} is not published in ${language}`);
  return found.slug;
}

/** The kinds of pages in one language. */
async function pathsOf(language: string): Promise<Record<string, string>> {
  const [missing, shown] = MISSING_IN[language] ?? ['', ''];
  return {
    list: `/${language}`,
    search: `/${language}?q=OEA+OR+OAS`,
    nothingFound: `/${language}?q=zzzz`,
    audience: `/${language}?audience=HT`,
    languages: `/${language}/languages`,
    app: `/${language}/app`,
    release: `/${language}/${await slugOf('9001/12', language)}`,
    correction: `/${language}/${await slugOf('9010/22', language)}`,
    speech: `/${language}/${await slugOf('26-9007', language)}`,
    fallback: `/${language}/${await slugOf(missing, shown)}`,
    fallbackForHaiti: `/${language}/${await slugOf(missing, shown)}?audience=HT`,
    notFound: `/${language}/no-release`,
  };
}

/** Widths beyond that of the window make a reader scroll sideways. */
const OVERFLOW = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

describe.each(LANGUAGES)('the pages in %s', (language) => {
  it('are accessible in light and dark, narrow and wide, and stay on this host', async () => {
    const { page, hosts, errors, close } = await openPage(browser, { locale: language });
    for (const [kind, path] of Object.entries(await pathsOf(language))) {
      await page.goto(new URL(path, gateway.url).href);
      // axe is a script that the test executes itself.
      await page.evaluate(axe.source);
      for (const { viewport, ...media } of VIEWS) {
        await page.setViewportSize(viewport);
        await page.emulateMedia(media);
        const found = { kind, media, width: viewport.width };
        expect({ ...found, violations: await violations(page, RULES[media.forcedColors]) }).toEqual(
          {
            ...found,
            violations: [],
          },
        );
        expect({ ...found, overflow: await page.evaluate(OVERFLOW) }).toEqual({
          ...found,
          overflow: 0,
        });
      }
    }
    // The browser reports the status of the page that does not exist.
    expect(errors).toEqual([expect.stringContaining('404')]);
    expect([...hosts]).toEqual([new URL(gateway.url).host]);
    await close();
  });

  it('show the same without JavaScript', async () => {
    const [plain, scripted] = await Promise.all(
      [false, true].map((javaScriptEnabled) => openPage(browser, { javaScriptEnabled })),
    );
    // Only the page of the app has a form that needs a script, and says so without one.
    const paths = Object.entries(await pathsOf(language)).filter(([kind]) => kind !== 'app');
    for (const [, path] of paths) {
      const texts = await Promise.all(
        [plain, scripted].map(async (opened) => {
          await opened?.page.goto(new URL(path, gateway.url).href);
          return opened?.page.locator('main').innerText();
        }),
      );
      expect(texts[0]?.length).toBeGreaterThan(50);
      expect([path, texts[0]]).toEqual([path, texts[1]]);
    }
    await Promise.all([plain?.close(), scripted?.close()]);
  });
});

describe('the HTML', () => {
  const validator = new HtmlValidate({
    extends: ['html-validate:standard'],
    // React writes `<br/>`, and some attributes in the capitals of its own properties; both are valid HTML.
    rules: {
      'void-style': 'off',
      'attr-case': 'off',
      'no-inline-style': 'error',
      // The texts of releases are as long as they are.
      'long-title': 'off',
      'no-trailing-whitespace': 'off',
    },
  });

  it.each(LANGUAGES)('in %s is valid and small', async (language) => {
    for (const path of Object.values(await pathsOf(language))) {
      const { html } = await getPage(gateway, path);
      const { results } = await validator.validateString(html);
      const faults = results.flatMap(({ messages }) =>
        messages.map(({ ruleId, message, selector }) => `${ruleId} ${message} ${selector ?? ''}`),
      );
      expect([path, faults]).toEqual([path, []]);
      const { headers } = await getPage(gateway, path, { 'accept-encoding': 'br' });
      expect(Number(headers['content-length'])).toBeLessThan(MAX_PAGE_BYTES);
    }
  });
});

describe('hreflang', () => {
  it('of each page names itself, and each page that it names names it back', async () => {
    const { origin } = new URL(gateway.url);
    const links = new Map<string, string[]>();
    for (const { alternates } of await releases()) {
      for (const { locale, slug } of alternates) {
        const path = `/${locale.toLowerCase()}/${slug}`;
        const { html } = await getPage(gateway, path, { host: new URL(gateway.url).host });
        expect(html).toContain('<script type="application/ld+json">');
        expect(html).toContain('property="og:title"');
        const tags = html.match(/<link rel="alternate" hreflang="[a-z]{2}"[^>]*>/gi) ?? [];
        const named = tags.map((tag) => /href="([^"]*)"/.exec(tag)?.[1] ?? '');
        links.set(`${origin}${path}`, named);
      }
    }
    expect(links.size).toBeGreaterThan(20);
    for (const [address, named] of links) {
      expect(named).toContain(address);
      for (const other of named) expect(links.get(other)).toContain(address);
    }
  });
});
