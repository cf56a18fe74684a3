import { regionName } from '../../kernel/display-name.js';
import { type Page, pathTo, tagOf } from './page.js';
import type { ShownRelease, ShownText } from './release-data.js';
import styles from './release.module.css';

/** Why the text is not in the language of the page, in plain words. */
export function FallbackNote({
  page,
  release,
  text,
}: {
  readonly page: Page;
  readonly release: ShownRelease;
  readonly text: ShownText;
}) {
  const { locale: shown, trail } = text.resolution;
  if (shown === null || shown === page.locale) return null;
  const outcome = trail.find(({ locale }) => locale === page.locale)?.outcome;
  const isOriginal = shown === release.originalLocale;
  const language = page.text(`site:languages.inText.${page.locale}`);
  const reason = page.text(`site:fallback.${reasonOf(outcome)}`, { language });
  const reading = page.text(`site:fallback.${isOriginal ? 'readingOriginal' : 'reading'}`, {
    language: page.text(`site:languages.inText.${shown}`),
  });
  return (
    <p className={styles.fallback} role="note">
      {reason} {reading}
    </p>
  );
}

function reasonOf(outcome: string | undefined): 'notYet' | 'withheld' | 'unavailable' {
  if (outcome === 'NOT_PUBLISHED') return 'notYet';
  return outcome === 'STALE_WITHHELD' ? 'withheld' : 'unavailable';
}

/** The state whose readers get the text as shown. */
export function AudienceNote({ page }: { readonly page: Page }) {
  const { audience } = page.parameters;
  if (audience === undefined) return null;
  const state = regionName(audience, [tagOf(page)], page.locale).value;
  return (
    <p className={styles.audience} role="note">
      {page.text('site:audience.reading', { state })}{' '}
      <a href={pathTo(page, '', { audience })}>{page.text('site:audience.list')}</a>
    </p>
  );
}

/** What a reader should know about a translation. */
export function QualityNotes({ page, text }: { readonly page: Page; readonly text: ShownText }) {
  const { freshness, origin } = text.body;
  const notes = [
    ...(freshness === 'STALE' ? ['stale'] : []),
    ...(origin === 'MACHINE' ? ['machine'] : []),
  ];
  if (notes.length === 0) return null;
  return (
    <ul className={styles.quality}>
      {notes.map((note) => (
        <li key={note}>{page.text(`site:quality.${note}`)}</li>
      ))}
    </ul>
  );
}
