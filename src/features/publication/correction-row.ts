import type { Locale } from '../../kernel/locale.js';

/** What a correction changed, in words for readers: plain text by locale. */
export type CorrectionNotes = Readonly<Partial<Record<Locale, string>>>;

/** A correction as its edition stores it. */
export interface StoredCorrection {
  /** The locales whose words the edition replaced. */
  readonly locales: readonly Locale[];
  readonly notes: CorrectionNotes;
}

export interface Correction extends StoredCorrection {
  readonly edition: number;
  /** When the edition was published, ISO 8601. */
  readonly at: string;
}
