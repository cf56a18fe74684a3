import type { FastifyInstance } from 'fastify';

import { type Locale, TAG_OF } from '../../../kernel/locale.js';
import { headerLocale } from '../../i18n/caller-locale.js';
import { matchingTag } from '../etag.js';
import type { SiteAddress } from '../site-address.js';
import type { SiteRenderer } from './site-renderer.js';

const WEEKS_52 = 'public, max-age=31536000, immutable';
/** For a file whose name does not change with its content. */
const DAY = 'public, max-age=86400';

export interface SiteRoutesOptions {
  readonly renderer: SiteRenderer;
  readonly site: SiteAddress;
  readonly localeOrder: readonly Locale[];
}

/** Serves GET /, which leads to the list in the reader's language, and the files of the pages below /site/. */
export function registerSite(
  http: FastifyInstance,
  { renderer, site, localeOrder }: SiteRoutesOptions,
): void {
  http.get('/', (request, reply) => {
    const locale = headerLocale(request.headers['accept-language'], localeOrder);
    reply.header('vary', 'Accept-Language').header('cache-control', 'no-cache');
    return reply.redirect(`${site.basePath}/${TAG_OF[locale]}`, 302);
  });
  http.get<{ Params: { name: string } }>('/site/:name', (request, reply) => {
    const file = renderer.files.get(request.params.name);
    if (!file) return reply.callNotFound();
    reply.header('cache-control', file.hasHashedName ? WEEKS_52 : DAY).header('etag', file.etag);
    const known = matchingTag(request.headers['if-none-match'], file.etag);
    if (known !== null) return reply.header('etag', known).code(304).send();
    // Compressed by the hook of all responses.
    return reply.type(file.type).send(file.body.bytes);
  });
}
