import { GraphQLJSON } from 'graphql-scalars';
import { Arg, Args, Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql';

import type { Locale } from '../../kernel/locale.js';
import { TAG_OF } from '../../kernel/locale.js';
import { LanguagesArgs } from '../../platform/graphql/arguments.js';
import { LocaleEnum } from '../../platform/graphql/enums.js';
import type { RequestContext } from '../../platform/graphql/request-context.js';
import { messageLocale } from '../../platform/i18n/caller-locale.js';
import type { ReferenceCache } from '../audience/index.js';
import type { CatalogService, LocaleBundle } from './catalog.service.js';

@ObjectType('LocaleBundle', {
  description:
    'The texts of one i18next namespace, ready for i18next, in the locale served. Namespace status labels every enum of this contract.',
})
export class LocaleBundleType {
  @Field(() => String)
  namespace: string;

  @Field(() => LocaleEnum)
  locale: Locale;

  @Field(() => String, { description: 'Another one as soon as a text changes.' })
  version: string;

  @Field(() => GraphQLJSON, { description: 'i18next JSON v4.' })
  resources: unknown;
}

@Resolver()
export class CatalogResolver {
  constructor(
    private readonly catalog: CatalogService,
    private readonly cache: ReferenceCache,
  ) {}

  @Query(() => LocaleBundleType, {
    description:
      "namespace: app, status, or one of a client app's own; any other one is BAD_USER_INPUT.",
  })
  async localeBundle(
    @Ctx() context: RequestContext,
    @Arg('namespace', () => String) namespace: string,
    @Args(() => LanguagesArgs) args: LanguagesArgs,
  ): Promise<LocaleBundle> {
    const { directive, snapshot, today, localeOrder } = context;
    const { audience } = directive;
    const own = audience ? (await this.cache.load(snapshot)).localesOf(audience, today) : [];
    const locale = messageLocale(context.languages(args), own, localeOrder);
    const bundle = this.catalog.bundle(namespace, locale);
    context.served(TAG_OF[locale]);
    return bundle;
  }
}
