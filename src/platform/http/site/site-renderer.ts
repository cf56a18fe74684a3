import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { Locale } from '../../../kernel/locale.js';
import type { MessageKey, MessageVariables } from '../../i18n/messages.js';
import { StoredBody } from '../content-encoding.js';
import { etagOf } from '../etag.js';
import type { ListParameters } from './list-parameters.js';
import { PAGE_POLICY } from './site-policy.js';

/** The addresses that a page contains. */
export interface PageAddresses {
  /** The path of the gateway on its host, without a slash at the end: links to pages and files begin with it. */
  readonly base: string;
  /** An absolute address of the gateway. @param path begins with a slash */
  readonly own: (path: string) => string;
  /** The absolute address of a release in one locale. */
  readonly release: (locale: Locale, slug: string) => string;
}

/** What a page is rendered from. */
export interface SitePage {
  readonly kind: 'list' | 'release' | 'languages' | 'app' | 'notFound' | 'fault';
  /** The language of the page around its texts. */
  readonly locale: Locale;
  readonly addresses: PageAddresses;
  /** The name of the style sheet. */
  readonly stylesheet: string;
  /** The name of the script of the app. */
  readonly script: string;
  readonly text: (key: MessageKey, vars?: MessageVariables) => string;
  /** The data of the operation of the page; null for a page without one. */
  readonly data: unknown;
  readonly parameters: ListParameters;
  /** The present UTC day, `YYYY-MM-DD`. */
  readonly today: string;
  /** For a fault: what happened, in the language of the page. */
  readonly message?: string;
}

/** Renders a page as a whole HTML document; a pure function. */
export type RenderPage = (page: SitePage) => string;

export interface SiteFile {
  readonly type: string;
  /** Whether its name changes with its content. */
  readonly hasHashedName: boolean;
  readonly etag: string;
  readonly body: StoredBody;
}

export interface SiteRenderer {
  readonly render: RenderPage;
  readonly stylesheet: string;
  /** The name of the script of the app. */
  readonly script: string;
  /** The service worker, as a script. */
  readonly worker: string;
  /** By file name. Only these files are served. */
  readonly files: ReadonlyMap<string, SiteFile>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

/** Systems know these files by name. */
const ICON = /^(icon|apple-touch-icon)\b.*\.png$/;

/**
 * Loads the built pages.
 *
 * @param folder where `npm run build:site` puts them
 * @returns null if they have not been built
 */
export async function loadSiteRenderer(folder: string): Promise<SiteRenderer | null> {
  const names = await readdir(join(folder, 'assets')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (names === null) return null;
  const files = new Map<string, SiteFile>();
  for (const name of names) files.set(name, await readOne(join(folder, 'assets', name)));
  const stylesheet = fileNamed(names, /\.css$/);
  const script = fileNamed(names, /^page-.*\.js$/);
  const siteFiles = {
    stylesheet,
    script,
    renderer: [fileNamed(names, /^shared-.*\.js$/), fileNamed(names, /^offline-.*\.js$/)],
    stored: [stylesheet, ...names.filter((name) => /^(?!offline-).*\.js$/.test(name))],
    headers: PAGE_POLICY,
  };
  const code = await readFile(join(folder, 'worker.js'), 'utf8');
  const worker = `self.siteFiles = ${JSON.stringify(siteFiles)};\n${code}`;
  const { href } = pathToFileURL(join(folder, 'pages.js'));
  const { renderPage: render } = (await import(href)) as { renderPage: RenderPage };
  return { render, stylesheet, script, worker, files };
}

function fileNamed(names: readonly string[], pattern: RegExp): string {
  const found = names.find((name) => pattern.test(name));
  if (found === undefined) throw new Error(`the pages are built without ${String(pattern)}`);
  return found;
}

async function readOne(path: string): Promise<SiteFile> {
  const bytes = await readFile(path);
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  const hasHashedName = !ICON.test(basename(path));
  return { type, hasHashedName, etag: etagOf(bytes), body: new StoredBody(bytes) };
}
