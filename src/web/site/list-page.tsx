import type { SiteListQuery } from '../generated/site.js';
import { Document, headOfAll, linksToAll } from './document.js';
import { ListForm } from './list-form.js';
import { ListItem } from './list-item.js';
import styles from './list.module.css';
import { filtersOf, type Page, pathTo } from './page.js';

/** The list of releases, as any reader gets it or the readers of one state do. */
export function ListPage({ page, data }: { readonly page: Page; readonly data: SiteListQuery }) {
  const { edges, pageInfo } = data.releases;
  const title = page.text('site:title');
  const head = headOfAll(page, '', title, page.text('site:description'));
  return (
    <Document page={page} head={head} languages={linksToAll(page, '')}>
      <h1 className={styles.title}>{title}</h1>
      <ListForm page={page} data={data} />
      <section aria-labelledby="results">
        <h2 id="results" className={styles.results}>
          {headingOf(page, data)}
        </h2>
        <Audience page={page} data={data} />
        {edges.length === 0 ? (
          <p>{page.text('site:list.tryLess')}</p>
        ) : (
          <ul className={styles.list}>
            {edges.map((edge) => (
              <ListItem key={edge.cursor} page={page} edge={edge} />
            ))}
          </ul>
        )}
      </section>
      <Pager page={page} pageInfo={pageInfo} />
    </Document>
  );
}

function headingOf(page: Page, { releases }: SiteListQuery): string {
  const { totalCount: count } = releases;
  const { q: query } = page.parameters;
  if (count === undefined) return page.text('site:list.latest');
  if (count === 0) return page.text('site:list.none');
  if (query === undefined) return page.text('site:list.count', { count });
  return page.text('site:list.results', { count, query });
}

function Audience({ page, data }: { readonly page: Page; readonly data: SiteListQuery }) {
  const { audience } = page.parameters;
  const state = data.memberStates.find(({ code }) => code === audience);
  if (!state) return null;
  return (
    <p className={styles.audience}>
      {page.text('site:audience.listed', { state: state.name.value })}
    </p>
  );
}

function Pager({
  page,
  pageInfo,
}: {
  readonly page: Page;
  readonly pageInfo: SiteListQuery['releases']['pageInfo'];
}) {
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = pageInfo;
  const filters = filtersOf(page);
  const previous = hasPreviousPage ? startCursor : null;
  const next = hasNextPage ? endCursor : null;
  if (previous === null && next === null) return null;
  return (
    <nav className={styles.pager} aria-label={page.text('site:pager.label')}>
      {previous !== null && (
        <a rel="prev" href={pathTo(page, '', { ...filters, before: previous })}>
          {page.text('site:pager.previous')}
        </a>
      )}
      {next !== null && (
        <a rel="next" href={pathTo(page, '', { ...filters, after: next })}>
          {page.text('site:pager.next')}
        </a>
      )}
    </nav>
  );
}
