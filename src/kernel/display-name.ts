import { intlTag } from './language-tag.js';
import { type Locale, TAG_OF } from './locale.js';
import { isLanguageOf, matchLocale } from './negotiation.js';
import { rememberedByText } from './remembered.js';

/** A text from a table, with the language it is really in. */
export interface NamedText {
  readonly value: string;
  /** BCP 47, ready for the HTML attribute lang. */
  readonly tag: string;
  readonly isFallback: boolean;
}

const names = new Map<string, Intl.DisplayNames>();

/**
 * The name of a state by CLDR in the first language asked for that CLDR knows: also `nl`, or the region of
 * `fr-CA`; a tag that CLDR has no names for counts as the official language that it matches (`ht`: French).
 *
 * @param tags requested, canonical
 * @param otherwise the locale of the name where no tag is served
 */
export function regionName(code: string, tags: readonly string[], otherwise: Locale): NamedText {
  for (const [index, tag] of tags.entries()) {
    const served = supportedTag(tag);
    if (served !== null) {
      const isFallback = index > 0 || !sameLanguage(tag, served);
      return { value: nameIn(served, code), tag: served, isFallback };
    }
  }
  const served = TAG_OF[otherwise];
  return { value: nameIn(served, code), tag: served, isFallback: tags.length > 0 };
}

/** Intl answers an unsupported tag with the host's own language, so nothing goes in unasked. */
function supportedTag(tag: string): string | null {
  const form = intlTag(tag);
  if (form !== null && Intl.DisplayNames.supportedLocalesOf([form]).length > 0 && speaks(form)) {
    return new Intl.DisplayNames([form], { type: 'region' }).resolvedOptions().locale;
  }
  const locale = matchLocale(tag);
  return locale === null ? null : TAG_OF[locale];
}

/** CLDR lists languages for which it has hardly a name: those print the code, not a name. */
function speaks(tag: string): boolean {
  return new Intl.DisplayNames([tag], { type: 'region', fallback: 'none' }).of('BR') !== undefined;
}

function sameLanguage(tag: string, served: string): boolean {
  const languageOf = (name: string) => new Intl.Locale(name).maximize().language;
  return languageOf(intlTag(tag) ?? 'und') === languageOf(served);
}

function nameIn(tag: string, code: string): string {
  let list = names.get(tag);
  if (!list) {
    list = new Intl.DisplayNames([tag], { type: 'region' });
    names.set(tag, list);
  }
  return list.of(code) ?? code;
}

/** A name that is kept in some of the four locales: the first one of the tags, then of the order. */
export function keptName(
  texts: Readonly<Partial<Record<Locale, string>>>,
  tags: readonly string[],
  order: readonly Locale[],
): NamedText | null {
  const [first] = tags;
  const wanted = [...tags.flatMap((tag) => matchLocale(tag) ?? []), ...order];
  for (const locale of wanted) {
    const value = texts[locale];
    if (value === undefined) continue;
    const isFallback = first === undefined ? locale !== order[0] : !isLanguageOf(first, locale);
    return { value, tag: TAG_OF[locale], isFallback };
  }
  return null;
}

/**
 * The tag for dates and sorting of a text in `locale`: the region asked for counts where the language is the
 * same (`fr-CA` for FR), else the audience's, else none.
 */
export function regionalTag(
  locale: Locale,
  requested: readonly string[],
  audienceTags: readonly string[],
): string {
  return chosenTag(`${locale} ${requested.join(' ')} ${audienceTags.join(' ')}`);
}

const chosenTag = rememberedByText((key) => {
  const [locale, ...tags] = key.split(' ') as [Locale, ...string[]];
  const forms = tags.flatMap((tag) => {
    const form = tag === '' ? null : intlTag(tag);
    return form !== null && isLanguageOf(tag, locale) && isSupportedForDates(form) ? [form] : [];
  });
  // Who asks for `es` and names an audience leaves the region to the audience.
  const withRegion = forms.find(hasRegion);
  return withRegion ?? forms[0] ?? TAG_OF[locale];
});

function isSupportedForDates(tag: string): boolean {
  return Intl.DateTimeFormat.supportedLocalesOf([tag]).length > 0;
}

function hasRegion(form: string): boolean {
  return new Intl.Locale(form).region !== undefined;
}

const dates = new Map<string, Intl.DateTimeFormat>();

/** A calendar date written out: `10 septembre 2012`. @param date `YYYY-MM-DD` */
export function dateText(date: string, tag: string): string {
  return writtenDate(`${tag} ${date}`);
}

const writtenDate = rememberedByText((key) => {
  const [tag = '', date = ''] = key.split(' ');
  return formatOf(tag).format(new Date(`${date}T00:00:00Z`));
}, 20_000);

function formatOf(tag: string): Intl.DateTimeFormat {
  let format = dates.get(tag);
  if (!format) {
    if (dates.size > 500) dates.clear();
    format = new Intl.DateTimeFormat(tag, {
      dateStyle: 'long',
      timeZone: 'UTC',
      calendar: 'gregory',
      numberingSystem: 'latn',
    });
    dates.set(tag, format);
  }
  return format;
}
