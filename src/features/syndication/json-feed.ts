import { LOCALES, TAG_OF } from '../../kernel/locale.js';
import type { Feed, FeedEntry } from './feed.js';

/** JSON Feed 1.1; members that begin with an underscore are extensions, as the format allows. */
export function jsonFeed(feed: Feed): string {
  const { address, urlOf } = feed;
  const others = LOCALES.filter((locale) => locale !== address.locale);
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.home,
    feed_url: urlOf(address.locale, 'json'),
    description: feed.description,
    language: TAG_OF[address.locale],
    authors: [{ name: feed.author }],
    _alternates: {
      links: others.map((locale) => ({ language: TAG_OF[locale], url: urlOf(locale, 'json') })),
    },
    items: feed.entries.map(jsonItem),
  });
}

function jsonItem(entry: FeedEntry): object {
  const { reference, isFallback, freshness, origin, corrections } = entry;
  return {
    id: entry.id,
    url: entry.url,
    title: entry.title,
    summary: entry.summary,
    content_html: entry.html,
    language: TAG_OF[entry.locale],
    date_published: entry.published.toISOString(),
    date_modified: entry.updated.toISOString(),
    tags: entry.topics.map(({ name }) => name),
    _alternates: {
      links: entry.alternates.map(({ locale, url }) => ({ language: TAG_OF[locale], url })),
    },
    ...(corrections.length > 0 && {
      // JSON Feed 1.1 wants an object.
      _corrections: {
        notes: corrections.map(({ at, note }) => ({ date: at.toISOString(), text: note })),
      },
    }),
    _text: { reference, is_fallback: isFallback, freshness, origin },
  };
}
