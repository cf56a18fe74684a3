import { Field, InputType } from 'type-graphql';

import type { ChainStep, Locale } from '../../kernel/locale.js';
import type { StalePolicy } from '../../kernel/member-state.js';
import type { ReleaseType } from '../../kernel/release.js';
import { ChainStepEnum, LocaleEnum, ReleaseTypeEnum } from '../../platform/graphql/schema/enums.js';
import { CalendarDate, CountryCode } from '../../platform/graphql/schema/scalars.js';
import type { RuleChange } from './audience-rule.policy.js';
import { StalePolicyEnum } from './audience-rule.types.js';

@InputType('AudienceRuleInput', {
  description:
    'A rule to add. It replaces a rule with the same audience, type and first day. A field that is null or omitted takes the value of the rule in force on that day. Every required locale must be in the chain.',
})
export class AudienceRuleInput implements RuleChange {
  @Field(() => CountryCode, { description: 'State whose readers the rule is for.' })
  audience: string;

  @Field(() => ReleaseTypeEnum, {
    nullable: true,
    description: 'Type of release that the rule is limited to; null or omitted for all types.',
  })
  type?: ReleaseType | null;

  @Field(() => CalendarDate, { description: 'First day of the rule, in UTC.' })
  validFrom: string;

  @Field(() => [LocaleEnum], {
    nullable: true,
    description:
      'Locales in which releases dated from that day must be published for this audience; an empty list requires none.',
  })
  requiredLocales?: Locale[] | null;

  @Field(() => [ChainStepEnum], {
    nullable: true,
    description: 'Order in which the audience is served; each step at most once.',
  })
  fallbackChain?: ChainStep[] | null;

  @Field(() => StalePolicyEnum, {
    nullable: true,
    description: 'What readers get in place of a STALE translation.',
  })
  stalePolicy?: StalePolicy | null;
}

@InputType('TopicNameInput', { description: 'Name of a topic in one locale.' })
export class TopicNameInput {
  @Field(() => LocaleEnum, { description: 'Language of the name.' })
  locale: Locale;

  @Field(() => String, { description: '1 to 200 characters of plain text.' })
  name: string;
}

@InputType('TopicInput', {
  description: 'A topic to create or rename. Names in other locales stay as they are.',
})
export class TopicInput {
  @Field(() => String, {
    description:
      'Key of the topic; a new one creates it. Up to 80 lowercase letters and digits, with single hyphens between words.',
  })
  slug: string;

  @Field(() => [TopicNameInput], { description: 'Names to set, one for each locale at most.' })
  names: TopicNameInput[];
}
