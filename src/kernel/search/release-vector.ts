import type { Locale } from '../locale.js';
import { releaseCode } from '../reference-code.js';
import { searchVector } from './vector.js';

/** The plain text of a release that is searched, in the parts that have different weights. */
export interface SearchableText {
  readonly title: string;
  readonly summary: string;
  readonly body: string;
}

/** The search index of a release in one language, the same in the database and in a copy on a device. */
export function releaseVector(
  { title, summary, body }: SearchableText,
  number: string,
  locale: Locale,
): string {
  return searchVector(
    [
      { text: title, weight: 'A', codes: releaseCode(number, locale) },
      { text: summary, weight: 'B' },
      { text: body, weight: 'C' },
    ],
    locale,
  );
}
