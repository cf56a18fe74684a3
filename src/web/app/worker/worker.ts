/** The service worker: pages from the network, or else rendered from the copy. */
import { LOCALES } from '../../../kernel/locale.js';
import { isOwnPosition } from '../offline/position.js';
import type { OfflineRequest, OfflineResponse } from '../offline/offline.types.js';
import { bundlePaths } from '../bundle-paths.js';
import { routeOf } from './routes.js';

interface WorkerEvent extends Event {
  waitUntil(done: Promise<unknown>): void;
}

interface FetchEvent extends WorkerEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

interface WorkerScope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  readonly navigator: Navigator;
  /** The names of the built files, which the gateway writes before this script. */
  readonly siteFiles: {
    readonly stylesheet: string;
    readonly script: string;
    /** The scripts that define `renderOffline`, in their order. */
    readonly renderer: readonly string[];
    /** All that a page needs without a connection. */
    readonly stored: readonly string[];
    /** The policy of the pages. */
    readonly headers: Readonly<Record<string, string>>;
  };
  /** Defined by the renderer, once it is imported. */
  readonly renderOffline?: (request: OfflineRequest) => Promise<OfflineResponse>;
  skipWaiting(): Promise<void>;
  addEventListener(name: 'install' | 'activate', listener: (event: WorkerEvent) => void): void;
  addEventListener(name: 'fetch', listener: (event: FetchEvent) => void): void;
}

declare const self: WorkerScope;
declare function importScripts(...addresses: string[]): void;

const { scope } = self.registration;
const base = new URL(scope).pathname.replace(/\/$/, '');
const { stylesheet, script, renderer, stored, headers: policy } = self.siteFiles;
const CACHE = `site ${base}/`;
/** A reader waits no longer for a page that the copy has. */
const MAX_WAIT_MS = 4_000;
/** Statuses of a server, or of a proxy before it, that is away for now. */
const AWAY = [502, 503, 504];

self.addEventListener('install', (event) => {
  // Browsers store what is imported now, and later import it from there.
  importScripts(...renderer.map(fileAt));
  event.waitUntil(install());
});
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const route = routeOf(request, scope);
  if (route === 'PAGE') event.respondWith(page(request));
  if (route === 'FILE') event.respondWith(file(request));
  if (route === 'TEXTS') event.respondWith(texts(request));
});

function fileAt(name: string): string {
  return `${base}/site/${name}`;
}

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  const texts = LOCALES.flatMap(bundlePaths).map((path) => `${base}${path}`);
  await cache.addAll([...stored.map(fileAt), ...texts]);
  await self.skipWaiting();
}

/** Deletes the files of earlier versions. */
async function activate(): Promise<void> {
  const cache = await caches.open(CACHE);
  const current = stored.map((name) => new URL(fileAt(name), scope).href);
  for (const { url } of await cache.keys()) {
    const isFile = url.startsWith(new URL(fileAt(''), scope).href);
    if (isFile && !current.includes(url)) await cache.delete(url);
  }
  await self.clients.claim();
}

async function page(request: Request): Promise<Response> {
  if (isPageOfCopy(request.url)) {
    const rendered = await fromCopy(request);
    if (rendered.isStored) return rendered.response;
  }
  const network = fetch(request).catch(() => null);
  const first = await Promise.race([network, late()]);
  if (first instanceof Response && !AWAY.includes(first.status)) return first;
  const rendered = await fromCopy(request);
  if (rendered.isStored) return rendered.response;
  return (await network) ?? rendered.response;
}

/** A page of a list that began in the copy goes on there. */
function isPageOfCopy(url: string): boolean {
  const { searchParams } = new URL(url);
  return ['after', 'before'].some((name) => isOwnPosition(searchParams.get(name) ?? ''));
}

function late(): Promise<'LATE'> {
  return new Promise((resolve) => setTimeout(() => resolve('LATE'), MAX_WAIT_MS));
}

async function fromCopy({ url }: Request): Promise<{ isStored: boolean; response: Response }> {
  if (!self.renderOffline) importScripts(...renderer.map(fileAt));
  const render = self.renderOffline;
  if (!render) throw new Error('The renderer is missing');
  const { languages } = self.navigator;
  const rendered = await render({ url, base, stylesheet, script, languages, readJson });
  if ('redirect' in rendered) {
    const address = new URL(rendered.redirect, url).href;
    return { isStored: true, response: Response.redirect(address, 302) };
  }
  const { html, isStored, language } = rendered;
  const type = 'text/html; charset=utf-8';
  const headers = { ...policy, 'content-type': type, 'content-language': language };
  return { isStored, response: new Response(html, { status: isStored ? 200 : 503, headers }) };
}

async function readJson(path: string): Promise<object> {
  const response = await caches.match(`${base}${path}`, { cacheName: CACHE });
  if (!response) throw new Error(`${path} is not stored`);
  return (await response.json()) as object;
}

/** Its name changes with its content. */
async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { cacheName: CACHE })) ?? fetch(request);
}

async function texts(request: Request): Promise<Response> {
  try {
    const response = await fetch(request);
    if (response.ok) await (await caches.open(CACHE)).put(request, response.clone());
    return response;
  } catch (error) {
    const known = await caches.match(request, { cacheName: CACHE });
    if (!known) throw error;
    return known;
  }
}
