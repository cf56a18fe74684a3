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
/** A browser takes about a second for each. */
const MAX_RELEASES = 4;
/** Its French text is missing, so that Haiti gets a fallback. */
const FALLBACK =
  '9002-13-five-caribbean-states-rehearse-school-evacuations-ahead-of-the-hurricane-season';

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

/** The rules that the page in the browser breaks, with the first element each. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate<string[]>(`axe.run().then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`);
}

async function pathsOf(language: string): Promise<string[]> {
  const own = (await releases()).flatMap(({ alternates }) => {
    return alternates.filter(({ locale }) => locale === language.toUpperCase());
  });
  return [
    `/${language}`,
    `/${language}?q=OEA+OR+OAS`,
    `/${language}?audience=HT`,
    `/${language}/languages`,
    `/${language}/${FALLBACK}`,
    `/${language}/no-release`,
    ...own.slice(0, MAX_RELEASES).map(({ slug }) => `/${language}/${slug}`),
  ];
}

describe.each([
  ['light', NARROW, false],
  ['dark', WIDE, false],
  ['light', WIDE, true],
  ['dark', NARROW, true],
] as const)('in %s, at %o, with scripts: %s', (colorScheme, viewport, javaScriptEnabled) => {
  it.each(LANGUAGES)('the pages in %s are accessible and stay on this host', async (language) => {
    // axe is a script that the test runs itself: the pages have none.
    for (const path of await pathsOf(language)) {
      const options = { colorScheme, viewport, locale: language, javaScriptEnabled };
      const { page, hosts, errors, close } = await openPage(browser, options);
      await page.goto(new URL(path, gateway.url).href);
      if (javaScriptEnabled) expect([path, await violations(page)]).toEqual([path, []]);
      const isMissing = path.endsWith('no-release');
      expect([path, errors.length]).toEqual([path, isMissing ? 1 : 0]);
      expect([...hosts]).toEqual([new URL(gateway.url).host]);
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect([path, overflow]).toEqual([path, 0]);
      await close();
    }
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
    for (const path of await pathsOf(language)) {
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
