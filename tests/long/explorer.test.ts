import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { openBrowser, openPage, type WatchedPage } from '../support/browser.js';

const NARROW = { width: 390, height: 844 };
const WIDE = { width: 1280, height: 800 };

let gateway: TestApp;
let browser: Browser;

beforeAll(async () => {
  gateway = await createTestApp();
  await gateway.given(aRelease('9001/12').in('EN').in('FR').published());
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await gateway.close();
});

async function openExplorer(options: Parameters<typeof openPage>[1]): Promise<WatchedPage> {
  const watched = await openPage(browser, options);
  await watched.page.goto(gateway.url);
  await watched.page.waitForSelector('.graphiql-query-editor .view-line');
  return watched;
}

const tab = (page: Page, name: string) =>
  page.locator('.graphiql-tab-button', { hasText: new RegExp(`^${name}$`) }).click();
const run = (page: Page) => page.locator('.graphiql-execute-button').click();

/** Monaco renders spaces as no-break spaces, and only the lines in view. */
async function textOf(page: Page, selector: string): Promise<string> {
  const lines = await page.locator(`${selector} .view-line`).allInnerTexts();
  return lines.join('\n').replaceAll('\u00a0', ' ');
}

const waitForResponse = (page: Page, text: string) =>
  page.locator('.graphiql-response', { hasText: text }).waitFor();

describe('the explorer', () => {
  it.each([
    ['en-US', 'en', 'The newest releases', 'light', WIDE],
    ['es-MX', 'es', 'Los comunicados más recientes', 'dark', NARROW],
    ['fr-CA', 'fr', 'Les derniers communiqués', 'dark', WIDE],
    ['pt-BR', 'pt', 'As notas mais recentes', 'light', NARROW],
  ] as const)(
    'in %s speaks that language and runs the first query without leaving this host',
    async (locale, languageTag, comment, colorScheme, viewport) => {
      const { page, hosts, errors, close } = await openExplorer({ locale, colorScheme, viewport });
      expect(await page.getAttribute('html', 'lang')).toBe(languageTag);
      const query = await textOf(page, '.graphiql-query-editor');
      // Lines of a comment begin with `#`; where the editor wraps them, with nothing.
      expect(query.replaceAll(/\n(# )?/g, ' ').replaceAll(/ +/g, ' ')).toContain(comment);
      await run(page);
      await waitForResponse(page, '"totalCount": 1');
      expect([...hosts]).toEqual([new URL(gateway.url).host]);
      expect(errors).toEqual([]);
      const ground = await page.evaluate<string>(
        `getComputedStyle(document.querySelector('.graphiql-container')).backgroundColor`,
      );
      const brightness = ground.match(/\d+/g)?.slice(0, 3).map(Number) ?? [];
      expect(Math.max(...brightness) < 128).toBe(colorScheme === 'dark');
      await close();
    },
  );

  it('marks no French apostrophe and no no-break space as suspicious', async () => {
    const { page, close } = await openExplorer({ locale: 'fr-FR', viewport: WIDE });
    await tab(page, 'ProvenanceOfAFallback');
    await page.locator('.graphiql-query-editor', { hasText: '’' }).waitFor();
    expect(await page.locator('.unicode-highlight').count()).toBe(0);
    await close();
  });

  it("sends the browser's languages and no others", async () => {
    const { page, close } = await openExplorer({ locale: 'pt-BR', viewport: WIDE });
    const sent = page.waitForRequest((request) => request.postData()?.includes('yours') ?? false);
    await tab(page, 'FourLanguagesAtOnce');
    await run(page);
    expect((await (await sent).allHeaders())['accept-language']).toMatch(/^pt-BR/);
    await close();
  });

  it('runs a subscription, which goes on', async () => {
    const { page, errors, close } = await openExplorer({ locale: 'en-US', viewport: WIDE });
    await tab(page, 'Live');
    await run(page);
    await waitForResponse(page, '"changes": []');
    await gateway.given(aRelease('9002/12').in('EN').in('FR').published());
    await waitForResponse(page, '"F-9002/12"');
    expect(errors).toEqual([]);
    await close();
  });

  it('runs the first copy, and a mutation with a token', async () => {
    const { page, close } = await openExplorer({ locale: 'en-US', viewport: WIDE });
    await tab(page, 'FirstCopy');
    await run(page);
    await waitForResponse(page, '"hasMore": false');
    const { authorization } = await gateway.as('EDITOR').headers();
    await tab(page, 'CreateDraft');
    await page.getByRole('button', { name: 'Headers' }).click();
    await page.locator('.graphiql-editor-tool .graphiql-editor:visible .view-lines').click();
    // To the end of TOKEN, in the line before the last.
    for (const key of ['ControlOrMeta+End', 'ArrowUp', 'End', 'ArrowLeft']) {
      await page.keyboard.press(key);
    }
    const length = 'TOKEN'.length;
    for (let left = length; left > 0; left -= 1) await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.insertText(String(authorization).replace('Bearer ', ''));
    await run(page);
    await waitForResponse(page, '"ReleasePayload"');
    await close();
  });

  it.each([
    ['a query', 'query FromAddress { releases(first: 1) { totalCount } }', '"totalCount"'],
    [
      'a mutation',
      'mutation FromAddress { retract(input: { releaseId: "x", reason: "An error" }) { __typename } }',
      '"UNAUTHENTICATED"',
    ],
    ['a subscription', 'subscription FromAddress { releaseChanged { cursor } }', '"cursor"'],
  ])('shows %s of the address, and runs it only at the button', async (_, query, response) => {
    const { page, errors, close } = await openPage(browser, { locale: 'en-US', viewport: WIDE });
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.isNavigationRequest() || !request.url().startsWith(gateway.url)) return;
      if (new URL(request.url()).pathname !== '/graphql') return;
      sent.push(request.postData() ?? request.url());
    });
    page.on('websocket', (socket) => sent.push(socket.url()));
    const parameters = new URLSearchParams({ query, variables: '{ "unused": 1 }' });
    await page.goto(`${gateway.url}?${parameters.toString()}`);
    await page.locator('.graphiql-query-editor', { hasText: 'FromAddress' }).waitFor();
    await page.waitForLoadState('networkidle');
    expect((await textOf(page, '.graphiql-query-editor')).replaceAll(/\s+/g, ' ')).toContain(query);
    expect(sent.filter((text) => !text.includes('IntrospectionQuery'))).toEqual([]);
    expect(await page.locator('.graphiql-response .view-line').allInnerTexts()).toEqual(['']);

    await run(page);
    await waitForResponse(page, response);
    const operations = sent.filter((text) => !text.includes('IntrospectionQuery'));
    expect(operations).toHaveLength(1);
    expect(operations[0]).toContain('FromAddress');
    expect(errors.filter((error) => !error.includes('401'))).toEqual([]);
    await close();
  });

  it.each(['en-US', 'es-MX', 'fr-CA', 'pt-BR'])(
    'lets the editor wrap the comments in 360 pixels, in %s',
    async (locale) => {
      const viewport = { width: 360, height: 720 };
      const { page, close } = await openExplorer({ locale, viewport });
      const lines = (await textOf(page, '.graphiql-query-editor')).split('\n');
      const comment = lines.slice(
        0,
        lines.findIndex((line) => line.startsWith('query')),
      );
      expect(comment.length).toBeGreaterThan(4);
      // Only a line that was broken before the editor wraps it begins with another `#`.
      expect(comment.filter((line) => line.startsWith('#'))).toHaveLength(1);
      await close();
    },
  );

  it('fits into 390 pixels: the response below the query, nothing cut off', async () => {
    const { page, close } = await openExplorer({ locale: 'fr-FR', viewport: NARROW });
    await run(page);
    await waitForResponse(page, '"data"');
    const box = async (selector: string) => {
      const found = await page.locator(selector).boundingBox();
      if (!found) throw new Error(`${selector} is not shown`);
      return found;
    };
    const [editor, response, button] = await Promise.all(
      ['.graphiql-query-editor', '.graphiql-response', '.graphiql-execute-button'].map(box),
    );
    if (!editor || !response || !button) throw new Error('something is missing');
    expect(response.y).toBeGreaterThan(editor.y + editor.height - 1);
    for (const { x, width } of [editor, response, button]) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(NARROW.width);
    }
    expect(editor.width).toBeGreaterThan(340);
    expect(response.height).toBeGreaterThan(200);
    const overflow = await page.evaluate<number>(
      'document.documentElement.scrollWidth - window.innerWidth',
    );
    expect(overflow).toBeLessThanOrEqual(0);
    await close();
  });
});

describe('the front page', () => {
  it('leads to the explorer, with nothing refused by its own policy', async () => {
    const { page, hosts, errors, close } = await openPage(browser, { locale: 'fr-CA' });
    await page.goto(new URL('/', gateway.url).href);
    await page.getByRole('link', { name: /Explorateur/ }).click();
    await page.waitForSelector('.graphiql-query-editor .view-line');
    expect([...hosts]).toEqual([new URL(gateway.url).host]);
    expect(errors).toEqual([]);
    await close();
  });
});
