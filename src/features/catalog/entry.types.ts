import { GraphQLDateTime } from 'graphql-scalars';
import { ArgsType, createUnionType, Field, InputType, Int, ObjectType } from 'type-graphql';

import type { Locale } from '../../kernel/locale.js';
import type { Freshness } from '../../kernel/release.js';
import { FreshnessEnum, LocaleEnum } from '../../platform/graphql/enums.js';
import { Node } from '../../platform/graphql/node.js';
import { connectionTypes, ForwardArgs } from '../../platform/graphql/paging.js';
import { RevisionConflict, ValidationProblem } from '../../platform/graphql/problem.js';
import { AccountType } from '../account/index.js';
import type { EntryFilter } from './entry.repository.js';
import type { EntryInput } from './save-entry.js';

@ObjectType('LocaleEntry', {
  description: 'One text of the interface or of an app: a key of an i18next namespace.',
  implements: Node,
})
export class LocaleEntryType extends Node {
  readonly id: string;

  @Field(() => String, {
    description:
      "errors and cli are the server's own; all others are for client apps, which load them with localeBundle.",
  })
  namespace: string;

  @Field(() => String, {
    description:
      'The names on the way to the text, joined by dots; a plural form is a key of its own (files_one, files_other). An ending such as _one is a plural form only where its sibling forms exist (other and one more) or one of the texts uses count; else it is a part of the name: step_one, “First step”.',
  })
  key: string;

  @Field(() => LocaleEnum)
  locale: Locale;

  @Field(() => LocaleEnum, {
    description:
      'The four locales are equal: which one an entry was written in first is a property of the entry.',
  })
  originalLocale: Locale;

  @Field(() => String, {
    nullable: true,
    description: 'An i18next text, with {{placeholders}}; null where it is missing.',
  })
  value: string | null;

  @Field(() => Int, { description: '0 without a value.' })
  revision: number;

  @Field(() => FreshnessEnum, {
    nullable: true,
    description:
      'null without a value. STALE: the text of the original locale is another one than when this was saved.',
  })
  freshness: Freshness | null;

  @Field(() => [String], {
    description:
      'Plural forms that this locale needs by CLDR and this entry lacks: many, ordinal_few.',
  })
  missingPluralForms: readonly string[];

  @Field(() => AccountType, { nullable: true })
  updatedBy: AccountType | null;

  @Field(() => GraphQLDateTime, { nullable: true })
  updatedAt: Date | null;
}

export const { Connection: LocaleEntryConnection } = connectionTypes(
  'LocaleEntry',
  () => LocaleEntryType,
);

@InputType('LocaleEntryFilter', {
  description: 'Conditions that an entry must all meet; a list is met by one of its members.',
})
export class LocaleEntryFilter implements EntryFilter {
  @Field(() => [String], { nullable: true })
  namespace?: string[] | null;

  @Field(() => [LocaleEnum], { nullable: true })
  locale?: Locale[] | null;

  @Field(() => Boolean, { nullable: true, description: 'true: without a value; false: with one.' })
  missing?: boolean | null;

  @Field(() => [FreshnessEnum], { nullable: true, description: 'Of entries with a value.' })
  freshness?: Freshness[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Part of the key or of the text, in any case and with or without accents.',
  })
  search?: string | null;
}

@ArgsType()
export class LocaleEntriesArgs extends ForwardArgs {
  @Field(() => LocaleEntryFilter, { nullable: true })
  filter?: LocaleEntryFilter | null;
}

@InputType('SaveLocaleEntryInput')
export class SaveLocaleEntryInput implements EntryInput {
  @Field(() => String, { description: 'Small letters, digits and hyphens; at most 40 characters.' })
  namespace: string;

  @Field(() => String, { description: 'At most 200 characters.' })
  key: string;

  @Field(() => LocaleEnum)
  locale: Locale;

  @Field(() => String, {
    description:
      'At most 10,000 characters. Its placeholders are those of the text in the original locale; the plural forms zero, one and two may leave out count.',
  })
  value: string;

  @Field(() => Int, { description: 'The revision that was changed; 0 where there is no text yet.' })
  expectedRevision: number;
}

@ObjectType('LocaleEntryPayload', { description: 'The entry as it was saved.' })
export class LocaleEntryPayload {
  @Field(() => LocaleEntryType)
  entry: LocaleEntryType;
}

export const SaveLocaleEntryResult = createUnionType({
  name: 'SaveLocaleEntryResult',
  types: () => [LocaleEntryPayload, RevisionConflict, ValidationProblem] as const,
});
