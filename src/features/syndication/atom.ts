import { LOCALES, TAG_OF } from '../../kernel/locale.js';
import { type Feed, type FeedEntry, PROVENANCE_NAMESPACE } from './feed.js';
import { element, type XmlElement, xmlDocument } from './xml.js';

const HTML = 'text/html';
const ATOM = 'application/atom+xml';
const OTHERS = { rss: 'application/rss+xml', json: 'application/feed+json' } as const;

/** RFC 4287. */
export function atomFeed(feed: Feed): string {
  const { locale } = feed.address;
  const tag = TAG_OF[locale];
  const root = {
    xmlns: 'http://www.w3.org/2005/Atom',
    'xmlns:gateway': PROVENANCE_NAMESPACE,
    'xml:lang': tag,
  };
  const header = [
    element('id', {}, feed.id),
    element('title', {}, feed.title),
    element('subtitle', {}, feed.description),
    // `updated` is required, even in an empty feed.
    element('updated', {}, (feed.updated ?? new Date(0)).toISOString()),
    element('author', {}, element('name', {}, feed.author)),
  ];
  const entries = feed.entries.map(atomEntry);
  return xmlDocument(element('feed', root, ...header, ...feedLinks(feed), ...entries));
}

/** RFC 4287 §4.1.1: two alternate links must differ in type or language. */
function feedLinks({ address, urlOf, home }: Feed): XmlElement[] {
  const { locale: own } = address;
  const self = { rel: 'self', type: ATOM, hreflang: TAG_OF[own], href: urlOf(own, 'atom') };
  const others = LOCALES.filter((locale) => locale !== own).map((locale) => {
    const href = urlOf(locale, 'atom');
    return link({ rel: 'alternate', type: ATOM, hreflang: TAG_OF[locale], href });
  });
  const formats = (['rss', 'json'] as const).map((format) => {
    const type = OTHERS[format];
    return link({ rel: 'alternate', type, hreflang: TAG_OF[own], href: urlOf(own, format) });
  });
  return [link(self), link({ rel: 'alternate', type: HTML, href: home }), ...others, ...formats];
}

function atomEntry(entry: FeedEntry): XmlElement {
  const tag = TAG_OF[entry.locale];
  const pages = [entry, ...entry.alternates].map(({ locale, url: href }) => {
    return link({ rel: 'alternate', type: HTML, hreflang: TAG_OF[locale], href });
  });
  const topics = entry.topics.map(({ slug, name, tag }) => {
    return element('category', {
      term: slug,
      label: name,
      'xml:lang': tag === tag ? null : tag,
    });
  });
  return element(
    'entry',
    { 'xml:lang': tag },
    element('id', {}, entry.id),
    element('title', {}, entry.title),
    element('published', {}, entry.published.toISOString()),
    element('updated', {}, entry.updated.toISOString()),
    ...pages,
    ...topics,
    element('summary', {}, entry.summary),
    element('content', { type: 'html' }, entry.html),
    provenance(entry),
    ...corrections(entry),
  );
}

function link(attributes: Record<string, string>): XmlElement {
  return element('link', attributes);
}

/** Foreign markup, like {@link provenance}. */
export function corrections(entry: FeedEntry): XmlElement[] {
  return entry.corrections.map(({ at, note }) => {
    return element('gateway:correction', { date: at.toISOString() }, note);
  });
}

/** Foreign markup (RFC 4287 §6), which RSS allows too. */
export function provenance({ reference, isFallback, freshness, origin }: FeedEntry): XmlElement {
  const fallback = String(isFallback);
  return element('gateway:text', { reference, fallback, freshness, origin });
}
