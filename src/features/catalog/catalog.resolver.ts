import { GraphQLJSON } from 'graphql-scalars';
import { Arg, Args, Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql';

import type { Locale } from '../../kernel/locale.js';
import { TAG_OF } from '../../kernel/locale.js';
import { LanguagesArgs } from '../../platform/graphql/schema/arguments.js';
import { LocaleEnum } from '../../platform/graphql/schema/enums.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { messageLocale } from '../../platform/i18n/caller-locale.js';
import type { ReferenceCache } from '../audience/index.js';
import type { CatalogService, LocaleBundle } from './catalog.service.js';

@ObjectType('LocaleBundle', {
  description:
    'The texts of one i18next namespace in one locale. Namespace status has a label for every enum value of this schema.',
})
export class LocaleBundleType {
  @Field(() => String, { description: 'Name of the namespace.' })
  namespace: string;

  @Field(() => LocaleEnum, {
    description:
      'Locale served, chosen by the requested languages, the audience and the default order.',
  })
  locale: Locale;

  @Field(() => String, { description: 'Changes with every change of a text; for caches.' })
  version: string;

  @Field(() => GraphQLJSON, { description: 'i18next JSON v4, ready for addResourceBundle.' })
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
      'Texts of one namespace for a client app, never from a cache: a saved text is returned at once by the server that saved it, and by others within about 3 seconds.',
  })
  async localeBundle(
    @Ctx() context: RequestContext,
    @Arg('namespace', () => String, {
      description:
        'app, status, or one of a client app. Any other name is BAD_USER_INPUT, reason NAMESPACE_UNKNOWN.',
    })
    namespace: string,
    @Args(() => LanguagesArgs) args: LanguagesArgs,
  ): Promise<LocaleBundle> {
    const { caller, today, localeOrder } = context;
    const snapshot = context.publicSnapshot();
    const { audience } = caller.directive;
    const own = audience ? (await this.cache.load(snapshot)).localesOf(audience, today) : [];
    const { requested, refused } = caller.accepted(args);
    const locale = messageLocale(requested, own, localeOrder, refused);
    const bundle = this.catalog.bundle(namespace, locale);
    context.served(TAG_OF[locale]);
    return bundle;
  }
}
