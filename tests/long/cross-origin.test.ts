import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { openBrowser, openPage, serveOtherOrigin } from '../support/browser.js';
import { sha256 } from '../support/persisted.js';

const LIST = '{ releases(first: 5) { nodes { number } } }';
const RELEASE = '{ release(number: "9001/12") { number } }';

let browser: Browser;
let other: Awaited<ReturnType<typeof serveOtherOrigin>>;
/** Any page may read. */
let open: TestApp;
/** Only pages of an origin that is not ours. */
let narrow: TestApp;

beforeAll(async () => {
  browser = await openBrowser();
  other = await serveOtherOrigin();
  open = await createTestApp();
  narrow = await createTestApp({ corsOrigins: ['https://www.example.org'] });
  for (const app of [open, narrow]) {
    await app.given(aRelease('9001/12').in('EN').in('FR').published());
  }
});
afterAll(async () => {
  await browser.close();
  other.close();
  await open.close();
  await narrow.close();
});

/** What a page of another port does, by name; each resolves with something that it has read. */
const ACTIONS: Record<string, (gateway: string) => string> = {
  'a list by POST': (gateway) => `fetch('${gateway}', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'fr' },
    body: JSON.stringify({ query: '${LIST}' }),
  }).then((response) => response.text())`,
  'a release by GET': (gateway) =>
    `fetch('${gateway}?query=' + encodeURIComponent('${RELEASE}')).then((response) => response.text())`,
  'a release by hash': (gateway) =>
    `fetch('${gateway}?extensions=' + encodeURIComponent(JSON.stringify({
      persistedQuery: { version: 1, sha256Hash: '${sha256(RELEASE)}' },
    }))).then((response) => response.text())`,
  'an event stream': (gateway) => `new Promise((resolve, reject) => {
    const query = encodeURIComponent('subscription { releaseChanged { cursor } }');
    const stream = new EventSource('${gateway}?query=' + query);
    stream.addEventListener('next', ({ data }) => (stream.close(), resolve(data + '9001/12')));
    stream.onerror = () => (stream.close(), reject(new Error('refused')));
  })`,
  'a WebSocket': (gateway) => `new Promise((resolve, reject) => {
    const socket = new WebSocket('${gateway.replace('http', 'ws')}', 'graphql-transport-ws');
    socket.onopen = () => socket.send(JSON.stringify({ type: 'connection_init' }));
    socket.onmessage = ({ data }) => (socket.close(), resolve(data + '9001/12'));
    socket.onclose = socket.onerror = () => reject(new Error('refused'));
  })`,
  'a feed': (gateway) =>
    `fetch('${new URL('/feeds/fr.json', gateway).href}').then((response) => response.text())`,
};

const act = (page: Page, script: string) => page.evaluate<string>(script);

describe('a page on another port', () => {
  beforeAll(async () => {
    // The text is sent once; from then on the hash is enough.
    for (const app of [open, narrow]) {
      const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(RELEASE) } };
      await fetch(app.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: RELEASE, extensions }),
      });
    }
  });

  it.each(Object.keys(ACTIONS))('may read %s, and asks no third host', async (name) => {
    const { page, hosts, errors, close } = await openPage(browser, { locale: 'fr-CA' });
    await page.goto(other.origin);
    expect(await act(page, ACTIONS[name]?.(open.url) ?? '')).toContain('9001/12');
    const known = [new URL(other.origin).host, new URL(open.url).host].sort();
    expect([...hosts].sort()).toEqual(known);
    expect(errors.filter((error) => !error.includes('favicon'))).toEqual([]);
    await close();
  });

  it.each(Object.keys(ACTIONS))('is refused %s where CORS_ORIGINS names others', async (name) => {
    const { page, close } = await openPage(browser);
    await page.goto(other.origin);
    await expect(act(page, ACTIONS[name]?.(narrow.url) ?? '')).rejects.toThrow();
    await close();
  });
});
