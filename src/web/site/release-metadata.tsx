import { TAG_OF } from '../../kernel/locale.js';
import type { Head } from './document.js';
import { OPEN_GRAPH_LOCALE, PreviewPicture } from './open-graph.js';
import { isView, type Page } from './page.js';
import type { ShownRelease, ShownText } from './release-data.js';

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
        <PreviewPicture
          address={addresses.own(pictureOf(TAG_OF[shown], text))}
          description={text.title.value}
        />
        {text.jsonLd !== null && <JsonLd value={text.jsonLd} />}
      </>
    ),
  };
}

/** Previews are stored by address for weeks, so that the address changes with the words. */
function pictureOf(tag: string, { slug, modifiedAt }: ShownText): string {
  const version = Math.floor(Date.parse(modifiedAt) / 1000).toString(36);
  return `/${tag}/${slug}/card.png?v=${version}`;
}

/** A data block: no script, so it needs no exception of the policy. */
function JsonLd({ value }: { readonly value: unknown }) {
  const json = JSON.stringify(value).replaceAll('<', '\\u003c');
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: json }} />;
}
