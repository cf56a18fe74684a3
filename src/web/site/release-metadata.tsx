import { type Locale, TAG_OF } from '../../kernel/locale.js';
import type { Head } from './document.js';
import { isView, type Page } from './page.js';
import type { ShownRelease, ShownText } from './release-data.js';

/** The locales of Open Graph have a region; these are the ones with the most readers. */
const OPEN_GRAPH_LOCALE: Record<Locale, string> = {
  EN: 'en_US',
  ES: 'es_LA',
  FR: 'fr_FR',
  PT: 'pt_BR',
};

/** The head of a fallback names the page of the text itself, and no other languages. */
export function releaseMetadata(page: Page, release: ShownRelease, text: ShownText): Head {
  const { addresses } = page;
  const { locale } = text.resolution;
  const shown = locale ?? release.originalLocale;
  const canonical = addresses.release(shown, text.slug);
  const isOwn = shown === page.locale && !isView(page);
  const alternates = release.alternates.map((alternate) => ({
    hreflang: TAG_OF[alternate.locale],
    href: addresses.release(alternate.locale, alternate.slug),
  }));
  const original = release.alternates.find((one) => one.locale === release.originalLocale);
  if (original) {
    const href = addresses.release(original.locale, original.slug);
    alternates.push({ hreflang: 'x-default', href });
  }
  const description = text.excerpt.value;
  return {
    title: `${text.title.value} · ${page.text('site:title')}`,
    description,
    canonical,
    alternates: isOwn ? alternates : [],
    isIndexed: !isView(page),
    children: (
      <>
        <meta property="og:type" content="article" />
        <meta property="og:site_name" content={page.text('site:title')} />
        <meta property="og:title" content={text.title.value} />
        <meta property="og:description" content={description} />
        <meta property="og:url" content={canonical} />
        <meta property="og:locale" content={OPEN_GRAPH_LOCALE[shown]} />
        {release.alternates
          .filter((alternate) => alternate.locale !== shown)
          .map((alternate) => (
            <meta
              key={alternate.locale}
              property="og:locale:alternate"
              content={OPEN_GRAPH_LOCALE[alternate.locale]}
            />
          ))}
        <meta property="article:published_time" content={text.publishedAt} />
        <meta property="article:modified_time" content={text.modifiedAt} />
        <JsonLd value={text.jsonLd} />
      </>
    ),
  };
}

/** A data block: no script, so it needs no exception of the policy. */
function JsonLd({ value }: { readonly value: unknown }) {
  const json = JSON.stringify(value).replaceAll('<', '\\u003c');
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: json }} />;
}
