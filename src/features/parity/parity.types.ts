import { Field, Float, Int, ObjectType } from 'type-graphql';

import type { Locale } from '../../kernel/locale.js';
import { LocaleEnum } from '../../platform/graphql/enums.js';
import { MemberStateType } from '../audience/index.js';

@ObjectType('LocaleParity', {
  description:
    "How one language stands. Lags are hours behind the original's publication; simultaneous counts releases out in the original's own edition. Only what is published now counts, the original's own language too.",
})
export class LocaleParityType {
  @Field(() => LocaleEnum)
  locale: Locale;

  @Field(() => Int, { description: 'Releases published in this language.' })
  published: number;

  @Field(() => Int, {
    description:
      'Of these, those that say what the original says (CURRENT). What is neither current nor stale differs by a minor change.',
  })
  current: number;

  @Field(() => Int, { description: 'Those of which the original has changed since (STALE).' })
  stale: number;

  @Field(() => Int, {
    description: 'Those with a part that a machine translated and nobody reviewed.',
  })
  machine: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Half of the translations into this language came out within so many hours; null where there is none. Originals do not count.',
  })
  lagMedian: number | null;

  @Field(() => Float, { nullable: true, description: 'The same for nine tenths of them.' })
  lagP90: number | null;

  @Field(() => Int, {
    description:
      'Those that came out at the same instant as the original; those whose original it is, always.',
  })
  simultaneous: number;
}

@ObjectType('AudienceParity', {
  description:
    'How the releases addressed to a state, by name or with all, stand for it: one of four, as availability has it.',
})
export class AudienceParityType {
  @Field(() => MemberStateType)
  audience: MemberStateType;

  @Field(() => Int)
  complete: number;

  @Field(() => Int)
  partial: number;

  @Field(() => Int)
  fallback: number;

  @Field(() => Int)
  unavailable: number;
}

@ObjectType('ParityReport', {
  description:
    'The three parts of parity between the official languages, over the releases of a period.',
})
export class ParityReportType {
  @Field(() => Int, { description: 'All that are public.' })
  releases: number;

  @Field(() => [LocaleParityType], { description: 'All four, in the order of their codes.' })
  locales: readonly LocaleParityType[];

  @Field(() => [AudienceParityType], {
    description: 'The audience asked for, or else all states, in the order of their codes.',
  })
  audiences: readonly AudienceParityType[];
}
