import type { Locale } from '../../kernel/locale.js';
import type { Freshness, ReleaseType } from '../../kernel/release.js';
import type { StartedState } from '../../kernel/workflow.js';
import type { PublishPolicy } from './release.entity.js';

/** One locale of a release in the authoring tables, without its text. */
export interface TranslationRecord {
  readonly releaseId: string;
  readonly locale: Locale;
  readonly isOriginal: boolean;
  /** null: not started. */
  readonly text: {
    readonly state: StartedState;
    readonly revision: number;
    readonly publishedRevision: number | null;
    readonly publishedAt: Date | null;
    readonly freshness: Freshness;
    readonly completeness: number;
    readonly updatedAt: Date;
    readonly updatedBy: string;
  } | null;
  readonly assignee: string | null;
  readonly dueAt: Date | null;
}

/** The schedule of a release as it is stored. The feature publication knows what its values mean. */
export interface StoredSchedule {
  readonly at: Date;
  /** The revision of each locale that is to be published. */
  readonly revisions: Readonly<Partial<Record<Locale, number>>>;
  readonly state: string;
  readonly heldBackReason: string | null;
  readonly by: string;
  readonly unmet: readonly unknown[];
}

/** A release in the authoring tables, without its texts. */
export interface EditorialRecord {
  readonly id: string;
  readonly number: string;
  readonly type: ReleaseType;
  readonly date: string;
  readonly originalLocale: Locale;
  readonly publishPolicy: PublishPolicy;
  readonly revision: number;
  readonly audiences: readonly string[];
  readonly mentions: readonly string[];
  readonly topics: readonly { readonly id: string; readonly slug: string }[];
  /** One for each of the four locales, in their order. */
  readonly translations: readonly TranslationRecord[];
  readonly schedule: StoredSchedule | null;
  readonly retractedAt: Date | null;
}
