import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A real Chromium: that of CHROMIUM_PATH, or Debian's. */
export function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: FLAGS });
}

export interface WatchedPage {
  readonly page: Page;
  /** The hosts that the page has sent a request to. */
  readonly hosts: ReadonlySet<string>;
  /** What the browser has reported as an error: scripts that fail, and what the policy refuses. */
  readonly errors: readonly string[];
  readonly close: () => Promise<void>;
}

/** A page of a visitor of their own. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const hosts = new Set<string>();
  const errors: string[] = [];
  const note = (address: string): void => {
    const { host, protocol } = new URL(address);
    if (/^(https?|wss?):$/.test(protocol)) hosts.add(host);
  };
  page.on('request', (request) => note(request.url()));
  page.on('websocket', (socket) => note(socket.url()));
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return { page, hosts, errors, close: () => context.close() };
}

/** An empty page of another origin, as that of an app. */
export async function serveOtherOrigin(): Promise<{ origin: string; close: () => void }> {
  const server = createServer((_request, response) => {
    // With an icon of its own, or the browser would request /favicon.ico.
    const html = '<!doctype html><title>An app</title><link rel="icon" href="data:," />';
    response.setHeader('content-type', 'text/html').end(html);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => void server.close() };
}
