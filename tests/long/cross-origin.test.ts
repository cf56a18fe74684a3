import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { openBrowser, openPage, serveOtherOrigin } from '../support/browser.js';
import { sha256 } from '../support/persisted.js';

const LIST = '{ releases(first: 5) { nodes { number } } }';
const RELEASE = '{ release(number: "9001/12") { number } }';
/** With a cursor that is none, the whole copy comes: so the release is in the first page. */
const LIVE = 'subscription { releaseChanged(since: "none") { changes { number } } }';

let browser: Browser;
let other: Awaited<ReturnType<typeof serveOtherOrigin>>;
/** Any page may read. */
let open: TestApp;
/** Only pages of another origin than that of the page. */
let narrow: TestApp;
/** Only pages of the origin of the page. */
let named: TestApp;

beforeAll(async () => {
  browser = await openBrowser();
  other = await serveOtherOrigin();
  open = await createTestApp();
  narrow = await createTestApp({ corsOrigins: ['https://www.example.org'] });
  named = await createTestApp({ corsOrigins: [other.origin] });
  for (const app of [open, narrow, named]) {
    await app.given(aRelease('9001/12').in('EN').in('FR').published());
  }
});
afterAll(async () => {
  await browser.close();
  other.close();
  await open.close();
  await narrow.close();
  await named.close();
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
    const stream = new EventSource('${gateway}?query=' + encodeURIComponent('${LIVE}'));
    stream.addEventListener('next', ({ data }) => (stream.close(), resolve(data)));
    stream.onerror = () => (stream.close(), reject(new Error('refused')));
  })`,
  'a WebSocket': (gateway) => `new Promise((resolve, reject) => {
    const socket = new WebSocket('${gateway.replace('http', 'ws')}', 'graphql-transport-ws');
    socket.onopen = () => socket.send(JSON.stringify({ type: 'connection_init' }));
    socket.onmessage = ({ data }) => {
      const { type } = JSON.parse(data);
      if (type === 'next') return socket.close(), resolve(data);
      const payload = { query: '${LIVE}' };
      socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload }));
    };
    socket.onclose = socket.onerror = () => reject(new Error('refused'));
  })`,
  'a feed': (gateway) =>
    `fetch('${new URL('/feeds/fr.json', gateway).href}').then((response) => response.text())`,
};

const act = (page: Page, script: string) => page.evaluate<string>(script);

describe('a page on another port', () => {
  beforeAll(async () => {
    // The text is sent once; from then on the hash is enough.
    for (const app of [open, narrow, named]) {
      const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(RELEASE) } };
      await fetch(app.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: RELEASE, extensions }),
      });
    }
  });

  const names = Object.keys(ACTIONS);
  const hostsOf = (app: TestApp) => [other.origin, app.url].map((url) => new URL(url).host).sort();

  it.each(names)('may read %s, and sends no request to a third host', async (name) => {
    const { page, hosts, errors, close } = await openPage(browser, { locale: 'fr-CA' });
    await page.goto(other.origin);
    expect(await act(page, ACTIONS[name]?.(open.url) ?? '')).toContain('9001/12');
    expect([...hosts].sort()).toEqual(hostsOf(open));
    expect(errors).toEqual([]);
    await close();
  });

  it.each(names)('may read %s where CORS_ORIGINS names its origin', async (name) => {
    const { page, hosts, errors, close } = await openPage(browser);
    await page.goto(other.origin);
    expect(await act(page, ACTIONS[name]?.(named.url) ?? '')).toContain('9001/12');
    expect([...hosts].sort()).toEqual(hostsOf(named));
    expect(errors).toEqual([]);
    await close();
  });

  it.each(names)('is refused %s where CORS_ORIGINS names others', async (name) => {
    const { page, hosts, errors, close } = await openPage(browser);
    await page.goto(other.origin);
    await expect(act(page, ACTIONS[name]?.(narrow.url) ?? '')).rejects.toThrow(
      /Failed to fetch|refused/,
    );
    const reason = name === 'a WebSocket' ? /Unexpected response code: 403/ : /CORS policy/;
    expect(errors.join('\n')).toMatch(reason);
    expect([...hosts].sort()).toEqual(hostsOf(narrow));
    await close();
  });
});
