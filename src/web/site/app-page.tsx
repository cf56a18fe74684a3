import { LOCALES } from '../../kernel/locale.js';
import type { AppReferenceQuery } from '../generated/site.js';
import { Select } from '../ui/select.js';
import styles from './app.module.css';
import './app.css';
import { Document, headOfAll, linksToAll } from './document.js';
import { type Page, tagOf } from './page.js';

const ROOMS = ['YEAR', 'FIVE_YEARS', 'ALL'] as const;

/** Where the reader chooses what to store on the device: src/web/app fills it. */
export function AppPage({ page, data }: { readonly page: Page; readonly data: AppReferenceQuery }) {
  const title = page.text('site:app.title');
  const lead = page.text('site:app.lead');
  const head = headOfAll(page, 'app', `${title} · ${page.text('site:title')}`, lead);
  return (
    <Document page={page} head={head} languages={linksToAll(page, 'app')}>
      <div className={styles.app} data-app="">
        <h1>{title}</h1>
        <p className={styles.lead}>{lead}</p>
        <noscript>
          <p className={styles.note}>{page.text('site:app.needsScript')}</p>
        </noscript>
        <p className={styles.note} data-app-unsupported="" hidden>
          {page.text('site:app.needsStorage')}
        </p>
        <section className={styles.news} data-app-news="" hidden />
        <Copies page={page} />
        <Choice page={page} data={data} />
        <p className={styles.install}>{page.text('site:app.install')}</p>
      </div>
    </Document>
  );
}

function Copies({ page }: { readonly page: Page }) {
  return (
    <>
      <p className={styles.status} role="status" data-app-status="" />
      <section className={styles.copy} aria-labelledby="copy" data-app-copy="" hidden>
        <h2 id="copy">{page.text('site:app.copy')}</h2>
        <ul className={styles.copies} data-app-copies="" />
        <p className={styles.state} data-app-state="" />
        <p className={styles.size} data-app-size="" />
        <button type="button" data-app-remove="">
          {page.text('site:app.remove')}
        </button>
      </section>
    </>
  );
}

function Choice({ page, data }: { readonly page: Page; readonly data: AppReferenceQuery }) {
  const { compare } = new Intl.Collator(tagOf(page));
  const states = data.memberStates
    .map(({ code, name }) => ({ value: code, text: name.value }))
    .sort((a, b) => compare(a.text, b.text));
  return (
    <form className={styles.form} method="get" hidden>
      <fieldset>
        <legend>{page.text('site:app.languages')}</legend>
        <p className={styles.error} role="alert" data-app-error="" />
        <div className={styles.options}>
          {LOCALES.map((locale) => (
            <label key={locale}>
              <input type="checkbox" name="locale" value={locale} />{' '}
              {page.text(`site:languages.own.${locale}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <Select
        id="audience"
        label={page.text('site:filters.audience')}
        options={states}
        empty={page.text('site:filters.anyReader')}
        value=""
        className={styles.field}
      />
      <fieldset>
        <legend>{page.text('site:app.room')}</legend>
        <div className={styles.options}>
          {ROOMS.map((room) => (
            <label key={room}>
              <input type="radio" name="room" value={room} defaultChecked={room === 'YEAR'} />{' '}
              {page.text(`site:app.rooms.${room}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <button type="submit">{page.text('site:app.start')}</button>
    </form>
  );
}
