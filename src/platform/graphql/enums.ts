// type-graphql's decorators need it before the first of them runs; every decorated type uses these enums.
import 'reflect-metadata';

import { registerEnumType } from 'type-graphql';

import { AVAILABILITY_STATUSES, TRANSLATION_STATUSES } from '../../kernel/availability.js';
import { CHAIN_STEPS, LOCALES } from '../../kernel/locale.js';
import { COHERENCES, LOCALE_OUTCOMES, LOCALE_RULES } from '../../kernel/localization.js';
import { MEMBERSHIP_STATUSES } from '../../kernel/member-state.js';
import {
  BLOCK_KINDS,
  FRESHNESS,
  RELEASE_TYPES,
  SEGMENT_KINDS,
  TEXT_ORIGINS,
} from '../../kernel/release.js';
import { ROLES } from '../../kernel/access.js';
import { TRANSLATION_STATES } from '../../kernel/workflow.js';

type EnumObject<T extends string> = { readonly [Value in T]: Value };

/** A GraphQL enum of strings that the kernel already lists: one list for both. */
export function defineEnum<T extends string>(
  name: string,
  values: readonly T[],
  description?: string,
  valuesConfig: Partial<Record<T, { description: string }>> = {},
): EnumObject<T> {
  const object = Object.fromEntries(values.map((value) => [value, value])) as EnumObject<T>;
  registerEnumType(object, {
    name,
    ...(description !== undefined && { description }),
    valuesConfig: valuesConfig as never,
  });
  return object;
}

export const LocaleEnum = defineEnum('Locale', LOCALES, 'The four official languages of the OAS.');

export const TextDirectionEnum = defineEnum(
  'TextDirection',
  ['LTR', 'RTL'],
  'LTR or RTL, ready for the HTML attribute dir.',
);

export const CoherenceEnum = defineEnum(
  'Coherence',
  COHERENCES,
  'RELEASE: one locale for the whole release, never a mixed page (the default). FIELD: fill gaps field by field. STRICT: only what was asked for: the languages named; without one, those that the audience requires; without both, the original.',
);

export const TextOriginEnum = defineEnum('TextOrigin', TEXT_ORIGINS, 'Where a text came from.');

export const FreshnessEnum = defineEnum(
  'Freshness',
  FRESHNESS,
  'How a translated text stands against its original; computed, never set by hand. An original is always CURRENT. For readers: against the original of the same edition. For staff: against the newest saved original.',
  {
    CURRENT: { description: 'Made from the source as it is.' },
    MINOR_DRIFT: { description: 'The source has changed since, but not in substance.' },
    STALE: { description: 'The source has changed in substance since, or says more.' },
  },
);

export const PublicTranslationStatusEnum = defineEnum(
  'PublicTranslationStatus',
  TRANSLATION_STATUSES,
  'What the public may know of one locale of a published release. Work in progress is not public.',
);

export const AvailabilityStatusEnum = defineEnum(
  'AvailabilityStatus',
  AVAILABILITY_STATUSES,
  'How an audience is served. "Current" means not STALE. Required locales and membership are those of the release\'s date. An audience with no required locale at that date (not yet or no longer a member) is COMPLETE only if something is served as asked, that is in the first language of its chain, else FALLBACK.',
  {
    COMPLETE: { description: 'Every locale that this audience requires is published and current.' },
    PARTIAL: {
      description:
        'A required locale is served, but another one is missing, or one of them is stale.',
    },
    FALLBACK: {
      description:
        'No required locale may be served (none is published, or the policy withholds it); the audience gets another one, marked as fallback.',
    },
    UNAVAILABLE: { description: 'Nothing may be served to this audience.' },
  },
);

export const LocaleOutcomeEnum = defineEnum(
  'LocaleOutcome',
  LOCALE_OUTCOMES,
  'Why the chain took or passed over a locale.',
  {
    SERVED: { description: 'This one was taken.' },
    NOT_PUBLISHED: { description: 'The release is not published in this locale.' },
    INCOMPLETE: {
      description:
        'Published, but without a field that the original has, and the release is not to be mixed.',
    },
    STALE_WITHHELD: {
      description:
        "Published, but out of date, and the audience's policy is to withhold such a text.",
    },
    RETRACTED: { description: 'Was published in this locale and has been taken back.' },
    NOT_TRIED: { description: 'An earlier locale of the chain was taken.' },
  },
);

export const LocaleRuleEnum = defineEnum(
  'LocaleRule',
  LOCALE_RULES,
  'Which rule put a locale into the chain.',
);

export const BlockKindEnum = defineEnum('BlockKind', BLOCK_KINDS);

export const ReleaseTypeEnum = defineEnum('ReleaseType', RELEASE_TYPES);

export const SegmentKindEnum = defineEnum('SegmentKind', SEGMENT_KINDS);

export const RoleEnum = defineEnum('Role', ROLES, 'What an account may do.', {
  TRANSLATOR: { description: 'Writes and submits translations in its locales.' },
  REVISER: { description: 'The same; also approves and returns, originals too.' },
  EDITOR: {
    description:
      'Press officer: creates releases, keeps their facts, writes originals, assigns, approves, publishes, schedules, waives and retracts, in all locales.',
  },
  ADMIN: { description: 'The same; also keeps audience rules, topics and namespaces.' },
});

export const TranslationStateEnum = defineEnum(
  'TranslationState',
  TRANSLATION_STATES,
  'Where a translation stands in the workflow. Publication is no state of it: a text may be public in one revision and a draft in the next (see publishedRevision). The original goes through the same states.',
);

export const ChainStepEnum = defineEnum(
  'ChainStep',
  CHAIN_STEPS,
  "One step of the order in which an audience is served; ORIGINAL stands for the release's own language.",
);

export const MembershipStatusEnum = defineEnum('MembershipStatus', MEMBERSHIP_STATUSES, undefined, {
  MEMBER_NOT_PARTICIPATING: {
    description: 'Counted as a member, but does not, or may not, take part.',
  },
  DISPUTED: { description: 'The parties describe the membership differently.' },
  FORMER_MEMBER: { description: 'The Charter has ceased to have effect for the state.' },
});
