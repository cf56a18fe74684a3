import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { type Locale, TAG_OF } from '../../../../kernel/locale.js';
import { CachedResponse } from '../../../cache/cached-response.js';
import { Dependencies } from '../../../cache/dependencies.js';
import { isCacheable } from '../../content-encoding.js';
import { matchingTag } from '../../etag.js';
import { passOver } from '../../request-body.js';
import type { SiteEndpoint, SiteEndpointOptions, SiteRequest } from '../site-endpoint.js';
import {
  type AddressedRelease,
  isSlug,
  readCardPath,
  redirectOf,
  type SitePath,
} from '../site-path.js';
import { TextVersion } from '../text-version.js';
import type { CardContent } from './card-content.js';
import type { CardRenderer } from './card-renderer.js';
import { type DrawnRelease, listCard, releaseCard } from './card-texts.js';

/** A picture takes about as much CPU time as eight lists that are not cached; see OVERLOAD_LIMITS. */
const CARD_POINTS = 2_500;

export interface CardEndpointOptions extends Pick<
  SiteEndpointOptions,
  'cache' | 'execute' | 'headers' | 'messages' | 'protection' | 'site' | 'today'
> {
  /** Sends what is no picture: redirects, unknown addresses and faults. */
  readonly pages: SiteEndpoint;
  readonly renderer: CardRenderer;
}

/**
 * The pictures for link previews: `card.png` below the address of a page. That of a release shows the result of the same
 * operation as the page, and is cached with the same dependencies.
 */
export class CardEndpoint {
  private readonly texts: TextVersion;
  /** The pictures of the list, which depend on texts of the interface only. */
  private readonly lists = new Map<Locale, CachedResponse>();

  constructor(private readonly options: CardEndpointOptions) {
    this.texts = new TextVersion(options.messages);
  }

  /** @returns whether the request is handled here */
  readonly enter = (raw: IncomingMessage, response: ServerResponse): boolean => {
    const { url = '', method } = raw;
    if (!isCacheable(method)) return false;
    const path = readCardPath(url.split('?', 1)[0] ?? '');
    if (!path) return false;
    const request = { id: randomUUID(), raw, response, body: undefined, admitted: null };
    this.respond(path, request).catch((error: unknown) => {
      this.options.pages.sendFault(request, path.locale, error);
    });
    return true;
  };

  private async respond(path: SitePath, request: SiteRequest): Promise<void> {
    const { cache, pages, protection } = this.options;
    if (path.name !== '' && !isSlug(path.name)) return pages.sendMissing(request, path.locale);
    const key = `card ${this.texts.current} ${path.locale}/${path.name}`;
    const list = path.name === '' ? this.lists.get(path.locale) : null;
    const cached = list?.key === key ? list : cache?.find(key);
    if (cached) return this.send(request, cached);
    const admitted = (await protection?.enter(request.raw)) ?? null;
    try {
      if (path.name === '') await this.sendList(key, path.locale, { ...request, admitted });
      else await this.sendRelease(key, path, { ...request, admitted });
    } finally {
      admitted?.release();
    }
  }

  private async sendRelease(key: string, path: SitePath, request: SiteRequest): Promise<void> {
    const { cache, execute, messages, pages, site } = this.options;
    const { locale, name: slug } = path;
    const variables = { slug, languages: [TAG_OF[locale]] };
    const { data, fault, executed } = await execute('SiteRelease', variables, request);
    if (fault && fault.status !== 404) return pages.sendBusy(request, locale, fault);
    const release = data?.['release'] as (AddressedRelease & DrawnRelease) | null | undefined;
    if (!release?.localized) return pages.sendMissing(request, locale);
    const redirect = redirectOf(path, release);
    if (redirect) {
      const target = `${site.basePath}/${TAG_OF[locale]}/${redirect.slug}/card.png`;
      return pages.redirect(request, redirect.status, target);
    }
    const png = await this.draw(releaseCard(messages, locale, release), request);
    const { today, dependencies, contentLanguage } = executed;
    const picture = new CachedResponse(key, png, today, contentLanguage, dependencies);
    cache?.store(picture, null);
    this.send(request, picture);
  }

  private async sendList(key: string, locale: Locale, request: SiteRequest): Promise<void> {
    const { messages, today } = this.options;
    const png = await this.draw(listCard(messages, locale), request);
    const nothing = new Dependencies();
    const picture = new CachedResponse(key, png, today(), TAG_OF[locale], nothing);
    this.lists.set(locale, picture);
    this.send(request, picture);
  }

  private async draw(content: CardContent, { admitted }: SiteRequest): Promise<Buffer> {
    await admitted?.charge(CARD_POINTS);
    return this.options.renderer.draw(content);
  }

  private send({ id, raw, response }: SiteRequest, picture: CachedResponse): void {
    // The client may have disconnected while the picture was drawn.
    if (response.headersSent || response.destroyed) return;
    const { isUncacheable, isInconsistent } = picture.dependencies;
    const isPublic = !isUncacheable && !isInconsistent;
    const headers = {
      ...this.options.headers.byName(raw, { isPublic, usesAcceptLanguage: false }),
      'content-language': picture.contentLanguage ?? '',
      etag: picture.etag,
    };
    if (matchingTag(raw.headers['if-none-match'], picture.etag) !== null) {
      response.writeHead(304, headers).end();
    } else {
      const { bytes } = picture;
      const own = {
        'content-type': 'image/png',
        'content-length': bytes.length,
        'x-request-id': id,
      };
      response.writeHead(200, { ...headers, ...own }).end(bytes);
    }
    if (!raw.complete) passOver(raw);
  }
}
