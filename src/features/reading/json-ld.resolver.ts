import { GraphQLJSON } from 'graphql-scalars';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import { TAG_OF } from '../../kernel/locale.js';
import { Cacheable } from '../../platform/graphql/execution/cacheable.js';
import { NeedsText } from '../../platform/graphql/execution/declared-needs.js';
import { InCopies } from '../../platform/graphql/schema/copied-fields.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import type { SiteAddress } from '../../platform/http/site-address.js';
import { newsArticle } from './json-ld.js';
import type { ReadingSessions } from './reading-session.js';
import { LocalizedReleaseType } from './release.types.js';

@Resolver(() => LocalizedReleaseType)
export class JsonLdResolver {
  constructor(
    private readonly sessions: ReadingSessions,
    private readonly site: SiteAddress,
  ) {}

  @Cacheable()
  @NeedsText('BODY')
  @InCopies('NEVER')
  @FieldResolver(() => GraphQLJSON, {
    description:
      'For search engines: a schema.org NewsArticle in the locale served, to be put into the page as application/ld+json (with < escaped as \\u003c). translationOfWork names the original, workTranslation on the original those locales that are really published.',
  })
  async jsonLd(
    @Root() { record, locale }: LocalizedReleaseType,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    const session = this.sessions.of(context);
    const reference = await session.reference();
    const [text, modifiedAt] = await Promise.all([
      session.text(record.id, locale),
      session.modifiedAt(record, locale),
    ]);
    context.served(TAG_OF[locale]);
    context.dependencies.usesTexts = true;
    const { localeOrder } = context;
    const site = this.site.site();
    const organization = context.caller.textIn(locale, 'app:organization');
    return newsArticle({ record, text, modifiedAt, reference, localeOrder, site, organization });
  }
}
