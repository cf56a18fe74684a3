import { SOURCE_CHANGES } from '../../kernel/release.js';
import { defineEnum } from '../../platform/graphql/schema/enums.js';
import { UNMET_REASONS } from '../publication/index.js';
import { PUBLISH_POLICIES, REVISION_ACTIONS } from '../release/index.js';

export const SourceChangeEnum = defineEnum(
  'SourceChange',
  SOURCE_CHANGES,
  'Weight of a change of the original.',
  {
    SUBSTANTIVE: 'The meaning changes: translations of the changed segments become STALE.',
    MINOR: 'A matter of form: they become MINOR_DRIFT.',
  },
);

export const PublishPolicyEnum = defineEnum(
  'PublishPolicy',
  PUBLISH_POLICIES,
  'Whether the languages of a release may be published one by one.',
  {
    AS_READY:
      'Rules block only the locales being published; a required locale that is missing is reported. The default.',
    SIMULTANEOUS: 'Every locale that an addressed audience requires must be in the edition.',
  },
);

export const RevisionActionEnum = defineEnum(
  'RevisionAction',
  REVISION_ACTIONS,
  'What a step in the history did to a text.',
  {
    CREATED: 'First text of the locale.',
    SAVED: 'New text.',
    CONFIRMED: 'Confirmed as still right after a change of the source.',
    SUBMITTED: 'Submitted for review.',
    APPROVED: 'Approved by a reviser or editor.',
    CHANGES_REQUESTED: 'Returned with a comment.',
    RESTORED: 'Text of an earlier revision brought back.',
    PUBLISHED: 'Part of a published edition.',
    RETRACTED: 'Retracted from the public.',
    IMPORTED: 'Text taken over by an import.',
  },
);

export const UnmetReasonEnum = defineEnum(
  'UnmetReason',
  UNMET_REASONS,
  'Why a locale does not meet a rule.',
  {
    NOT_STARTED: 'It has no text.',
    INCOMPLETE:
      'A segment has no text; or, for an audience and without a segment, the locale is ready but not part of the edition.',
    NOT_APPROVED: 'The text is not approved.',
    STALE: 'The original has changed in substance since.',
    TITLE_MISSING: 'It has no title; this cannot be waived.',
  },
);

export const SCHEDULE_STATES = ['WAITING', 'HELD_BACK'] as const;
export type ScheduleState = (typeof SCHEDULE_STATES)[number];

export const ScheduleStateEnum = defineEnum(
  'ScheduleState',
  SCHEDULE_STATES,
  'Whether a scheduled edition is still due.',
  {
    WAITING: 'Its instant is in the future.',
    HELD_BACK: 'Its instant has passed and it was not published; heldBackReason gives the reason.',
  },
);

export const HELD_BACK_REASONS = ['RULES_UNMET', 'RESTORED'] as const;
export type HeldBackReason = (typeof HELD_BACK_REASONS)[number];

export const HeldBackReasonEnum = defineEnum(
  'HeldBackReason',
  HELD_BACK_REASONS,
  'Why a scheduled edition was not published at its instant.',
  {
    RULES_UNMET: 'Rules were not met; unmet lists them.',
    RESTORED:
      'The database was restored to an earlier point or failed over meanwhile, and a cancellation may have been lost. Publish it or cancel it by hand.',
  },
);
