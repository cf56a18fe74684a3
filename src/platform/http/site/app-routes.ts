import type { FastifyInstance } from 'fastify';

import { type Locale, LOCALES, TAG_OF } from '../../../kernel/locale.js';
import type { Messages } from '../../i18n/messages.js';
import { sendRepresentation } from '../conditional.js';
import type { SiteAddress } from '../site-address.js';

/** Below each language: the description of the installable app. */
export const MANIFEST_NAME = 'app.webmanifest';

const SCRIPT = 'text/javascript; charset=utf-8';
const MANIFEST = 'application/manifest+json; charset=utf-8';
const ACCENT = '#0b3d70';
const ICONS = [
  { src: '/site/icon-192.png', sizes: '192x192', type: 'image/png' },
  { src: '/site/icon-512.png', sizes: '512x512', type: 'image/png' },
  { src: '/site/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  { src: '/favicon.svg', sizes: 'any', type: 'image/svg+xml' },
];

/**
 * The worker of a gateway without pages: it deletes what an earlier one has stored, and itself. Browsers go on with a
 * worker whose script is not found.
 */
const LAST_WORKER = `self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(end()));
async function end() {
  const base = new URL(self.registration.scope).pathname;
  await caches.delete('site ' + base);
  indexedDB.deleteDatabase('releases ' + base);
  await self.registration.unregister();
}
`;

export interface AppRoutesOptions {
  /** The service worker, as a script; null if there are no pages. */
  readonly worker: string | null;
  readonly site: SiteAddress;
  readonly messages: Messages;
}

/** Serves the service worker and, with pages, the description of the app in each language. */
export function registerApp(
  http: FastifyInstance,
  { worker, site, messages }: AppRoutesOptions,
): void {
  const body = worker ?? LAST_WORKER;
  http.get('/sw.js', (request, reply) =>
    sendRepresentation(request, reply, { body, type: SCRIPT, ...CONSTANT }),
  );
  if (worker === null) return;
  for (const locale of LOCALES) {
    http.get(`/${TAG_OF[locale]}/${MANIFEST_NAME}`, (request, reply) => {
      const manifest = JSON.stringify(manifestOf(locale, site.basePath, messages));
      return sendRepresentation(request, reply, { body: manifest, type: MANIFEST, ...CONSTANT });
    });
  }
}

const CONSTANT = { languages: [], lastModified: null };

function manifestOf(locale: Locale, base: string, messages: Messages): object {
  const tag = TAG_OF[locale];
  return {
    id: `${base}/`,
    lang: tag,
    dir: 'ltr',
    name: messages.text(locale, 'site:title'),
    short_name: messages.text(locale, 'site:app.shortName'),
    description: messages.text(locale, 'site:description'),
    start_url: `${base}/${tag}`,
    scope: `${base}/`,
    display: 'standalone',
    theme_color: ACCENT,
    background_color: '#ffffff',
    icons: ICONS.map((icon) => ({ ...icon, src: `${base}${icon.src}` })),
  };
}
