// type-graphql's decorators need this before the first of them runs; every decorated type uses these enums.
import 'reflect-metadata';

import { registerEnumType } from 'type-graphql';

import { AVAILABILITY_STATUSES, TRANSLATION_STATUSES } from '../../../kernel/availability.js';
import { CHAIN_STEPS, LOCALES } from '../../../kernel/locale.js';
import { COHERENCES, LOCALE_OUTCOMES, LOCALE_RULES } from '../../../kernel/localization.js';
import { MEMBERSHIP_STATUSES } from '../../../kernel/member-state.js';
import {
  BLOCK_KINDS,
  FRESHNESS,
  RELEASE_TYPES,
  SEGMENT_KINDS,
  TEXT_ORIGINS,
} from '../../../kernel/release.js';
import { ROLES } from '../../../kernel/access.js';
import { TRANSLATION_STATES } from '../../../kernel/workflow.js';

type EnumObject<T extends string> = { readonly [Value in T]: Value };

/**
 * Defines a GraphQL enum from strings that the kernel already lists, so that both share one list.
 *
 * @param meanings the description of each value, for the schema
 */
export function defineEnum<T extends string>(
  name: string,
  values: readonly T[],
  description: string,
  meanings: Readonly<Record<T, string>>,
): EnumObject<T> {
  const object = Object.fromEntries(values.map((value) => [value, value])) as EnumObject<T>;
  const valuesConfig = Object.fromEntries(
    values.map((value) => [value, { description: meanings[value] }]),
  ) as Record<T, { description: string }>;
  registerEnumType(object, { name, description, valuesConfig });
  return object;
}

export const LocaleEnum = defineEnum('Locale', LOCALES, 'The four official languages of the OAS.', {
  EN: 'English; letter E of references.',
  ES: 'Spanish; letter C of references.',
  FR: 'French; letter F of references.',
  PT: 'Portuguese; letter P of references.',
});

export const TextDirectionEnum = defineEnum(
  'TextDirection',
  ['LTR', 'RTL'],
  'Writing direction of a text.',
  { LTR: 'Left to right; dir="ltr" in HTML.', RTL: 'Right to left; dir="rtl" in HTML.' },
);

export const CoherenceEnum = defineEnum(
  'Coherence',
  COHERENCES,
  'How strictly a release stays in one language.',
  {
    RELEASE: 'One locale for the whole release, never a mixed page. The default.',
    FIELD: 'Each field is served in the first locale of the chain that has it.',
    STRICT:
      'Requested languages only, else null. Without a language: those that the audience requires; without an audience: the original.',
  },
);

export const TextOriginEnum = defineEnum('TextOrigin', TEXT_ORIGINS, 'How a text came about.', {
  ORIGINAL: 'Written in the original language of the release.',
  HUMAN: 'Translated by a person.',
  MACHINE: 'Translated by a machine and not reviewed.',
  MACHINE_REVIEWED: 'Translated by a machine, then reviewed by a person.',
  IMPORTED: 'Taken over from an earlier publication; who translated it is unknown.',
});

export const FreshnessEnum = defineEnum(
  'Freshness',
  FRESHNESS,
  'How a translated text stands against its original; computed, never set by hand. An original is always CURRENT. For readers: against the original of the same edition. For staff: against the newest saved original.',
  {
    CURRENT: 'Made from the source as it is now.',
    MINOR_DRIFT: 'The source has changed since, but not in substance.',
    STALE: 'The source has changed in substance since, or has more text.',
  },
);

export const PublicTranslationStatusEnum = defineEnum(
  'PublicTranslationStatus',
  TRANSLATION_STATUSES,
  'Public status of one locale of a published release. Work in progress is not public.',
  {
    PUBLISHED: 'The public can read it.',
    NOT_PUBLISHED: 'Not published in this locale so far.',
    RETRACTED: 'Was published and has been retracted.',
  },
);

export const AvailabilityStatusEnum = defineEnum(
  'AvailabilityStatus',
  AVAILABILITY_STATUSES,
  'How an audience is served. "Current" means not STALE. Required locales and membership are those of the date of the release. An audience with no required locale at that date (not yet or no longer a member) is COMPLETE only if the first language of its chain is served, else FALLBACK.',
  {
    COMPLETE: 'Every locale that this audience requires is published and current.',
    PARTIAL: 'A required locale is served, but another one is missing, or one of them is stale.',
    FALLBACK:
      'No required locale may be served (none is published, or the policy withholds it); the audience gets another one, marked as a fallback.',
    UNAVAILABLE: 'Nothing may be served to this audience.',
  },
);

export const LocaleOutcomeEnum = defineEnum(
  'LocaleOutcome',
  LOCALE_OUTCOMES,
  'What became of a locale in the decision.',
  {
    SERVED: 'The locale that the reader gets.',
    NOT_PUBLISHED: 'The release is not published in this locale.',
    INCOMPLETE:
      'Published, but without a field that the original has, and coherence does not allow a mix.',
    STALE_WITHHELD: 'Published, but STALE, and the policy of the audience withholds such a text.',
    RETRACTED: 'Was published in this locale and has been retracted.',
    NOT_TRIED: 'An earlier locale of the chain was chosen.',
  },
);

export const LocaleRuleEnum = defineEnum(
  'LocaleRule',
  LOCALE_RULES,
  'Why a locale is in the chain.',
  {
    REQUESTED: 'Requested by the reader.',
    AUDIENCE: 'In the fallback chain of the audience.',
    ORIGINAL: 'Language in which the release was written.',
    DEFAULT: 'The default order of the server.',
  },
);

export const BlockKindEnum = defineEnum('BlockKind', BLOCK_KINDS, 'Kind of a block of a body.', {
  PARAGRAPH: 'A paragraph of running text.',
  HEADING: 'A heading within the body.',
  QUOTE: 'A quotation that stands by itself; its quotation marks are part of the text.',
  LIST_ITEM: 'An item of a list; adjacent ones form one list.',
});

export const ReleaseTypeEnum = defineEnum(
  'ReleaseType',
  RELEASE_TYPES,
  'Series in which a release appears.',
  {
    PRESS_RELEASE: 'Press release, numbered by year and language: E-305/12.',
    ADVISORY: 'Media advisory, announcing an event: AVI-127/13.',
    STATEMENT: 'Statement of the Organization, numbered as press releases.',
    SPEECH: 'Speech as delivered, with the year first: 26-0014.',
    PHOTO_NEWS: 'Photographs with captions, numbered through: FNE-4622.',
  },
);

export const SegmentKindEnum = defineEnum(
  'SegmentKind',
  SEGMENT_KINDS,
  'Kind of a translatable unit.',
  {
    TITLE: 'The title of the release.',
    SUMMARY: 'The summary for lists and notifications.',
    PARAGRAPH: 'A paragraph of running text.',
    HEADING: 'A heading within the body.',
    QUOTE: 'A quotation that stands by itself; its quotation marks are part of the text.',
    LIST_ITEM: 'An item of a list; adjacent ones form one list.',
  },
);

export const RoleEnum = defineEnum('Role', ROLES, 'What an account may do.', {
  TRANSLATOR: 'Writes and submits translations in its locales.',
  REVISER: 'As TRANSLATOR; also approves and returns texts, originals too.',
  EDITOR:
    'Press officer: creates releases, maintains their facts, writes originals, assigns, approves, publishes, schedules, waives and retracts, in all locales.',
  ADMIN: 'As EDITOR; also maintains audience rules, topics and namespaces.',
});

export const TranslationStateEnum = defineEnum(
  'TranslationState',
  TRANSLATION_STATES,
  'State of a text in the workflow. Publication is not one of them: a text may be public in one revision and a draft in the next (see publishedRevision). The original has the same states.',
  {
    NOT_STARTED: 'No text yet.',
    DRAFT: 'Being written; also an approved text after a change.',
    IN_REVIEW: 'Submitted, and waiting for a reviser.',
    CHANGES_REQUESTED: 'Returned with a comment; stays so until it is submitted again.',
    APPROVED: 'Ready to be published.',
  },
);

export const ChainStepEnum = defineEnum(
  'ChainStep',
  CHAIN_STEPS,
  'One step of the order in which an audience is served.',
  {
    EN: 'English comes here.',
    ES: 'Spanish comes here.',
    FR: 'French comes here.',
    PT: 'Portuguese comes here.',
    ORIGINAL: 'The language in which the release was written comes here.',
  },
);

export const MembershipStatusEnum = defineEnum(
  'MembershipStatus',
  MEMBERSHIP_STATUSES,
  'Status of a state in the OAS.',
  {
    NOT_YET: 'Before the state joined.',
    MEMBER: 'Member without a documented restriction.',
    MEMBER_NOT_PARTICIPATING: 'Counted as a member, but does not, or may not, take part.',
    DISPUTED: 'The parties describe the membership differently.',
    FORMER_MEMBER: 'The Charter has ceased to have effect for the state.',
  },
);
