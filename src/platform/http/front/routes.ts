import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';

import { EMBLEM_SVG } from '../../../kernel/emblem.js';
import { type Locale, TAG_OF } from '../../../kernel/locale.js';
import { headerLocale } from '../../i18n/caller-locale.js';
import { sendRepresentation } from '../conditional.js';
import { withVary } from '../content-encoding.js';
import type { SiteAddress } from '../site-address.js';
import type { ClientFile } from './client-files.js';
import { ICON_ICO } from './icon.js';
import { clientFilesPage, FRONT_HEADERS, frontPage, notFoundPage } from './page.js';

export interface FrontOptions {
  readonly site: SiteAddress;
  readonly localeOrder: readonly Locale[];
  /** Served unchanged; empty if callers may not read the schema, which all of them reveal. */
  readonly clientFiles: readonly ClientFile[];
  /** Whether the gateway has pages for readers, to which GET / then leads. */
  readonly hasPages: boolean;
}

const HTML = 'text/html; charset=utf-8';
const DAY = 'public, max-age=86400';

/**
 * Serves /robots.txt, the icon and a page with links to the resources of the gateway: at GET /developers or, without
 * pages for readers, at GET /. Browsers get an HTML page for an unknown address.
 */
export function registerFront(http: FastifyInstance, options: FrontOptions): void {
  const { site, clientFiles } = options;
  const hasFiles = clientFiles.length > 0;
  http.get(options.hasPages ? '/developers' : '/', (request, reply) =>
    sendPage(request, reply, options, (locale) => frontPage(locale, site.basePath, hasFiles)),
  );
  http.get('/robots.txt', (request, reply) => {
    const sitemap = site.site(request.headers.host).own('/sitemap.xml');
    return sendRepresentation(request, reply, {
      body: `User-agent: *\nDisallow:\n\nSitemap: ${sitemap}\n`,
      type: 'text/plain; charset=utf-8',
      languages: [],
      lastModified: null,
    });
  });
  http.get('/favicon.svg', (_request, reply) =>
    reply.header('cache-control', DAY).type('image/svg+xml').send(EMBLEM_SVG),
  );
  http.get('/favicon.ico', (_request, reply) =>
    reply.header('cache-control', DAY).type('image/vnd.microsoft.icon').send(ICON_ICO),
  );
  registerClientFiles(http, options);
  http.addHook<unknown>('onSend', async (request, reply, payload) => {
    if (reply.statusCode !== 404 || typeof payload !== 'string') return payload;
    const vary = reply.getHeader('vary');
    reply.header('vary', withVary(vary === undefined ? undefined : String(vary), 'Accept'));
    return prefersHtml(request) ? notFound(request, reply, options) : payload;
  });
}

/** Adds a route for each file, so that no name can lead to another file, and a page with links to them. */
function registerClientFiles(http: FastifyInstance, options: FrontOptions): void {
  const { site, clientFiles } = options;
  if (clientFiles.length === 0) return;
  const paths = clientFiles.map(({ path }) => path);
  http.get('/operations', (request, reply) =>
    sendPage(request, reply, options, (locale) => clientFilesPage(locale, site.basePath, paths)),
  );
  for (const { path, type, text } of clientFiles) {
    http.get(path, (request, reply) =>
      sendRepresentation(request, reply, { body: text, type, languages: [], lastModified: null }),
    );
  }
}

function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  options: FrontOptions,
  render: (locale: Locale) => string,
): FastifyReply {
  const locale = localeOf(request, options);
  reply.headers(FRONT_HEADERS).header('vary', 'Accept-Language');
  const languages = [TAG_OF[locale]];
  return sendRepresentation(request, reply, {
    ...{ body: render(locale), type: HTML, languages, lastModified: null },
  });
}

function notFound(request: FastifyRequest, reply: FastifyReply, options: FrontOptions): string {
  const locale = localeOf(request, options);
  reply.headers(FRONT_HEADERS).header('content-language', TAG_OF[locale]).type(HTML);
  reply.removeHeader('content-length');
  return notFoundPage(locale, options.site.basePath);
}

function prefersHtml({ raw }: FastifyRequest): boolean {
  return new Negotiator(raw).mediaType(['application/json', 'text/html']) === 'text/html';
}

function localeOf({ headers }: FastifyRequest, { localeOrder }: FrontOptions): Locale {
  return headerLocale(headers['accept-language'], localeOrder);
}
