import { dateText } from '../../kernel/display-name.js';
import type { SiteListQuery } from '../generated/site.js';
import { Marked } from '../ui/marked.js';
import { languageOf } from '../ui/text.js';
import styles from './list.module.css';
import { type Page, pathTo, tagOf } from './page.js';

type Edge = SiteListQuery['releases']['edges'][number];

/** A line of the list: what the reader gets of one release, and in which language. */
export function ListItem({ page, edge }: { readonly page: Page; readonly edge: Edge }) {
  const { node, localized, match } = edge;
  const tag = tagOf(page);
  const { audience } = page.parameters;
  return (
    <li className={styles.item}>
      <p className={styles.line}>
        <time dateTime={node.date}>{dateText(node.date, tag)}</time>
        <span>{page.text(`status:ReleaseType.${node.type}`)}</span>
        <span>{localized?.reference ?? node.number}</span>
      </p>
      {localized ? (
        <>
          <h3 {...languageOf(localized.title, tag)}>
            <a href={pathTo(page, localized.slug, { audience })}>
              <Marked value={localized.title.value} ranges={match?.title ?? []} />
            </a>
          </h3>
          <Excerpt page={page} localized={localized} match={match} />
        </>
      ) : (
        <p>{page.text('site:list.nothingServed')}</p>
      )}
      <Badges page={page} edge={edge} />
    </li>
  );
}

function Excerpt({
  page,
  localized,
  match,
}: {
  readonly page: Page;
  readonly localized: NonNullable<Edge['localized']>;
  readonly match: Edge['match'];
}) {
  const text = match ? match.snippet : localized.excerpt;
  if (text.value === '') return null;
  return (
    <p className={styles.excerpt} {...languageOf(text, tagOf(page))}>
      <Marked value={text.value} ranges={match?.snippetRanges ?? []} />
    </p>
  );
}

function Badges({ page, edge }: { readonly page: Page; readonly edge: Edge }) {
  const { node, localized } = edge;
  const shown = localized?.resolution.locale ?? null;
  const badges: string[] = [];
  if (shown !== null && shown !== page.locale) {
    const language = page.text(`site:languages.inText.${shown}`);
    badges.push(page.text('site:list.inLanguage', { language }));
  }
  if (node.availability) {
    badges.push(page.text(`status:AvailabilityStatus.${node.availability.status}`));
  }
  if (badges.length === 0) return null;
  return (
    <ul className={styles.badges}>
      {badges.map((badge) => (
        <li key={badge}>{badge}</li>
      ))}
    </ul>
  );
}
