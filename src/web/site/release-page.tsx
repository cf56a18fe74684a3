import { dateText } from '../../kernel/display-name.js';
import { type Locale, LOCALES } from '../../kernel/locale.js';
import type { SiteReleaseQuery } from '../generated/site.js';
import { languageOf } from '../ui/text.js';
import { Document } from './document.js';
import { type LanguageLink, type Page, pathTo, tagOf } from './page.js';
import { Corrections, Facts } from './release-facts.js';
import type { ShownRelease, ShownText } from './release-data.js';
import { releaseMetadata } from './release-metadata.js';
import { AudienceNote, FallbackNote, QualityNotes } from './release-notes.js';
import styles from './release.module.css';

/** One release in one language, or in another one as long as that is missing. */
export function ReleasePage({
  page,
  data,
}: {
  readonly page: Page;
  readonly data: SiteReleaseQuery;
}) {
  const { release } = data;
  if (!release?.localized) throw new Error('a page without a release is not rendered');
  const { localized: text } = release;
  const tag = tagOf(page);
  return (
    <Document
      page={page}
      head={releaseMetadata(page, release, text)}
      languages={switcherLinks(page, release, text)}
    >
      <article className={styles.release}>
        <header className={styles.head}>
          <AudienceNote page={page} />
          <FallbackNote page={page} release={release} text={text} />
          <p className={styles.line}>
            <span>{page.text(`status:ReleaseType.${release.type}`)}</span>
            <span>{text.reference}</span>
            <time dateTime={release.date}>{dateText(release.date, tag)}</time>
          </p>
          <h1 {...languageOf(text.title, tag)}>{text.title.value}</h1>
          {text.summary && (
            <p className={styles.summary} {...languageOf(text.summary, tag)}>
              {text.summary.value}
            </p>
          )}
          <QualityNotes page={page} text={text} />
        </header>
        <div
          className={styles.body}
          {...languageOf(text.body, tag)}
          // Sanitized by the API.
          dangerouslySetInnerHTML={{ __html: text.body.html }}
        />
        <Corrections page={page} text={text} />
        <Facts page={page} release={release} />
      </article>
    </Document>
  );
}

/** Where a language is missing, its page has the slug of the original. */
function switcherLinks(page: Page, release: ShownRelease, text: ShownText): LanguageLink[] {
  const { audience } = page.parameters;
  const slugIn = (locale: Locale) =>
    release.alternates.find((alternate) => alternate.locale === locale)?.slug;
  return LOCALES.map((locale) => {
    const slug = slugIn(locale);
    const address = slug ?? slugIn(release.originalLocale) ?? text.slug;
    const href = pathTo(page, address, { audience }, locale);
    return { locale, href, isFallback: slug === undefined };
  });
}
