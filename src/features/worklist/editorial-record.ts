import type { Locale } from '../../kernel/locale.js';
import type { Freshness, ReleaseType } from '../../kernel/release.js';
import type { StartedState } from '../../kernel/workflow.js';
import type { UnmetRule } from '../publication/index.js';
import type { PublishPolicy } from '../release/index.js';
import type { HeldBackReason } from './enums.js';

/** One locale of a release, as the staff's tables have it. */
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

export interface ScheduleRecord {
  readonly at: Date;
  /** The revision of each locale that is to come out. */
  readonly revisions: Readonly<Partial<Record<Locale, number>>>;
  readonly state: 'WAITING' | 'HELD_BACK';
  readonly heldBackReason: HeldBackReason | null;
  readonly by: string;
  readonly unmet: readonly UnmetRule[];
}

/** A release as the staff's tables have it, without its texts. */
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
  readonly schedule: ScheduleRecord | null;
  readonly retractedAt: Date | null;
}
