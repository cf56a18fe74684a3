import { type Locale, LOCALES, TAG_OF } from '../../../kernel/locale.js';

/** What an address below a language names. */
export interface SitePath {
  readonly locale: Locale;
  /** Empty for the list; `languages`, `app`, or the slug of a release, which has a number in it. */
  readonly name: string;
}

const PATH = /^\/(en|es|fr|pt)(?:\/([^/?#]*))?\/?$/;
const CARD = /^\/(en|es|fr|pt)(?:\/([^/?#]*))?\/card\.png$/;
const BY_TAG = new Map(LOCALES.map((locale) => [TAG_OF[locale], locale]));

/** @returns null for an address that is not one of the site */
export function readPath(path: string): SitePath | null {
  return pathIn(PATH, path);
}

/** @returns the page whose picture that is; null for an address that is not one of a picture */
export function readCardPath(path: string): SitePath | null {
  return pathIn(CARD, path);
}

function pathIn(pattern: RegExp, path: string): SitePath | null {
  const [, tag = '', name = ''] = pattern.exec(path) ?? [];
  const locale = BY_TAG.get(tag);
  return locale ? { locale, name } : null;
}

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const MAX_SLUG = 120;

/** Whether a text can be a slug at all; others are not looked up. */
export function isSlug(text: string): boolean {
  return text.length <= MAX_SLUG && SLUG.test(text);
}

/** The parts of the data of the operation SiteRelease that determine its address. */
export interface AddressedRelease {
  readonly addressed: {
    readonly slug: string;
    readonly resolution: { readonly locale: Locale | null };
  } | null;
  readonly alternates: readonly { readonly locale: Locale; readonly slug: string }[];
}

export interface Redirect {
  readonly status: 301 | 302;
  readonly slug: string;
}

/**
 * Where the address of a release leads. The page has the slug of the text that is shown: in the language of the
 * address, or in another one as long as that is missing.
 *
 * A former slug leads to the present one for good (301). A slug that another language has now leads there for as long as
 * both are published (302); so does any slug while the language is missing. Which language had a former slug is not
 * known to readers. Both are revalidated each time: a correction may bring a former slug back.
 *
 * @returns null if the address is that of the page
 */
export function redirectOf(
  { locale, name }: SitePath,
  { addressed, alternates }: AddressedRelease,
): Redirect | null {
  if (!addressed || addressed.slug === name) return null;
  const isPublished = addressed.resolution.locale === locale;
  const isCurrent = alternates.some(({ slug }) => slug === name);
  return { status: isPublished && !isCurrent ? 301 : 302, slug: addressed.slug };
}
