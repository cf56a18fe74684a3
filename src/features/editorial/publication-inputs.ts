import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, InputType } from 'type-graphql';

import type { Locale } from '../../kernel/locale.js';
import { LocaleEnum } from '../../platform/graphql/enums.js';
import { CountryCode } from '../../platform/graphql/scalars.js';

@InputType('WaiverInput', {
  description:
    'Lets an edition out although a rule is not met. audience null: for every audience. reason: 1 to 1,000 characters; it stays in the history. A missing title cannot be waived.',
})
export class WaiverInput {
  @Field(() => CountryCode, { nullable: true })
  audience?: string | null;

  @Field(() => LocaleEnum)
  locale: Locale;

  @Field(() => String)
  reason: string;
}

@InputType('PublishInput', {
  description:
    'locales null: every approved one. An edition is a full snapshot: locales not named are carried over from the last one; it always contains the original. at later than now, by at most five years: scheduled; nothing of it exists for readers before that instant. The texts that come out then are those that were approved when it was scheduled.',
})
export class PublishInput {
  @Field(() => ID)
  releaseId: string;

  @Field(() => [LocaleEnum], { nullable: true })
  locales?: Locale[] | null;

  @Field(() => GraphQLDateTime, { nullable: true })
  at?: Date | null;

  @Field(() => [WaiverInput], { nullable: true })
  waivers?: WaiverInput[] | null;
}

@InputType('RetractInput', {
  description:
    'locales null: the whole release. The original cannot go alone. reason: 1 to 1,000 characters.',
})
export class RetractInput {
  @Field(() => ID)
  releaseId: string;

  @Field(() => [LocaleEnum], { nullable: true })
  locales?: Locale[] | null;

  @Field(() => String)
  reason: string;
}
