import { Field, InputType } from 'type-graphql';

import type { ChainStep, Locale } from '../../kernel/locale.js';
import type { StalePolicy } from '../../kernel/member-state.js';
import type { ReleaseType } from '../../kernel/release.js';
import { ChainStepEnum, LocaleEnum, ReleaseTypeEnum } from '../../platform/graphql/enums.js';
import { CalendarDate, CountryCode } from '../../platform/graphql/scalars.js';
import type { RuleWish } from './audience-rule.policy.js';
import { StalePolicyEnum } from './audience-rule.types.js';

@InputType('AudienceRuleInput', {
  description:
    'A rule for the same audience, type and first day is replaced. What is null is taken over from the rule in force on that day. A locale that is required must be in the chain.',
})
export class AudienceRuleInput implements RuleWish {
  @Field(() => CountryCode)
  audience: string;

  @Field(() => ReleaseTypeEnum, { nullable: true })
  type?: ReleaseType | null;

  @Field(() => CalendarDate)
  validFrom: string;

  @Field(() => [LocaleEnum], { nullable: true })
  requiredLocales?: Locale[] | null;

  @Field(() => [ChainStepEnum], { nullable: true })
  fallbackChain?: ChainStep[] | null;

  @Field(() => StalePolicyEnum, { nullable: true })
  stalePolicy?: StalePolicy | null;
}

@InputType('TopicNameInput', { description: 'name: 1 to 200 characters.' })
export class TopicNameInput {
  @Field(() => LocaleEnum)
  locale: Locale;

  @Field(() => String)
  name: string;
}

@InputType('TopicInput', {
  description:
    'slug: up to 80 lowercase letters and digits, with single hyphens between words. Names in locales that are not given stay as they are.',
})
export class TopicInput {
  @Field(() => String)
  slug: string;

  @Field(() => [TopicNameInput])
  names: TopicNameInput[];
}
