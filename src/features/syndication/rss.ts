import { LOCALES, TAG_OF } from '../../kernel/locale.js';
import { corrections, provenance } from './atom.js';
import { type Feed, type FeedEntry, PROVENANCE_NAMESPACE } from './feed.js';
import { element, type XmlElement, xmlDocument } from './xml.js';

const NAMESPACES = {
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  'xmlns:gateway': PROVENANCE_NAMESPACE,
};

/** RSS 2.0 by the RSS Advisory Board, with Atom elements where RSS has none. */
export function rssFeed(feed: Feed): string {
  const { address, urlOf, updated } = feed;
  const { locale: own } = address;
  const self = { rel: 'self', type: 'application/rss+xml', href: urlOf(own, 'rss') };
  const others = LOCALES.filter((locale) => locale !== own).map((locale) => {
    const href = urlOf(locale, 'rss');
    const hreflang = TAG_OF[locale];
    return element('atom:link', { rel: 'alternate', type: 'application/rss+xml', hreflang, href });
  });
  const channel = element(
    'channel',
    {},
    element('title', {}, feed.title),
    element('link', {}, feed.home),
    element('description', {}, feed.description),
    element('language', {}, TAG_OF[own]),
    updated && element('lastBuildDate', {}, updated.toUTCString()),
    element('atom:link', self),
    ...others,
    ...feed.entries.map((entry) => item(entry, feed.author)),
  );
  return xmlDocument(element('rss', { version: '2.0', ...NAMESPACES }, channel));
}

function item(entry: FeedEntry, author: string): XmlElement {
  const tag = TAG_OF[entry.locale];
  const pages = [entry, ...entry.alternates].map(({ locale, url: href }) => {
    const hreflang = TAG_OF[locale];
    return element('atom:link', { rel: 'alternate', type: 'text/html', hreflang, href });
  });
  return element(
    'item',
    { 'xml:lang': tag },
    element('title', {}, entry.title),
    element('link', {}, entry.url),
    // Feed readers interpret it as HTML.
    element('description', {}, escapeHtml(entry.summary)),
    ...entry.topics.map(({ name }) => element('category', {}, name)),
    element('guid', { isPermaLink: 'false' }, entry.id),
    // RSS has only this one of the two dates: the time of the first publication.
    element('pubDate', {}, entry.published.toUTCString()),
    element('dc:creator', {}, author),
    element('dc:language', {}, tag),
    element('atom:updated', {}, entry.updated.toISOString()),
    ...pages,
    element('content:encoded', {}, entry.html),
    provenance(entry),
    ...corrections(entry),
  );
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
