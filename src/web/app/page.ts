/** The script of every page: the page is complete without it. */
import { LOCALES, type Locale, TAG_OF } from '../../kernel/locale.js';
import { readSettings } from './copy/copies.js';
import { openCopies } from './copy/database.js';

/** The address of shared.ts beside this script; the build defines it. */
declare const __SHARED_SCRIPT__: string;

/** The script is below the path of the gateway, in /site/. */
const base = new URL(/* @vite-ignore */ '..', import.meta.url).pathname.replace(/\/$/, '');
const locale: Locale =
  LOCALES.find((known) => TAG_OF[known] === document.documentElement.lang) ?? 'EN';

const root = document.querySelector<HTMLElement>('[data-app]');

async function start(): Promise<void> {
  await navigator.serviceWorker.register(`${base}/sw.js`, { scope: `${base}/` });
  const database = await openCopies(base);
  const settings = await readSettings(database);
  if (!root && !settings) return;
  await import(/* @vite-ignore */ __SHARED_SCRIPT__);
  const { openApp } = await import('./open-app.js');
  await openApp({ database, base, locale, root });
}

function showUnsupported(): void {
  const note = root?.querySelector<HTMLElement>('[data-app-unsupported]');
  if (note) note.hidden = false;
}

const isSupported =
  'serviceWorker' in navigator && 'indexedDB' in globalThis && 'locks' in navigator;
// A private window may refuse the database or the worker.
if (isSupported) start().catch(showUnsupported);
else showUnsupported();
