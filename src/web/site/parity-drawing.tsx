import { LOCALES } from '../../kernel/locale.js';
import { type Month, monthName, publishedIn } from './parity-figures.js';
import styles from './languages.module.css';
import type { Page } from './page.js';

const GROUP = 36;
const BAR = 7;
const HEIGHT = 120;
const LEFT = 4;
/** Two lines: the month, and the year below the first month of it. */
const TICKS = 32;

/** The table of the months as bars, one group for each month; the table itself is its text alternative. */
export function MonthsDrawing({
  page,
  months,
}: {
  readonly page: Page;
  readonly months: readonly Month[];
}) {
  const highest = Math.max(1, ...months.map(({ releases }) => releases));
  const width = LEFT * 2 + months.length * GROUP;
  const [first, last] = [months[0], months.at(-1)];
  const label = page.text('site:parity.drawing', {
    from: first ? monthName(page, first.month) : '',
    to: last ? monthName(page, last.month) : '',
    max: highest,
  });
  return (
    <figure className={styles.figure}>
      <div
        className={styles.drawn}
        tabIndex={0}
        role="group"
        aria-label={page.text('site:parity.byMonth')}
      >
        <svg
          className={styles.drawing}
          viewBox={`0 0 ${width} ${HEIGHT + TICKS}`}
          width={width}
          height={HEIGHT + TICKS}
          role="img"
          aria-label={label}
        >
          <path className={styles.axis} d={`M0 ${HEIGHT + 0.5}H${width}`} />
          {months.map((month, index) => (
            <MonthBars
              key={month.month}
              month={month}
              isFirstOfYear={months[index - 1]?.month.slice(0, 4) !== month.month.slice(0, 4)}
              x={LEFT + index * GROUP}
              highest={highest}
            />
          ))}
        </svg>
      </div>
      <figcaption>
        <Key page={page} />
      </figcaption>
    </figure>
  );
}

function Key({ page }: { readonly page: Page }) {
  return (
    <ul className={styles.key}>
      {LOCALES.map((locale) => (
        <li key={locale}>
          <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">
            <rect className={styles[locale]} width="12" height="12" />
          </svg>
          {page.text(`status:Locale.${locale}`)}
        </li>
      ))}
    </ul>
  );
}

function MonthBars({
  month: { month, locales },
  isFirstOfYear,
  x,
  highest,
}: {
  readonly month: Month;
  /** Whether no earlier month of the same year is drawn. */
  readonly isFirstOfYear: boolean;
  readonly x: number;
  readonly highest: number;
}) {
  return (
    <g>
      {LOCALES.map((locale, index) => {
        const height = (publishedIn(locales, locale) / highest) * (HEIGHT - 8);
        return (
          <rect
            key={locale}
            className={styles[locale]}
            x={x + index * (BAR + 1)}
            y={HEIGHT - height}
            width={BAR}
            height={height}
          />
        );
      })}
      <text className={styles.tick} x={x} y={HEIGHT + 14}>
        {month.slice(5, 7)}
      </text>
      {isFirstOfYear && (
        <text className={styles.tick} x={x} y={HEIGHT + 27}>
          {month.slice(0, 4)}
        </text>
      )}
    </g>
  );
}
