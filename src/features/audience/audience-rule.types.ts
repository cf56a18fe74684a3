import { createUnionType, Field, ID, ObjectType } from 'type-graphql';

import type { ChainStep, Locale } from '../../kernel/locale.js';
import { STALE_POLICIES, type StalePolicy } from '../../kernel/member-state.js';
import type { ReleaseType } from '../../kernel/release.js';
import {
  ChainStepEnum,
  defineEnum,
  LocaleEnum,
  ReleaseTypeEnum,
} from '../../platform/graphql/schema/enums.js';
import { ValidationProblem } from '../../platform/graphql/schema/problem.js';
import { CalendarDate } from '../../platform/graphql/schema/scalars.js';
import { MemberStateType, TopicType } from './audience.types.js';

export const StalePolicyEnum = defineEnum(
  'StalePolicy',
  STALE_POLICIES,
  'What an audience gets while a translation is STALE.',
  { SERVE: 'The stale text, with freshness STALE.', WITHHOLD: 'The next locale of the chain.' },
);

@ObjectType('AudienceRule', {
  description:
    'A dated rule of how one audience is served. Of the rules in force on a day, the one with the latest first day applies; of two with the same first day, the one for the type of release.',
})
export class AudienceRuleType {
  @Field(() => ID, { description: 'Identifies the rule for caches; no query takes it.' })
  id: string;

  @Field(() => MemberStateType, { description: 'State whose readers the rule is for.' })
  audience: MemberStateType;

  @Field(() => ReleaseTypeEnum, {
    nullable: true,
    description: 'Type of release that the rule is limited to; null for all types.',
  })
  type: ReleaseType | null;

  @Field(() => CalendarDate, { description: 'First day on which the rule is in force, in UTC.' })
  validFrom: string;

  @Field(() => CalendarDate, {
    nullable: true,
    description: 'First day on which it is no longer in force; null for an open end.',
  })
  validTo: string | null;

  @Field(() => [LocaleEnum], {
    description:
      'Locales in which releases dated in this period must be published for this audience.',
  })
  requiredLocales: readonly Locale[];

  @Field(() => [ChainStepEnum], {
    description:
      'Order in which this audience is served while the rule is in force, whatever the date of the release.',
  })
  fallbackChain: readonly ChainStep[];

  @Field(() => StalePolicyEnum, {
    description: 'What readers get in place of a STALE translation.',
  })
  stalePolicy: StalePolicy;
}

@ObjectType('AudienceRulePayload', { description: 'Result of setAudienceRule.' })
export class AudienceRulePayload {
  @Field(() => AudienceRuleType, {
    description: 'The rule as saved, with the values it took over.',
  })
  rule: AudienceRuleType;
}

@ObjectType('TopicPayload', { description: 'Result of saveTopic.' })
export class TopicPayload {
  @Field(() => TopicType, { description: 'The topic as readers see it from now on.' })
  topic: TopicType;
}

export const AudienceRuleResult = createUnionType({
  name: 'AudienceRuleResult',
  description: 'Outcome of setAudienceRule: ValidationProblem if the input is invalid.',
  types: () => [AudienceRulePayload, ValidationProblem] as const,
});

export const TopicResult = createUnionType({
  name: 'TopicResult',
  description: 'Outcome of saveTopic: ValidationProblem if the input is invalid.',
  types: () => [TopicPayload, ValidationProblem] as const,
});
