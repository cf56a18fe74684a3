import type { Locale } from '../../kernel/locale.js';

/** Names one locale of a release. */
export interface TextPlace {
  readonly releaseId: string;
  readonly locale: Locale;
}
