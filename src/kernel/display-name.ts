import { intlTag } from './language-tag.js';
import { type Locale, LOCALES, TAG_OF } from './locale.js';
import { bestMatch, isLanguageOf, isRequested, localesFor, refusedLast } from './negotiation.js';
import { memoizeByText } from './memoize-by-text.js';
import { STATE_NAMES } from './state-names.js';

/** A text from a table, with the language it is actually in. */
export interface NamedText {
  readonly value: string;
  /** BCP 47, ready for the HTML attribute lang. */
  readonly tag: string;
  readonly isFallback: boolean;
}

/**
 * The name of a state. In the four official languages, whatever the region, it is the OAS's own
 * (`Saint Kitts and Nevis`); in any other language for which CLDR has names, it is CLDR's (`nl`, `zh-Hant`). The
 * requested list is matched as a whole, so a language without names (`ht`) counts as the official one that it matches,
 * if nothing matches better.
 *
 * @param code ISO 3166-1 alpha-2
 * @param tags requested, canonical
 * @param otherwise the locale of the name if nothing matches
 */
export function regionName(
  code: string,
  tags: readonly string[],
  otherwise: Locale,
  refused: readonly Locale[] = [],
): NamedText {
  const offered = LOCALES.filter((locale) => !refused.includes(locale));
  const found = languageOfNames(`${offered.join(',')} ${tags.join(' ')}`);
  if (found !== null) return { value: stateName(code, found.tag), ...found };
  const isFallback = tags.length > 0 || refused.includes(otherwise);
  return { value: stateName(code, TAG_OF[otherwise]), tag: TAG_OF[otherwise], isFallback };
}

/** The best language of names for the list, among the official languages offered and those that CLDR has. */
const languageOfNames = memoizeByText((key): Omit<NamedText, 'value'> | null => {
  const [offered = '', ...tags] = key.split(' ');
  const own = LOCALES.filter((locale) => offered.split(',').includes(locale));
  const others = tags.flatMap((tag) => {
    const served = tagOfNames(tag);
    return served === null || officialOf(served) ? [] : [served];
  });
  const tag = bestMatch(tags, [...own.map((locale) => TAG_OF[locale]), ...new Set(others)]);
  return tag === null
    ? null
    : { tag, isFallback: !tags.some((wanted) => sameLanguage(wanted, tag)) };
});

/** Intl falls back to the host's language for an unsupported tag, so only supported ones are passed. */
function tagOfNames(tag: string): string | null {
  const form = intlTag(tag);
  if (form === null || Intl.DisplayNames.supportedLocalesOf([form]).length === 0) return null;
  // CLDR lists languages with hardly any names: those would print the code instead of a name.
  const list = new Intl.DisplayNames([form], { type: 'region', fallback: 'none' });
  return list.of('BR') === undefined ? null : list.resolvedOptions().locale;
}

function officialOf(tag: string): Locale | undefined {
  return LOCALES.find((locale) => isLanguageOf(tag, locale));
}

function sameLanguage(tag: string, served: string): boolean {
  const languageOf = (name: string) => new Intl.Locale(name).maximize().language;
  return languageOf(intlTag(tag) ?? 'und') === languageOf(served);
}

const lists = new Map<string, Intl.DisplayNames>();

function stateName(code: string, tag: string): string {
  const official = officialOf(tag);
  const own = official && STATE_NAMES[code]?.[official];
  if (own !== undefined) return own;
  let list = lists.get(tag);
  if (!list) {
    list = new Intl.DisplayNames([tag], { type: 'region' });
    lists.set(tag, list);
  }
  return list.of(code) ?? code;
}

/**
 * A name that exists in some of the four locales: the best match of the tags among them, otherwise the first in order.
 */
export function storedName(
  texts: Readonly<Partial<Record<Locale, string>>>,
  tags: readonly string[],
  order: readonly Locale[],
  refused: readonly Locale[] = [],
): NamedText | null {
  const locale = localesFor(tags, order, refused).find((each) => texts[each] !== undefined);
  const value = locale === undefined ? undefined : texts[locale];
  if (locale === undefined || value === undefined) return null;
  const [first] = refusedLast(order, refused);
  const isWanted = tags.length > 0 ? isRequested(locale, tags, refused) : locale === first;
  return { value, tag: TAG_OF[locale], isFallback: !isWanted || refused.includes(locale) };
}

/**
 * The tag for formatting dates and sorting a text in `locale`: the requested region if the language is the same
 * (`fr-CA` for FR), otherwise the audience's; for an audience with another language, its region if Intl supports the
 * text's language there (`en-SR` for English in Suriname); otherwise none.
 */
export function regionalTag(
  locale: Locale,
  requested: readonly string[],
  audienceTags: readonly string[],
): string {
  return chosenTag(`${locale} ${requested.join(' ')} ${audienceTags.join(' ')}`);
}

const chosenTag = memoizeByText((key) => {
  const [locale, ...tags] = key.split(' ') as [Locale, ...string[]];
  const forms = tags.flatMap((tag) => {
    const form = tag === '' ? null : intlTag(tag);
    return form !== null && isLanguageOf(tag, locale) && isSupportedForDates(form) ? [form] : [];
  });
  // A request for `es` with an audience leaves the region to the audience.
  const withRegion = forms.find(hasRegion) ?? abroad(locale, tags.at(-1) ?? '');
  return withRegion ?? forms[0] ?? TAG_OF[locale];
});

/**
 * The language of a text in the region of an audience with another language; null if Intl does not support it there.
 */
function abroad(locale: Locale, audienceTag: string): string | null {
  const region = audienceTag === '' ? undefined : new Intl.Locale(audienceTag).region;
  if (region === undefined) return null;
  const tag = `${TAG_OF[locale]}-${region}`;
  const [known] = Intl.DateTimeFormat.supportedLocalesOf([tag]);
  const isKnown =
    known !== undefined && new Intl.DateTimeFormat(known).resolvedOptions().locale === tag;
  return isKnown || formatTag(tag) !== tag ? tag : null;
}

function isSupportedForDates(tag: string): boolean {
  return Intl.DateTimeFormat.supportedLocalesOf([tag]).length > 0;
}

function hasRegion(form: string): boolean {
  return new Intl.Locale(form).region !== undefined;
}

/**
 * A calendar date in words: `10 septembre 2012`. As in CLDR, except for the first of a month, which is `1er` in French,
 * `1.º` in American Spanish and `1º` in Brazilian Portuguese.
 *
 * @param date `YYYY-MM-DD`
 */
export function dateText(date: string, tag: string): string {
  return writtenDate(`${tag} ${date}`);
}

const writtenDate = memoizeByText((key) => {
  const [tag = '', date = ''] = key.split(' ');
  const format = formatOf(tag);
  const day = new Date(`${date}T00:00:00Z`);
  const ordinal = date.endsWith('-01') ? firstDay(format) : null;
  if (ordinal === null) return format.format(day);
  const parts = format.formatToParts(day);
  return parts.map(({ type, value }) => (type === 'day' ? ordinal : value)).join('');
}, 20_000);

/** Regions that write `1 de mayo`. */
const SPANISH_WITHOUT_ORDINAL = new Set(['ES', 'EA', 'IC', 'GQ', 'PH']);

/** The ordinal for the first of a month (docs/language.md, Dates); null if it is written as a plain number. */
function firstDay(format: Intl.DateTimeFormat): string | null {
  const { language, region } = new Intl.Locale(format.resolvedOptions().locale);
  switch (language) {
    case 'fr':
      return '1er';
    case 'es':
      return SPANISH_WITHOUT_ORDINAL.has(region ?? '') ? null : '1.º';
    case 'pt':
      return region === undefined || region === 'BR' ? '1º' : null;
    default:
      return null;
  }
}

/**
 * Regions of the Caribbean that CLDR has no English for, so that Intl would format them like the United States; English
 * in the Caribbean writes the day first, as in CLDR's other regions there.
 */
const CARIBBEAN = new Set(['029', 'AW', 'BQ', 'CW', 'SR']);

function formatTag(tag: string): string {
  const { language, region = '' } = new Intl.Locale(tag);
  return language === 'en' && CARIBBEAN.has(region) ? 'en-001' : tag;
}

const dates = new Map<string, Intl.DateTimeFormat>();

function formatOf(tag: string): Intl.DateTimeFormat {
  let format = dates.get(tag);
  if (!format) {
    if (dates.size > 500) dates.clear();
    format = new Intl.DateTimeFormat(formatTag(tag), {
      dateStyle: 'long',
      timeZone: 'UTC',
      calendar: 'gregory',
      numberingSystem: 'latn',
    });
    dates.set(tag, format);
  }
  return format;
}
