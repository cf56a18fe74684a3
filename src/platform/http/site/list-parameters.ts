/**
 * The parameters of a page. Each is part of its canonical address, in this order; unknown ones are ignored, so that a
 * link with the mark of a campaign leads to the same page.
 */
const NAMES = ['q', 'topic', 'state', 'type', 'year', 'audience', 'after', 'before'] as const;

export type ListParameters = Readonly<Partial<Record<(typeof NAMES)[number], string>>>;

const NONE: ListParameters = {};

const TYPES = ['PRESS_RELEASE', 'ADVISORY', 'STATEMENT', 'SPEECH', 'PHOTO_NEWS'];
const MAX_SEARCH = 500;
const MAX_CURSOR = 2_000;
const PAGE_SIZE = 20;

const FORMS: Readonly<Record<(typeof NAMES)[number], (value: string) => boolean>> = {
  q: (value) => value.length <= MAX_SEARCH,
  topic: (value) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value) && value.length <= 80,
  state: isCountry,
  type: (value) => TYPES.includes(value),
  year: (value) => /^(19|20)\d\d$/.test(value),
  audience: isCountry,
  after: (value) => value.length <= MAX_CURSOR,
  before: (value) => value.length <= MAX_CURSOR,
};

function isCountry(value: string): boolean {
  return /^[A-Z]{2}$/.test(value);
}

/**
 * Reads the query of an address. An empty value, which a form sends for a field that was not filled in, counts as
 * absent. Countries may be in small letters.
 *
 * @returns null for a value that its parameter cannot have, or a parameter that is given twice: there is no such page
 */
export function readParameters(query: string): ListParameters | null {
  if (query === '') return NONE;
  const found: Partial<Record<(typeof NAMES)[number], string>> = {};
  const given = new URLSearchParams(query);
  for (const name of NAMES) {
    const values = given.getAll(name).map((value) => value.trim());
    const [raw = ''] = values;
    if (values.length > 1) return null;
    if (raw === '') continue;
    const value = name === 'state' || name === 'audience' ? raw.toUpperCase() : raw;
    if (!FORMS[name](value)) return null;
    found[name] = value;
  }
  if (found.after !== undefined && found.before !== undefined) return null;
  return found;
}

/** The query of the canonical address, with its question mark; empty without parameters. */
export function writeParameters(parameters: ListParameters): string {
  if (parameters === NONE) return '';
  const query = new URLSearchParams();
  for (const name of NAMES) {
    const value = parameters[name];
    if (value !== undefined) query.set(name, value);
  }
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** The variables of the operation SiteList. */
export function listVariables(parameters: ListParameters): Record<string, unknown> {
  const { q, topic, state, type, year, audience, after, before } = parameters;
  const filter = {
    ...(topic !== undefined && { topic: [topic] }),
    ...(state !== undefined && { mentions: [state] }),
    ...(type !== undefined && { type: [type] }),
    ...yearRange(year),
  };
  return {
    ...(before === undefined ? { first: PAGE_SIZE } : { last: PAGE_SIZE, before }),
    ...(after !== undefined && { after }),
    ...(audience !== undefined && { audience }),
    ...(q !== undefined && { search: q }),
    filter,
    withTotal: q !== undefined || Object.keys(filter).length > 0,
    withAvailability: audience !== undefined,
  };
}

/** The variables of the operation SiteLanguages. */
export function periodVariables({ year }: ListParameters): Record<string, unknown> {
  return year === undefined ? {} : { from: `${year}-01-01`, to: `${year}-12-31` };
}

function yearRange(year: string | undefined): object {
  return year === undefined ? {} : { dateFrom: `${year}-01-01`, dateTo: `${year}-12-31` };
}
