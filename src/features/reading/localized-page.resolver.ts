import { GraphQLDateTime } from 'graphql-scalars';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import type { MaybePromise } from '../../kernel/maybe-promise.js';
import { Cacheable } from '../../platform/graphql/execution/cacheable.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import type { SiteAddress } from '../../platform/http/site-address.js';
import type { ReadingSessions } from './reading-session.js';
import { publishedAt } from './release-record.js';
import { LocalizedReleaseType } from './release.types.js';

/** Metadata of the page of a text: its address and its dates. */
@Resolver(() => LocalizedReleaseType)
export class LocalizedPageResolver {
  constructor(
    private readonly sessions: ReadingSessions,
    private readonly site: SiteAddress,
  ) {}

  @FieldResolver(() => String, {
    description:
      'The page of this text on the site, in the locale served: an absolute address. Where it is, is a setting of the server (RELEASE_URL); it changes where a correction gives the text another slug, and the old one goes on leading to the release.',
  })
  url(@Root() { record, locale: served }: LocalizedReleaseType): string {
    const slug = record.locales.find(({ locale }) => locale === served)?.slug;
    if (!slug) throw new Error('a locale that is served has an address');
    return this.site.site().release(served, slug);
  }

  @FieldResolver(() => GraphQLDateTime, {
    description:
      'Since when the locale served is public; for a translation often later than publishedAt of the release.',
  })
  publishedAt(@Root() { record, locale }: LocalizedReleaseType): Date {
    return publishedAt(record, locale);
  }

  @Cacheable()
  @FieldResolver(() => GraphQLDateTime, {
    description:
      'When the words of the locale served last changed for readers: by a correction, or because the text was public again after it had been retracted. Equal to publishedAt for a text that is as it first came out, and never earlier. An edition that changes other languages only, or confirms a text as it is, does not count.',
  })
  modifiedAt(
    @Root() { record, locale }: LocalizedReleaseType,
    @Ctx() context: RequestContext,
  ): MaybePromise<Date> {
    return this.sessions.of(context).modifiedAt(record, locale);
  }
}
