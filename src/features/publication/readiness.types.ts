import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';

import type { Locale } from '../../kernel/locale.js';
import { defineEnum, LocaleEnum } from '../../platform/graphql/schema/enums.js';
import { CountryCode } from '../../platform/graphql/schema/scalars.js';
import { Size } from '../../platform/graphql/limits/list-size.js';
import { AccountType } from '../account/index.js';
import { UNMET_REASONS, type UnmetReason } from './readiness.policy.js';

const UnmetReasonEnum = defineEnum(
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

@ObjectType('UnmetRule', { description: 'A rule that the edition would break.' })
export class UnmetRuleType {
  @Field(() => CountryCode, {
    nullable: true,
    description: 'State for which the rule exists; null for a rule of the release itself.',
  })
  audience: string | null;

  @Field(() => LocaleEnum, { description: 'Locale concerned.' })
  locale: Locale;

  @Field(() => UnmetReasonEnum, { description: 'How the locale falls short of the rule.' })
  reason: UnmetReason;

  @Field(() => Boolean, {
    description:
      'true if publish refuses the edition because of it; false if it is only reported, or was waived.',
  })
  blocking: boolean;

  @Field(() => String, { description: 'Text for people, in the language of the caller.' })
  message: string;

  @Field(() => String, {
    nullable: true,
    description: 'Segment concerned; null if it is the locale as a whole.',
  })
  segmentKey: string | null;

  @Field(() => AccountType, {
    nullable: true,
    description: 'Account that the translation is assigned to; null if nobody.',
  })
  assignee: AccountType | null;
}

@ObjectType('PublicationReadiness', {
  description: 'Result of the rules for an edition, from the same code that publish runs.',
})
export class PublicationReadinessType {
  @Field(() => Boolean, { description: 'true if no rule blocks: each is met or waived.' })
  ready: boolean;

  @Field(() => GraphQLDateTime, {
    description: 'Instant of the planned publication; it has no influence on the rules.',
  })
  at: Date;

  @Size(10)
  @Field(() => [UnmetRuleType], { description: 'All unmet rules, the blocking ones first.' })
  unmet: readonly UnmetRuleType[];
}
