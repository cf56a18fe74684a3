import { AppError } from './errors.js';
import { memoizeByText } from './memoize-by-text.js';

/** RFC 5646 §4.4.1 requires support for at least 35 characters; three times that is longer than any real tag. */
const MAX_TAG_LENGTH = 105;

const ALPHANUM = '[A-Za-z0-9]';
const LANGTAG =
  '(?:[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}|[A-Za-z]{4}|[A-Za-z]{5,8})' + // language and extlang
  '(?:-[A-Za-z]{4})?' + // script
  '(?:-(?:[A-Za-z]{2}|[0-9]{3}))?' + // region
  `(?:-(?:${ALPHANUM}{5,8}|[0-9]${ALPHANUM}{3}))*` + // variants
  `(?:-[A-WY-Za-wy-z0-9](?:-${ALPHANUM}{2,8})+)*` + // extensions
  `(?:-[Xx](?:-${ALPHANUM}{1,8})+)?`; // private use
const PRIVATE_USE = `[Xx](?:-${ALPHANUM}{1,8})+`;
/** The irregular tags of RFC 5646 §2.1 that the grammar above does not cover. */
const IRREGULAR =
  'en-GB-oed|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)|sgn-(?:BE-FR|BE-NL|CH-DE)';
const WELL_FORMED = new RegExp(`^(?:${LANGTAG}|${PRIVATE_USE}|${IRREGULAR})$`);
const IRREGULAR_ONLY = new RegExp(`^(?:${IRREGULAR})$`, 'i');

/** Whether `tag` is a well-formed BCP 47 tag (RFC 5646 §2.2.9); it need not be registered. */
export function isWellFormedTag(tag: string): boolean {
  if (tag.length > MAX_TAG_LENGTH) return false;
  return (WELL_FORMED.test(tag) || IRREGULAR_ONLY.test(tag)) && !repeatsSubtag(tag);
}

/** RFC 5646 §2.2.5 and §2.2.6: no variant and no extension singleton may occur twice. */
function repeatsSubtag(tag: string): boolean {
  const subtags = tag.toLowerCase().split('-');
  const end = subtags.indexOf('x');
  const seen = new Set<string>();
  let inExtension = false;
  for (const [index, subtag] of subtags.slice(0, end < 0 ? undefined : end).entries()) {
    if (index === 0) continue;
    if (subtag.length === 1) inExtension = true;
    const counts = subtag.length === 1 || (!inExtension && isVariant(subtag));
    if (counts && seen.has(subtag)) return true;
    if (counts) seen.add(subtag);
  }
  return false;
}

function isVariant(subtag: string): boolean {
  return subtag.length >= 5 || /^[0-9].{3}$/.test(subtag);
}

/**
 * The canonical form of a tag (RFC 5646 §4.5, by the platform's CLDR data): `FR-ca` is `fr-CA`, `iw` is `he`. A
 * well-formed tag without a canonical form in CLDR only gets the conventional case.
 *
 * @throws AppError LANGUAGE_TAG_MALFORMED
 */
export function canonicalTag(tag: string): string {
  if (!isWellFormedTag(tag))
    throw new AppError('LANGUAGE_TAG_MALFORMED', { value: tag.slice(0, 40) });
  return intlForm(tag) ?? tag.toLowerCase();
}

/** Canonical tags in their original order, without duplicates. */
export function canonicalTags(tags: readonly string[]): string[] {
  return [...new Set(tags.map(canonicalTag))];
}

/**
 * The tag in a form that Intl accepts, truncated from the right if necessary (RFC 4647 §3.4); null if there is none.
 */
export const intlTag = memoizeByText((tag): string | null => {
  const subtags = tag.split('-');
  for (let length = subtags.length; length > 0; length -= 1) {
    const form = intlForm(subtags.slice(0, length).join('-'));
    if (form !== null) return form;
  }
  return null;
});

const intlForm = memoizeByText((tag): string | null => {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
});
