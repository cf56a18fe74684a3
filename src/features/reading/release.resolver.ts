import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import { availabilityFor, inChainOrder } from '../../kernel/availability.js';
import { AppError } from '../../kernel/errors.js';
import { inMask } from '../../kernel/locale.js';
import type { Reader } from '../../kernel/localization.js';
import { isMemberOn } from '../../kernel/member-state.js';
import { releaseCode } from '../../kernel/reference-code.js';
import { type MaybePromise, mapMaybe } from '../../kernel/maybe-promise.js';
import { Cacheable } from '../../platform/graphql/execution/cacheable.js';
import { ReaderArgs } from '../../platform/graphql/schema/arguments.js';
import { InCopies } from '../../platform/graphql/schema/copied-fields.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { CountryCode } from '../../platform/graphql/schema/scalars.js';
import { Size } from '../../platform/graphql/limits/list-size.js';
import {
  memberStateNode,
  MemberStateType,
  type ReferenceData,
  topicNode,
  TopicType,
} from '../audience/index.js';
import { LocaleResolutionType } from './localized.types.js';
import type { ReadingSession, ReadingSessions } from './reading-session.js';
import { localeStatuses, type ReleaseRecord } from './release-record.js';
import {
  AlternateType,
  AudienceAvailabilityType,
  LocaleStatusType,
  LocalizedReleaseType,
  ReleaseType,
} from './release.types.js';

/** A release as a reader sees it; null if nothing may be shown. */
export function localizedNode(
  session: ReadingSession,
  record: ReleaseRecord,
  reader: Reader,
): MaybePromise<LocalizedReleaseType | null> {
  return mapMaybe(session.localize(record, reader), ({ fields, resolution }) => {
    return fields && new LocalizedReleaseType(session, { record, reader, resolution, fields });
  });
}

@Resolver(() => ReleaseType)
export class ReleaseResolver {
  constructor(private readonly sessions: ReadingSessions) {}

  @Size(5)
  @Cacheable()
  @FieldResolver(() => [TopicType], { description: 'Topics under which the release is filed.' })
  topics(
    @Root() { record }: ReleaseType,
    @Ctx() context: RequestContext,
  ): MaybePromise<TopicType[]> {
    return mapMaybe(this.sessions.of(context).reference(), (reference) => {
      return record.topicIds.flatMap((id) => reference.findTopic(id) ?? []).map(topicNode);
    });
  }

  @Size(3)
  @Cacheable()
  @FieldResolver(() => [MemberStateType], {
    description:
      'States to which the release is addressed; empty for all. They decide which languages are required and never hide a release.',
  })
  audiences(
    @Root() { record }: ReleaseType,
    @Ctx() context: RequestContext,
  ): MaybePromise<MemberStateType[]> {
    return mapMaybe(this.sessions.of(context).reference(), (reference) => {
      return states(reference, record.audiences);
    });
  }

  @Size(5)
  @Cacheable()
  @FieldResolver(() => [MemberStateType], { description: 'States that the release is about.' })
  mentions(
    @Root() { record }: ReleaseType,
    @Ctx() context: RequestContext,
  ): MaybePromise<MemberStateType[]> {
    return mapMaybe(this.sessions.of(context).reference(), (reference) => {
      return states(reference, record.mentions);
    });
  }

  @InCopies('NEVER')
  @Cacheable()
  @FieldResolver(() => LocalizedReleaseType, {
    nullable: true,
    description:
      'The release for one reader. Arguments override @inContext, which overrides Accept-Language. null if nothing may be served; resolution has the reasons.',
  })
  localized(
    @Root() { record }: ReleaseType,
    @Ctx() context: RequestContext,
    @Args(() => ReaderArgs) args: ReaderArgs,
  ): MaybePromise<LocalizedReleaseType | null> {
    return localizedNode(this.sessions.of(context), record, context.caller.reader(args));
  }

  @InCopies('NEVER')
  @Cacheable()
  @FieldResolver(() => LocaleResolutionType, {
    description: 'The decision behind localized with the same arguments.',
  })
  resolution(
    @Root() { record }: ReleaseType,
    @Ctx() context: RequestContext,
    @Args(() => ReaderArgs) args: ReaderArgs,
  ): MaybePromise<LocaleResolutionType> {
    const localized = this.sessions.of(context).localize(record, context.caller.reader(args));
    const audienceRequested = context.caller.audienceRequested(args);
    return mapMaybe(localized, ({ resolution }) => {
      return audienceRequested === null ? resolution : { ...resolution, audienceRequested };
    });
  }

  @InCopies('METADATA')
  @Size(4)
  @FieldResolver(() => [LocaleStatusType], {
    description: 'Public status of each of the four languages.',
  })
  locales(@Root() { record }: ReleaseType): LocaleStatusType[] {
    return localeStatuses(record);
  }

  @InCopies('NEVER')
  @Cacheable()
  @FieldResolver(() => AudienceAvailabilityType, {
    description: 'Status for the readers of one member state.',
  })
  async availability(
    @Root() { record }: ReleaseType,
    @Ctx() context: RequestContext,
    @Arg('audience', () => CountryCode, {
      nullable: true,
      description:
        'The state; omitted: the audience of @inContext. Without either, or for a country that is not a member state: BAD_USER_INPUT.',
    })
    audience: string | null,
  ): Promise<AudienceAvailabilityType> {
    const code = audience ?? context.caller.directive.audience;
    if (!code) throw new AppError('AUDIENCE_MISSING');
    return availabilityNode(record, await this.sessions.of(context).reference(), code, context);
  }

  @InCopies('NEVER')
  @Size(35)
  @Cacheable()
  @FieldResolver(() => [AudienceAvailabilityType], {
    description:
      'Status for every state to which the release is addressed: those named, or all members at its date.',
  })
  async availabilities(
    @Root() { record }: ReleaseType,
    @Ctx() context: RequestContext,
  ): Promise<AudienceAvailabilityType[]> {
    const reference = await this.sessions.of(context).reference();
    const members = reference.states.filter((state) => isMemberOn(state, record.date));
    const codes = record.audiences.length > 0 ? record.audiences : members.map(({ code }) => code);
    return codes.map((code) => availabilityNode(record, reference, code, context));
  }

  @InCopies('METADATA')
  @Size(4)
  @FieldResolver(() => [AlternateType], {
    description: 'Locales in which the release is published, without fallbacks; for hreflang.',
  })
  alternates(@Root() { record }: ReleaseType): AlternateType[] {
    return record.locales.flatMap(({ locale, slug, publishedAt }) => {
      if (slug === null || publishedAt === null) return [];
      const reference = releaseCode(record.number, locale);
      return [{ locale, reference, slug, publishedAt: new Date(publishedAt) }];
    });
  }
}

function states(reference: ReferenceData, codes: readonly string[]): MemberStateType[] {
  return codes.map((code) => memberStateNode(reference.getState(code)));
}

function availabilityNode(
  record: ReleaseRecord,
  reference: ReferenceData,
  code: string,
  { today, localeOrder }: RequestContext,
): AudienceAvailabilityType {
  const terms = reference.termsFor(code, record, today);
  const found = availabilityFor(record.facts, code, terms, localeOrder);
  const statuses = localeStatuses(record);
  const inOrder = inChainOrder(terms.chain, record.original, localeOrder);
  return {
    audience: memberStateNode(reference.getState(code)),
    status: found.status,
    servedLocale: found.resolution.locale,
    isFallback: found.resolution.isFallback,
    resolution: found.resolution,
    locales: inOrder.flatMap((locale) => {
      const status = statuses.find((candidate) => candidate.locale === locale);
      return status ? [{ ...status, required: inMask(terms.required, locale) }] : [];
    }),
    missingRequired: found.missingRequired,
  };
}
