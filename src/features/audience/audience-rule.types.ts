import { createUnionType, Field, ID, ObjectType } from 'type-graphql';

import type { ChainStep, Locale } from '../../kernel/locale.js';
import { STALE_POLICIES, type StalePolicy } from '../../kernel/member-state.js';
import type { ReleaseType } from '../../kernel/release.js';
import {
  ChainStepEnum,
  defineEnum,
  LocaleEnum,
  ReleaseTypeEnum,
} from '../../platform/graphql/enums.js';
import { ValidationProblem } from '../../platform/graphql/problem.js';
import { CalendarDate } from '../../platform/graphql/scalars.js';
import { MemberStateType, TopicType } from './audience.types.js';

export const StalePolicyEnum = defineEnum(
  'StalePolicy',
  STALE_POLICIES,
  'What an audience gets while a translation is STALE.',
  {
    SERVE: { description: 'The stale text, flagged by its freshness.' },
    WITHHOLD: { description: 'The next locale of the chain.' },
  },
);

@ObjectType('AudienceRule', {
  description:
    'A dated rule; the newest one that is in force decides. type null: for every type of release. validFrom is its first day, validTo the first day after it, in UTC.',
})
export class AudienceRuleType {
  @Field(() => ID)
  id: string;

  @Field(() => MemberStateType)
  audience: MemberStateType;

  @Field(() => ReleaseTypeEnum, { nullable: true })
  type: ReleaseType | null;

  @Field(() => CalendarDate)
  validFrom: string;

  @Field(() => CalendarDate, { nullable: true })
  validTo: string | null;

  @Field(() => [LocaleEnum], {
    description: 'What releases dated in this time must be published in for this audience.',
  })
  requiredLocales: readonly Locale[];

  @Field(() => [ChainStepEnum], {
    description:
      'In which order this audience is served, while the rule is in force, whatever the date of the release.',
  })
  fallbackChain: readonly ChainStep[];

  @Field(() => StalePolicyEnum)
  stalePolicy: StalePolicy;
}

@ObjectType('AudienceRulePayload', { description: 'The rule as it now is.' })
export class AudienceRulePayload {
  @Field(() => AudienceRuleType)
  rule: AudienceRuleType;
}

@ObjectType('TopicPayload', { description: 'The topic as readers now see it.' })
export class TopicPayload {
  @Field(() => TopicType)
  topic: TopicType;
}

export const AudienceRuleResult = createUnionType({
  name: 'AudienceRuleResult',
  types: () => [AudienceRulePayload, ValidationProblem] as const,
});

export const TopicResult = createUnionType({
  name: 'TopicResult',
  types: () => [TopicPayload, ValidationProblem] as const,
});
