/**
 * In the place of `@formatjs/intl-localematcher`, whose data are as large as everything else of the app: a page is in one of
 * the languages that are offered, so the best match is the same one.
 */
export function match(
  requested: readonly string[],
  available: readonly string[],
  otherwise: string,
): string {
  return requested.find((tag) => available.includes(tag)) ?? otherwise;
}
