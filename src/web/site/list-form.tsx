import { Select } from '../ui/select.js';
import type { SiteListQuery } from '../generated/site.js';
import styles from './list.module.css';
import { type Page, type Parameters, pathTo, tagOf } from './page.js';

const TYPES = ['PRESS_RELEASE', 'STATEMENT', 'ADVISORY', 'SPEECH', 'PHOTO_NEWS'] as const;
/** The Organization was founded in this year. */
const FIRST_YEAR = 1948;

/** Search and filters, as a form that works by its address alone. */
export function ListForm({ page, data }: { readonly page: Page; readonly data: SiteListQuery }) {
  const { parameters } = page;
  return (
    <form className={styles.form} role="search" method="get" action={pathTo(page, '')}>
      <div className={styles.search}>
        <label htmlFor="q">{page.text('site:search.label')}</label>
        <div className={styles.searchRow}>
          <input
            id="q"
            name="q"
            type="search"
            maxLength={500}
            defaultValue={parameters.q ?? ''}
            aria-describedby="q-hint"
          />
          <button type="submit">{page.text('site:search.submit')}</button>
        </div>
        <p id="q-hint" className={styles.hint}>
          {page.text('site:search.hint')}
        </p>
      </div>
      <details className={styles.more} open={isFiltered(parameters)}>
        <summary>{page.text('site:filters.title')}</summary>
        <div className={styles.filters}>
          <Filters page={page} data={data} />
        </div>
      </details>
      {Object.keys(parameters).length > 0 && (
        <p className={styles.clear}>
          <a href={pathTo(page, '')}>{page.text('site:filters.clear')}</a>
        </p>
      )}
    </form>
  );
}

function isFiltered({ topic, state, type, year, audience }: Parameters): boolean {
  return [topic, state, type, year, audience].some((value) => value !== undefined);
}

function Filters({ page, data }: { readonly page: Page; readonly data: SiteListQuery }) {
  const { parameters } = page;
  const tag = tagOf(page);
  const all = page.text('site:filters.all');
  const named = (list: readonly { value: string; text: string }[]) => sorted(list, tag);
  const topics = data.topics.map(({ slug, name }) => ({ value: slug, text: name.value }));
  const states = data.memberStates.map(({ code, name }) => ({ value: code, text: name.value }));
  const types = TYPES.map((type) => ({
    value: type,
    text: page.text(`status:ReleaseType.${type}`),
  }));
  const lists = [
    { name: 'topic', options: named(topics), empty: all },
    { name: 'state', options: named(states), empty: all },
    { name: 'type', options: types, empty: all },
    { name: 'audience', options: named(states), empty: page.text('site:filters.anyReader') },
  ] as const;
  return (
    <>
      {lists.map(({ name, options, empty }) => (
        <Select
          key={name}
          id={name}
          label={page.text(`site:filters.${name}`)}
          options={options}
          empty={empty}
          value={parameters[name] ?? ''}
          className={styles.field}
        />
      ))}
      <div className={styles.field}>
        <label htmlFor="year">{page.text('site:filters.year')}</label>
        <input
          id="year"
          name="year"
          type="number"
          inputMode="numeric"
          min={FIRST_YEAR}
          max={Number(page.today.slice(0, 4)) + 1}
          defaultValue={parameters.year ?? ''}
        />
      </div>
      <div className={styles.field}>
        <button type="submit">{page.text('site:filters.apply')}</button>
      </div>
    </>
  );
}

/** By the rules of the language of the page. */
function sorted<T extends { readonly text: string }>(list: readonly T[], tag: string): T[] {
  const { compare } = new Intl.Collator(tag);
  return [...list].sort((a, b) => compare(a.text, b.text));
}
