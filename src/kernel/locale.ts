/** The four official languages of the OAS, in the order of their tags. No locale is a default. */
export const LOCALES = ['EN', 'ES', 'FR', 'PT'] as const;

export type Locale = (typeof LOCALES)[number];

/** A value for each of the four locales: the type checker reports a missing one. */
export type PerLocale<T> = Record<Locale, T>;

/** The BCP 47 tag of each locale, as used in `lang` attributes and in `locales/`. */
export const TAG_OF: PerLocale<string> = { EN: 'en', ES: 'es', FR: 'fr', PT: 'pt' };

/** One step of an audience's chain; ORIGINAL is replaced by the language of the release's original. */
export const CHAIN_STEPS = [...LOCALES, 'ORIGINAL'] as const;

export type ChainStep = (typeof CHAIN_STEPS)[number];

export function isLocale(value: unknown): value is Locale {
  return (LOCALES as readonly unknown[]).includes(value);
}

/** `make` is called once for each locale. */
export function perLocale<T>(make: (locale: Locale) => T): PerLocale<T> {
  return { EN: make('EN'), ES: make('ES'), FR: make('FR'), PT: make('PT') };
}

/**
 * A set of locales as bits: EN 1, ES 2, FR 4, PT 8. The database stores sets in this form, so the
 * order of {@link LOCALES} is part of the data and never changes.
 */
export type LocaleMask = number;

export function localeBit(locale: Locale): LocaleMask {
  return 1 << LOCALES.indexOf(locale);
}

export function maskOf(locales: Iterable<Locale>): LocaleMask {
  let mask = 0;
  for (const locale of locales) mask |= localeBit(locale);
  return mask;
}

export function inMask(mask: LocaleMask, locale: Locale): boolean {
  return (mask & localeBit(locale)) !== 0;
}

export function localesIn(mask: LocaleMask): Locale[] {
  return LOCALES.filter((locale) => inMask(mask, locale));
}
