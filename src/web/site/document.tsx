import type { ReactNode } from 'react';

import { type Locale, LOCALES, TAG_OF } from '../../kernel/locale.js';
import { OfflineNotice, SiteFooter, SiteHeader } from './frame.js';
import styles from './frame.module.css';
import { OPEN_GRAPH_LOCALE, PreviewPicture } from './open-graph.js';
import { filtersOf, isView, type LanguageLink, type Page, pathTo, tagOf } from './page.js';

/** The head of a page, besides what all pages have. */
export interface Head {
  readonly title: string;
  readonly description?: string;
  /** An absolute address; null for a page that has none. */
  readonly canonical: string | null;
  /** The same content in other languages and in its own, by absolute addresses. */
  readonly alternates?: readonly { readonly hreflang: string; readonly href: string }[];
  readonly isIndexed: boolean;
  readonly children?: ReactNode;
}

export interface DocumentProps {
  readonly page: Page;
  readonly head: Head;
  readonly languages: readonly LanguageLink[];
  readonly children: ReactNode;
}

/** A whole HTML document. Nothing but the app needs its script. */
export function Document({ page, head, languages, children }: DocumentProps) {
  const { base } = page.addresses;
  return (
    <html lang={tagOf(page)} dir="ltr">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{head.title}</title>
        {head.description !== undefined && <meta name="description" content={head.description} />}
        {!head.isIndexed && <meta name="robots" content="noindex" />}
        {head.canonical !== null && <link rel="canonical" href={head.canonical} />}
        {head.alternates?.map(({ hreflang, href }) => (
          <link key={hreflang} rel="alternate" hrefLang={hreflang} href={href} />
        ))}
        <Feeds page={page} />
        <meta name="color-scheme" content="light dark" />
        <link rel="manifest" href={pathTo(page, 'app.webmanifest')} />
        <link rel="icon" href={`${base}/favicon.svg`} type="image/svg+xml" />
        <link rel="apple-touch-icon" href={`${base}/site/apple-touch-icon.png`} />
        <link rel="stylesheet" href={`${base}/site/${page.stylesheet}`} />
        <script type="module" src={`${base}/site/${page.script}`} />
        {head.children}
      </head>
      <body>
        <a className={styles.skip} href="#content">
          {page.text('site:skip')}
        </a>
        <SiteHeader page={page} languages={languages} />
        <main id="content" className={styles.main} tabIndex={-1}>
          <OfflineNotice page={page} />
          {children}
        </main>
        <SiteFooter page={page} />
      </body>
    </html>
  );
}

function Feeds({ page }: { readonly page: Page }) {
  const title = page.text('site:feed');
  const path = `/feeds/${tagOf(page)}`;
  return (
    <>
      <link
        rel="alternate"
        type="application/atom+xml"
        title={title}
        href={page.addresses.own(`${path}.atom`)}
      />
      <link
        rel="alternate"
        type="application/feed+json"
        title={title}
        href={page.addresses.own(`${path}.json`)}
      />
    </>
  );
}

/** The head of a page that exists in all four languages under the same name. */
export function headOfAll(page: Page, name: string, title: string, description: string): Head {
  const pathOf = (locale: Locale) => (name === '' ? TAG_OF[locale] : `${TAG_OF[locale]}/${name}`);
  const hrefOf = (locale: Locale) => page.addresses.own(`/${pathOf(locale)}`);
  const alternates = LOCALES.map((locale) => ({ hreflang: TAG_OF[locale], href: hrefOf(locale) }));
  // Only the list has an address that chooses the language.
  if (name === '') alternates.push({ hreflang: 'x-default', href: page.addresses.own('/') });
  return {
    title,
    description,
    canonical: hrefOf(page.locale),
    alternates: isView(page) ? [] : alternates,
    isIndexed: !isView(page),
    children: (
      <>
        <meta property="og:type" content="website" />
        <meta property="og:site_name" content={page.text('site:title')} />
        <meta property="og:title" content={title} />
        <meta property="og:description" content={description} />
        <meta property="og:url" content={hrefOf(page.locale)} />
        <meta property="og:locale" content={OPEN_GRAPH_LOCALE[page.locale]} />
        <PreviewPicture
          address={page.addresses.own(`/${tagOf(page)}/card.png`)}
          description={description}
        />
      </>
    ),
  };
}

/** The links to a page that exists in all four languages. */
export function linksToAll(page: Page, name: string): LanguageLink[] {
  return LOCALES.map((locale) => {
    return { locale, href: pathTo(page, name, filtersOf(page), locale), isFallback: false };
  });
}
