import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { audienceServed } from '../../kernel/country-code.js';
import { AppError } from '../../kernel/errors.js';
import { canonicalTag } from '../../kernel/language-tag.js';
import { type Locale, LOCALES } from '../../kernel/locale.js';
import { matchLocale } from '../../kernel/negotiation.js';
import { type Representation, sendRepresentation } from '../../platform/http/conditional.js';
import type { SiteAddress } from '../../platform/http/site-address.js';
import type { Messages } from '../../platform/i18n/messages.js';
import { ReferenceCache } from '../audience/index.js';
import type { ReadingContext } from '../reading/index.js';
import { atomFeed } from './atom.js';
import { type Feed, FEED_FORMATS, type FeedAddress, type FeedFormat } from './feed.js';
import { findFeedVersion, lastModified } from './feed.repository.js';
import { composeFeed, feedPath, feedWording, languagesIn } from './feed.service.js';
import { jsonFeed } from './json-feed.js';
import { FeedPageCache } from './feed-page-cache.js';
import { rssFeed } from './rss.js';
import { SITEMAP_PAGE, sitemap, sitemapPage } from './sitemap.js';

export interface SyndicationDependencies {
  readonly messages: Messages;
  readonly site: SiteAddress;
  /** Reads from one snapshot of what readers may see, and releases it. */
  readonly read: <T>(work: (context: ReadingContext) => Promise<T>) => Promise<T>;
}

const WRITERS: Record<FeedFormat, { type: string; write: (feed: Feed) => string }> = {
  atom: { type: 'application/atom+xml; charset=utf-8', write: atomFeed },
  rss: { type: 'application/rss+xml; charset=utf-8', write: rssFeed },
  json: { type: 'application/feed+json; charset=utf-8', write: jsonFeed },
};

interface FeedParams {
  readonly language?: string;
  /** Includes the format: `fr.atom` or, below a language, `HT.atom`. */
  readonly file: string;
}

/**
 * GET /feeds/{language}.{format} and /feeds/{language}/{audience}.{format}, /sitemap.xml and its pages. Any BCP 47 tag
 * is accepted as a language. Each feed has one address, and others redirect to it: a country that is not a member state
 * redirects to the feed without an audience.
 */
export function registerFeeds(http: FastifyInstance, parts: SyndicationDependencies): void {
  const cache = new ReferenceCache();
  const pages = new FeedPageCache();
  const sendFeed = async (request: FastifyRequest, reply: FastifyReply) => {
    const { address, format, otherCountry } = wantedFeed(request.params as FeedParams);
    const path = feedPath(address, format);
    const site = parts.site.site(request.headers.host);
    const [requestPath] = request.url.split('?');
    if (decodeURIComponent(requestPath ?? '').replace(/\/$/, '') !== path) {
      // A country may become a member state.
      return reply.redirect(site.own(path), otherCountry ? 302 : 301);
    }
    const page = await parts.read(async (context) => {
      const feedVersion = await findFeedVersion(context.reads);
      const { revision } = await cache.load(context.reads);
      const { databaseId, changeId } = feedVersion;
      const wording = feedWording(parts.messages, address);
      const labels = LOCALES.map((locale) => wording.correctionText('', locale));
      const version = JSON.stringify([
        databaseId,
        changeId,
        revision,
        context.today,
        wording,
        labels,
      ]);
      return pages.at(site.own(path), version, async (): Promise<Representation> => {
        const feed = await composeFeed(context, cache, { address, wording, databaseId }, site);
        const { type, write } = WRITERS[format];
        const languages = languagesIn(feed);
        return { body: write(feed), type, languages, lastModified: lastModified(feedVersion) };
      });
    });
    return sendRepresentation(request, reply, page);
  };
  http.get('/feeds/:file', sendFeed);
  http.get('/feeds/:language/:file', sendFeed);
  registerSitemap(http, parts);
}

interface WantedFeed {
  readonly address: FeedAddress;
  readonly format: FeedFormat;
  /** Whether the named audience is not a member state, and is therefore ignored. */
  readonly otherCountry: boolean;
}

/**
 * @throws AppError LANGUAGE_TAG_MALFORMED, COUNTRY_UNKNOWN; NOT_FOUND for an unknown format, or a language that matches
 *   none of the four
 */
function wantedFeed({ language, file }: FeedParams): WantedFeed {
  const dot = file.lastIndexOf('.');
  const format = FEED_FORMATS.find((known) => known === file.slice(dot + 1).toLowerCase());
  if (dot < 1 || format === undefined) throw new AppError('NOT_FOUND');
  const name = file.slice(0, dot);
  if (language === undefined) {
    return { address: { locale: locale(name), audience: null }, format, otherCountry: false };
  }
  const audience = name.toUpperCase();
  if (!/^[A-Z]{2}$/.test(audience)) throw new AppError('COUNTRY_UNKNOWN', { value: name });
  const served = audienceServed(audience);
  const address = { locale: locale(language), audience: served };
  return { address, format, otherCountry: served === null };
}

function locale(tag: string): Locale {
  const found = matchLocale(canonicalTag(tag));
  if (found === null) throw new AppError('NOT_FOUND');
  return found;
}

function registerSitemap(http: FastifyInstance, { site, read }: SyndicationDependencies): void {
  const type = 'application/xml; charset=utf-8';
  http.get('/sitemap.xml', async (request, reply) => {
    const places = site.site(request.headers.host);
    const { body, at } = await read(async ({ reads: snapshot }) => {
      // Only addresses and times: nothing depends on a language.
      const version = await findFeedVersion(snapshot);
      return { body: await sitemap(snapshot, places), at: version.at };
    });
    return sendRepresentation(request, reply, { body, type, languages: [], lastModified: at });
  });
  http.get<{ Params: { page: string } }>(SITEMAP_PAGE, async (request, reply) => {
    const places = site.site(request.headers.host);
    const { body, at } = await read(async ({ reads: snapshot }) => {
      const version = await findFeedVersion(snapshot);
      return {
        body: await sitemapPage(snapshot, Number(request.params.page), places),
        at: version.at,
      };
    });
    return sendRepresentation(request, reply, { body, type, languages: [], lastModified: at });
  });
}
