import { SOURCE_CHANGES } from '../../kernel/release.js';
import { defineEnum } from '../../platform/graphql/enums.js';
import { UNMET_REASONS } from '../publication/index.js';
import { PUBLISH_POLICIES, REVISION_ACTIONS } from '../release/index.js';

export const SourceChangeEnum = defineEnum(
  'SourceChange',
  SOURCE_CHANGES,
  'Whether a change of the original makes its translations wrong.',
  {
    SUBSTANTIVE: { description: 'Translations of what was touched become STALE.' },
    MINOR: { description: 'A matter of form: they become MINOR_DRIFT.' },
  },
);

export const PublishPolicyEnum = defineEnum(
  'PublishPolicy',
  PUBLISH_POLICIES,
  'AS_READY (the default): the rules block only for the locales being published; a required locale that is missing is listed, not blocking. SIMULTANEOUS: every locale that an addressed audience requires must be in the edition.',
);

export const RevisionActionEnum = defineEnum(
  'RevisionAction',
  REVISION_ACTIONS,
  'What was done to a text.',
);

export const UnmetReasonEnum = defineEnum(
  'UnmetReason',
  UNMET_REASONS,
  'The rule that publishing would break.',
);

export const SCHEDULE_STATES = ['WAITING', 'HELD_BACK'] as const;
export type ScheduleState = (typeof SCHEDULE_STATES)[number];

export const ScheduleStateEnum = defineEnum(
  'ScheduleState',
  SCHEDULE_STATES,
  'HELD_BACK: the instant came and the rules were not met; unmet says which.',
);
