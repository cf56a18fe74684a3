import type { Locale } from '../../kernel/locale.js';
import type { ReleaseType } from '../../kernel/release.js';

/** The facts of a release in one edition. */
export interface EditionFacts {
  readonly number: string;
  readonly type: ReleaseType;
  readonly date: string;
  readonly originalLocale: Locale;
  readonly audiences: readonly string[];
  readonly mentions: readonly string[];
  readonly topicIds: readonly string[];
}

/** One edition; never changed once it is written. */
export interface EditionRow {
  readonly releaseId: string;
  readonly number: number;
  readonly kind: 'PUBLISHED' | 'RETRACTED';
  readonly publishedAt: Date;
  readonly publishedBy: string;
  readonly changedLocales: readonly Locale[];
  readonly reason: string | null;
  readonly facts: EditionFacts;
}
