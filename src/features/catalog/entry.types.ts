import { GraphQLDateTime } from 'graphql-scalars';
import { ArgsType, createUnionType, Field, InputType, Int, ObjectType } from 'type-graphql';

import type { Locale } from '../../kernel/locale.js';
import type { Freshness } from '../../kernel/release.js';
import { FreshnessEnum, LocaleEnum } from '../../platform/graphql/schema/enums.js';
import { Node } from '../../platform/graphql/schema/node.js';
import { connectionTypes, ForwardArgs } from '../../platform/graphql/schema/paging.js';
import { RevisionConflict, ValidationProblem } from '../../platform/graphql/schema/problem.js';
import { AccountType } from '../account/index.js';
import type { EntryFilter } from './entry.repository.js';
import type { EntryInput } from './save-entry.js';

@ObjectType('LocaleEntry', {
  description:
    'One text of the interface or of an app: a key of an i18next namespace in one locale.',
  implements: Node,
})
export class LocaleEntryType extends Node {
  readonly id: string;

  @Field(() => String, {
    description:
      'errors and cli are those of the server; all others are for client apps, which load them with localeBundle.',
  })
  namespace: string;

  @Field(() => String, {
    description:
      'Names on the way to the text, joined by dots. A plural form is a key of its own: files_one, files_other. A suffix such as _one marks a plural form only if its sibling forms exist (other and one more) or one of the texts uses count; else it is part of the name: step_one, “First step”.',
  })
  key: string;

  @Field(() => LocaleEnum, { description: 'Language of the text.' })
  locale: Locale;

  @Field(() => LocaleEnum, {
    description:
      'Locale in which the entry was first written; freshness and placeholders are judged against it.',
  })
  originalLocale: Locale;

  @Field(() => String, {
    nullable: true,
    description: 'i18next text with {{placeholders}}; null if not translated.',
  })
  value: string | null;

  @Field(() => Int, {
    description:
      'Number of the current text, to send back with saveLocaleEntry; 0 without a value.',
  })
  revision: number;

  @Field(() => FreshnessEnum, {
    nullable: true,
    description:
      'null without a value. STALE if the text of the original locale has changed since this one was saved.',
  })
  freshness: Freshness | null;

  @Field(() => [String], {
    description:
      'Plural forms that this locale needs by CLDR and the entry lacks: many, ordinal_few.',
  })
  missingPluralForms: readonly string[];

  @Field(() => AccountType, {
    nullable: true,
    description:
      'Account that last saved the text; null without a value, or for a text that came with the server.',
  })
  updatedBy: AccountType | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      'When the text was last saved; null without a value, or for a text that came with the server.',
  })
  updatedAt: Date | null;
}

export const { Connection: LocaleEntryConnection } = connectionTypes(
  'LocaleEntry',
  () => LocaleEntryType,
);

@InputType('LocaleEntryFilter', {
  description:
    'Conditions on entries. All of them must hold; a list holds if one of its members does.',
})
export class LocaleEntryFilter implements EntryFilter {
  @Field(() => [String], { nullable: true, description: 'Names of namespaces.' })
  namespace?: string[] | null;

  @Field(() => [LocaleEnum], { nullable: true, description: 'Languages of the texts.' })
  locale?: Locale[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'true for entries without a value, false for those with one.',
  })
  missing?: boolean | null;

  @Field(() => [FreshnessEnum], {
    nullable: true,
    description:
      'How the text stands against that of its original locale; finds entries with a value only.',
  })
  freshness?: Freshness[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Part of the key or of the text; case and accents do not matter.',
  })
  search?: string | null;
}

@ArgsType()
export class LocaleEntriesArgs extends ForwardArgs {
  @Field(() => LocaleEntryFilter, {
    nullable: true,
    description: 'Conditions on the entries; omitted for all.',
  })
  filter?: LocaleEntryFilter | null;
}

@InputType('SaveLocaleEntryInput', { description: 'One text to save in one locale.' })
export class SaveLocaleEntryInput implements EntryInput {
  @Field(() => String, {
    description: 'Lowercase letters, digits and hyphens; at most 40 characters.',
  })
  namespace: string;

  @Field(() => String, { description: 'Names joined by dots; at most 200 characters.' })
  key: string;

  @Field(() => LocaleEnum, { description: 'Language of the text.' })
  locale: Locale;

  @Field(() => String, {
    description:
      'i18next text, at most 10,000 characters, with the placeholders of the text in the original locale; the plural forms zero, one and two may leave out count.',
  })
  value: string;

  @Field(() => Int, {
    description:
      'LocaleEntry.revision as the caller saw it; 0 if there is no text yet. If it is no longer the current one, the result is a RevisionConflict.',
  })
  expectedRevision: number;
}

@ObjectType('LocaleEntryPayload', { description: 'Result of saveLocaleEntry.' })
export class LocaleEntryPayload {
  @Field(() => LocaleEntryType, { description: 'The entry as saved.' })
  entry: LocaleEntryType;
}

export const SaveLocaleEntryResult = createUnionType({
  name: 'SaveLocaleEntryResult',
  description:
    'Outcome of saveLocaleEntry: RevisionConflict if someone else changed the text first, ValidationProblem if the input is invalid.',
  types: () => [LocaleEntryPayload, RevisionConflict, ValidationProblem] as const,
});
