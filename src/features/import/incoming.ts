import type { Locale } from '../../kernel/locale.js';
import type { ImportedRelease } from './page/imported.js';

/** An {@link ImportedRelease} whose files may have left out what the release in the database already has. */
export type Incoming = Omit<ImportedRelease, 'audiences' | 'topics'> & {
  /** null: not stated; an existing release keeps its own. */
  readonly audiences: readonly string[] | null;
  readonly topics: readonly string[] | null;
  /** The day that the page of each text gives; else that of the release. */
  readonly dates?: Readonly<Partial<Record<Locale, string>>>;
};
