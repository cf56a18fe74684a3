import type { Locale } from '../../kernel/locale.js';
import type { ImportedRelease } from './page/imported.js';

/** An {@link ImportedRelease} whose files may omit data that the release in the database already has. */
export type Incoming = Omit<ImportedRelease, 'audiences' | 'topics'> & {
  /** If null, the file omits them; an existing release keeps its own. */
  readonly audiences: readonly string[] | null;
  readonly topics: readonly string[] | null;
  /** The date on the page of each text; otherwise that of the release. */
  readonly dates?: Readonly<Partial<Record<Locale, string>>>;
};
