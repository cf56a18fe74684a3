import { EMBLEM_SHAPES } from '../../kernel/emblem.js';
import { TAG_OF } from '../../kernel/locale.js';
import styles from './frame.module.css';
import { type LanguageLink, type Page, pathTo, tagOf } from './page.js';

export function SiteHeader({
  page,
  languages,
}: {
  readonly page: Page;
  readonly languages: readonly LanguageLink[];
}) {
  return (
    <header className={styles.header}>
      <div className={styles.bar}>
        <a className={styles.brand} href={pathTo(page, '')}>
          <Emblem />
          <span>
            <span className={styles.organization}>{page.text('site:organization')}</span>
            <span className={styles.name}>{page.text('site:title')}</span>
          </span>
        </a>
        <Switcher page={page} languages={languages} />
      </div>
    </header>
  );
}

function Emblem() {
  return (
    <svg
      className={styles.emblem}
      viewBox="0 0 32 32"
      aria-hidden="true"
      focusable="false"
      dangerouslySetInnerHTML={{ __html: EMBLEM_SHAPES }}
    />
  );
}

function Switcher({
  page,
  languages,
}: {
  readonly page: Page;
  readonly languages: readonly LanguageLink[];
}) {
  return (
    <nav className={styles.switcher} aria-label={page.text('site:switch.label')}>
      <ul>
        {languages.map(({ locale, href, isFallback }) => {
          const tag = TAG_OF[locale];
          const own = page.text(`site:languages.own.${locale}`);
          const isCurrent = locale === page.locale;
          return (
            <li key={locale}>
              <a
                href={href}
                hrefLang={tag}
                lang={tag}
                aria-current={isCurrent ? 'page' : undefined}
              >
                {own}
              </a>
              {isFallback && (
                <span className={styles.missing}>{page.text('site:switch.fallback')}</span>
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

/** How old the copy is from which the page is rendered. */
export function OfflineNotice({ page }: { readonly page: Page }) {
  const { offline } = page;
  if (!offline) return null;
  const { time, state, missing: count } = offline;
  return (
    <p className={styles.offline} role="note">
      {page.text('site:offline.copy', { time })}
      {state !== null && ` ${page.text('site:audience.listed', { state })}`}
      {count > 0 && ` ${page.text('site:offline.missing', { count })}`}
    </p>
  );
}

export function SiteFooter({ page }: { readonly page: Page }) {
  const { base } = page.addresses;
  const tag = tagOf(page);
  return (
    <footer className={styles.footer}>
      <nav aria-label={page.text('site:footer.label')}>
        <ul>
          <li>
            <a href={pathTo(page, '')}>{page.text('site:footer.all')}</a>
          </li>
          <li>
            <a href={pathTo(page, 'languages')}>{page.text('site:footer.languages')}</a>
          </li>
          <li>
            <a href={pathTo(page, 'app')}>{page.text('site:app.link')}</a>
          </li>
          <li>
            <a href={`${base}/feeds/${tag}.atom`}>{page.text('site:footer.feed')}</a>
          </li>
          <li>
            <a href={`${base}/developers`}>{page.text('site:footer.developers')}</a>
          </li>
        </ul>
      </nav>
    </footer>
  );
}
