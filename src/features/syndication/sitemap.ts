import { AppError } from '../../kernel/errors.js';
import { type Locale, TAG_OF } from '../../kernel/locale.js';
import type { Site } from '../../platform/http/site-address.js';
import type { Queryable } from '../../platform/db/queryable.js';
import { countReleases, listForSitemap, type SitemapRelease } from './sitemap.repository.js';
import { element, type XmlElement, xmlDocument } from './xml.js';

/**
 * A file may have 50,000 addresses and 50 MB (sitemaps.org). This many releases in four languages, each with its links
 * to the others, are about 3 MB: cheap to generate and to compress.
 */
export const RELEASES_PER_SITEMAP = 1_000;

/** At the root: a sitemap covers only addresses below its own. */
export const SITEMAP_PAGE = '/sitemap-:page(^[1-9]\\d{0,4}).xml';

const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';

/** The sitemap itself or, if there are too many releases for one file, the index of its pages. */
export async function sitemap(db: Queryable, site: Site): Promise<string> {
  const count = await countReleases(db);
  if (count <= RELEASES_PER_SITEMAP) return urlset(await releasesOn(db, 1), site);
  const pages = Array.from({ length: Math.ceil(count / RELEASES_PER_SITEMAP) }, (_, index) => {
    return element('sitemap', {}, element('loc', {}, site.own(`/sitemap-${index + 1}.xml`)));
  });
  return xmlDocument(element('sitemapindex', { xmlns: NAMESPACE }, ...pages));
}

/** @param page starts at 1. @throws AppError NOT_FOUND for a page beyond the last */
export async function sitemapPage(db: Queryable, page: number, site: Site): Promise<string> {
  const releases = await releasesOn(db, page);
  if (releases.length === 0) throw new AppError('NOT_FOUND');
  return urlset(releases, site);
}

function releasesOn(db: Queryable, page: number): Promise<SitemapRelease[]> {
  const first = (page - 1) * RELEASES_PER_SITEMAP;
  return listForSitemap(db, first, RELEASES_PER_SITEMAP);
}

function urlset(releases: readonly SitemapRelease[], site: Site): string {
  const namespaces = { xmlns: NAMESPACE, 'xmlns:xhtml': 'http://www.w3.org/1999/xhtml' };
  return xmlDocument(
    element('urlset', namespaces, ...releases.flatMap((release) => urls(release, site))),
  );
}

/** Each locale lists all of them and itself, as hreflang requires; the original is `x-default`. */
function urls({ original, texts }: SitemapRelease, site: Site): XmlElement[] {
  const page = ({ locale, slug }: { locale: Locale; slug: string }) => site.release(locale, slug);
  const links = texts.map((text) => alternate(TAG_OF[text.locale], page(text)));
  const source = texts.find(({ locale }) => locale === original);
  if (source) links.push(alternate('x-default', page(source)));
  return texts.map((text) => {
    const lastmod = text.changedAt && element('lastmod', {}, text.changedAt.toISOString());
    return element('url', {}, element('loc', {}, page(text)), lastmod, ...links);
  });
}

function alternate(hreflang: string, href: string): XmlElement {
  return element('xhtml:link', { rel: 'alternate', hreflang, href });
}
