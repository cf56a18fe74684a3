import type { ReactNode } from 'react';

import { LOCALES } from '../../kernel/locale.js';
import type { SiteLanguagesQuery } from '../generated/site.js';
import { Text } from '../ui/text.js';
import { Document, headOfAll, linksToAll } from './document.js';
import styles from './languages.module.css';
import { type Page, pathTo, tagOf } from './page.js';
import { MonthsDrawing } from './parity-drawing.js';
import { type Month, monthName, type Parity, publishedIn, share } from './parity-figures.js';

/** More months than these are shown by year. */
const MAX_MONTHS = 36;

/** What exists in each language, as tables and as a drawing of the same figures. */
export function LanguagesPage({
  page,
  data,
}: {
  readonly page: Page;
  readonly data: SiteLanguagesQuery;
}) {
  const { parity } = data;
  const title = page.text('site:parity.title');
  const head = headOfAll(
    page,
    'languages',
    `${title} · ${page.text('site:title')}`,
    page.text('site:parity.lead'),
  );
  const years = [...new Set(parity.months.map(({ month }) => month.slice(0, 4)))].reverse();
  const [latest] = years;
  const isLong = parity.months.length > MAX_MONTHS;
  const months = parity.months.filter(({ month }) => !isLong || month.startsWith(latest ?? ''));
  return (
    <Document page={page} head={head} languages={linksToAll(page, 'languages')}>
      <h1 className={styles.title}>{title}</h1>
      <p className={styles.lead}>{page.text('site:parity.lead')}</p>
      {page.parameters.year !== undefined && (
        <p>
          {page.text('site:parity.year', { year: page.parameters.year })}{' '}
          <a href={pathTo(page, 'languages')}>{page.text('site:parity.allYears')}</a>
        </p>
      )}
      {isLong && <Years page={page} years={years} />}
      <LocaleTable page={page} parity={parity} />
      {months.length > 0 && (
        <>
          <MonthsDrawing page={page} months={months} />
          <MonthTable page={page} months={[...months].reverse()} />
        </>
      )}
      <StateTable page={page} parity={parity} />
    </Document>
  );
}

function Years({ page, years }: { readonly page: Page; readonly years: readonly string[] }) {
  return (
    <nav className={styles.years} aria-label={page.text('site:parity.years')}>
      <ul>
        {years.map((year) => (
          <li key={year}>
            <a href={pathTo(page, 'languages', { year })}>{year}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** A table with its name, that a keyboard can scroll where it is wider than the window. */
function Table({
  caption,
  columns,
  children,
}: {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly children: ReactNode;
}) {
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

function LocaleTable({ page, parity }: { readonly page: Page; readonly parity: Parity }) {
  const number = new Intl.NumberFormat(tagOf(page));
  const names = ['language', 'published', 'current', 'minorDrift', 'stale', 'share'] as const;
  const columns = names.map((name) => page.text(`site:parity.${name}`));
  return (
    <Table caption={page.text('site:parity.byLanguage')} columns={columns}>
      {parity.locales.map(({ locale, published, current, stale }) => (
        <tr key={locale}>
          <th scope="row">{page.text(`status:Locale.${locale}`)}</th>
          <td>{number.format(published)}</td>
          <td>{number.format(current)}</td>
          <td>{number.format(published - current - stale)}</td>
          <td>{number.format(stale)}</td>
          <td>{share(page, published, parity.releases)}</td>
        </tr>
      ))}
    </Table>
  );
}

function MonthTable({ page, months }: { readonly page: Page; readonly months: readonly Month[] }) {
  const number = new Intl.NumberFormat(tagOf(page));
  const columns = [
    page.text('site:parity.month'),
    page.text('site:parity.releases'),
    ...LOCALES.map((locale) => page.text(`status:Locale.${locale}`)),
  ];
  return (
    <Table caption={page.text('site:parity.byMonth')} columns={columns}>
      {months.map(({ month, releases, locales }) => (
        <tr key={month}>
          <th scope="row">
            <time dateTime={month.slice(0, 7)}>{monthName(page, month)}</time>
          </th>
          <td>{number.format(releases)}</td>
          {LOCALES.map((locale) => (
            <td key={locale}>{number.format(publishedIn(locales, locale))}</td>
          ))}
        </tr>
      ))}
    </Table>
  );
}

function StateTable({ page, parity }: { readonly page: Page; readonly parity: Parity }) {
  const tag = tagOf(page);
  const number = new Intl.NumberFormat(tag);
  const { compare } = new Intl.Collator(tag);
  const states = [...parity.audiences].sort((a, b) =>
    compare(a.audience.name.value, b.audience.name.value),
  );
  const statuses = ['COMPLETE', 'PARTIAL', 'FALLBACK', 'UNAVAILABLE'] as const;
  const columns = [
    page.text('site:parity.state'),
    ...statuses.map((status) => page.text(`status:AvailabilityStatus.${status}`)),
  ];
  return (
    <Table caption={page.text('site:parity.byState')} columns={columns}>
      {states.map(({ audience, complete, partial, fallback, unavailable }) => (
        <tr key={audience.code}>
          <th scope="row">
            <a href={pathTo(page, '', { audience: audience.code })}>
              <Text text={audience.name} pageLanguage={tag} />
            </a>
          </th>
          <td>{number.format(complete)}</td>
          <td>{number.format(partial)}</td>
          <td>{number.format(fallback)}</td>
          <td>{number.format(unavailable)}</td>
        </tr>
      ))}
    </Table>
  );
}
