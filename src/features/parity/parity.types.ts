import { Field, Float, Int, ObjectType } from 'type-graphql';

import type { Locale } from '../../kernel/locale.js';
import { Size } from '../../platform/graphql/limits/list-size.js';
import { LocaleEnum } from '../../platform/graphql/schema/enums.js';
import { CalendarDate } from '../../platform/graphql/schema/scalars.js';
import { MemberStateType } from '../audience/index.js';
import type { ParityRules, ParityScope } from './parity.repository.js';

@ObjectType('LocaleParity', {
  description:
    'Figures for one language over the releases of the report. Counts texts that are public now, originals included.',
})
export class LocaleParityType {
  @Field(() => LocaleEnum, { description: 'Language that the figures are for.' })
  locale: Locale;

  @Field(() => Int, { description: 'Number of releases published in this language.' })
  published: number;

  @Field(() => Int, {
    description:
      'How many of them are CURRENT. Those that are neither current nor stale differ by a minor change.',
  })
  current: number;

  @Field(() => Int, { description: 'How many of them are STALE.' })
  stale: number;

  @Field(() => Int, {
    description: 'How many of them have a machine translation that nobody has reviewed.',
  })
  machine: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Hours from the original to the translation, median; null without translations. Originals do not count.',
  })
  lagMedian: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Hours from the original to the translation, 90th percentile; null without translations.',
  })
  lagP90: number | null;

  @Field(() => Int, {
    description: 'How many were published at the same instant as their original; originals count.',
  })
  simultaneous: number;
}

@ObjectType('AudienceParity', {
  description:
    'Number of releases by status, of those addressed to one state by name or because they are addressed to all.',
})
export class AudienceParityType {
  @Field(() => MemberStateType, { description: 'State that the counts are for.' })
  audience: MemberStateType;

  @Field(() => Int, { description: 'Releases with status COMPLETE.' })
  complete: number;

  @Field(() => Int, { description: 'Releases with status PARTIAL.' })
  partial: number;

  @Field(() => Int, { description: 'Releases with status FALLBACK.' })
  fallback: number;

  @Field(() => Int, { description: 'Releases with status UNAVAILABLE.' })
  unavailable: number;
}

@ObjectType('ParityMonthLocale', {
  description:
    'Figures for one language over the releases of one month. Counts texts that are public now, originals included.',
})
export class ParityMonthLocaleType {
  @Field(() => LocaleEnum, { description: 'Language that the figures are for.' })
  locale: Locale;

  @Field(() => Int, { description: 'Number of releases published in this language.' })
  published: number;

  @Field(() => Int, { description: 'How many of them are CURRENT.' })
  current: number;

  @Field(() => Int, {
    description:
      'How many were published within 24 hours of their original; originals count. Texts that were published elsewhere before they were imported do not: often only the day is known.',
  })
  simultaneous: number;
}

@ObjectType('ParityMonth', {
  description: 'One month of a parity report, by the dates of the releases.',
})
export class ParityMonthType {
  @Field(() => CalendarDate, { description: 'First day of the month.' })
  month: string;

  @Field(() => Int, { description: 'Number of public releases of this month in the report.' })
  releases: number;

  @Size(4)
  @Field(() => [ParityMonthLocaleType], { description: 'All four languages, sorted by code.' })
  locales: readonly ParityMonthLocaleType[];
}

@ObjectType('ParityReport', {
  description:
    'Existence, currency and simultaneity of the four languages over the releases of a period.',
})
export class ParityReportType {
  constructor(
    readonly scope: ParityScope,
    readonly rules: ParityRules,
  ) {}

  @Field(() => Int, { description: 'Number of public releases in the report.' })
  releases: number;

  @Size(4)
  @Field(() => [LocaleParityType], { description: 'All four languages, sorted by code.' })
  locales: readonly LocaleParityType[];

  @Size(35)
  @Field(() => [AudienceParityType], {
    description: 'The requested audience, else all states, sorted by code.',
  })
  audiences: readonly AudienceParityType[];
}
