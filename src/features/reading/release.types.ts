import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';

import type { AvailabilityStatus, PublicTranslationStatus } from '../../kernel/availability.js';
import type { Locale } from '../../kernel/locale.js';
import type { AudienceTerms, Reader, Resolution } from '../../kernel/localization.js';
import { referenceOf } from '../../kernel/reference-code.js';
import type { Freshness, ReleaseType as ReleaseKind } from '../../kernel/release.js';
import {
  AvailabilityStatusEnum,
  FreshnessEnum,
  LocaleEnum,
  PublicTranslationStatusEnum,
  ReleaseTypeEnum,
} from '../../platform/graphql/enums.js';
import { globalId } from '../../platform/graphql/global-id.js';
import { Node } from '../../platform/graphql/node.js';
import { CalendarDate } from '../../platform/graphql/scalars.js';
import { MemberStateType } from '../audience/index.js';
import { LocaleResolutionType } from './localized.types.js';
import type { ReleaseRecord } from './release-record.js';

@ObjectType('Release', {
  description: 'A release, free of any language: facts are stored once.',
  implements: Node,
})
export class ReleaseType extends Node {
  private ownId: string | undefined;

  constructor(readonly record: ReleaseRecord) {
    super();
  }

  get id(): string {
    return (this.ownId ??= globalId('Release', this.record.id));
  }

  @Field(() => String, {
    description:
      'Shared by all languages: 305/12 for E-305/12 and P-305/12. Series without a language letter keep their code: AVI-127/13, FNE-4622.',
  })
  get number(): string {
    return this.record.number;
  }

  @Field(() => ReleaseTypeEnum)
  get type(): ReleaseKind {
    return this.record.type;
  }

  @Field(() => CalendarDate)
  get date(): string {
    return this.record.date;
  }

  @Field(() => LocaleEnum)
  get originalLocale(): Locale {
    return this.record.original;
  }

  @Field(() => GraphQLDateTime, { description: 'When the release first came out.' })
  get publishedAt(): Date {
    return this.record.publishedAt;
  }

  @Field(() => Int, { description: 'Counts the published editions of this release, from 1.' })
  get edition(): number {
    return this.record.edition;
  }
}

/** What is kept of a release goes with its node. */
const nodes = new WeakMap<ReleaseRecord, ReleaseType>();

export function releaseNode(record: ReleaseRecord): ReleaseType {
  let node = nodes.get(record);
  if (!node) nodes.set(record, (node = new ReleaseType(record)));
  return node;
}

@ObjectType('LocalizedRelease', {
  description:
    "A release as one reader sees it. Its id is made of the release and the reader's context (requested tags in canonical form, audience, coherence), so that a normalized client cache can never mix two readers' views.",
  implements: Node,
})
export class LocalizedReleaseType extends Node {
  constructor(
    readonly record: ReleaseRecord,
    readonly reader: Reader,
    readonly terms: AudienceTerms,
    resolution: Resolution,
    /** The locale that is served. */
    readonly locale: Locale,
  ) {
    super();
    this.resolution = resolution;
  }

  get id(): string {
    const { requested, audience, coherence } = this.reader;
    return globalId('LocalizedRelease', this.record.id, requested, audience, coherence);
  }

  @Field(() => ReleaseType)
  get release(): ReleaseType {
    return releaseNode(this.record);
  }

  @Field(() => LocaleResolutionType)
  readonly resolution: Resolution;

  @Field(() => String, {
    description: 'The reference in the locale served: E-305/12, C-305/12, F-305/12, P-305/12.',
  })
  get reference(): string {
    return referenceOf(this.record.number, this.locale);
  }
}

@ObjectType('LocaleStatus', { description: 'What the public may know of one locale of a release.' })
export class LocaleStatusType {
  @Field(() => LocaleEnum)
  locale: Locale;

  @Field(() => PublicTranslationStatusEnum)
  status: PublicTranslationStatus;

  @Field(() => Boolean)
  isOriginal: boolean;

  @Field(() => FreshnessEnum, { nullable: true, description: 'null unless published.' })
  freshness: Freshness | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When this locale first came out; null if it never did.',
  })
  publishedAt: Date | null;
}

@ObjectType('Alternate', { description: 'A locale in which the release is really published.' })
export class AlternateType {
  @Field(() => LocaleEnum)
  locale: Locale;

  @Field(() => String)
  reference: string;

  @Field(() => String)
  slug: string;

  @Field(() => GraphQLDateTime)
  publishedAt: Date;
}

@ObjectType('LocaleAvailability', { description: 'One locale, as it stands for one audience.' })
export class LocaleAvailabilityType {
  @Field(() => LocaleEnum)
  locale: Locale;

  @Field(() => Boolean, { description: "By the rule in force at the release's date." })
  required: boolean;

  @Field(() => PublicTranslationStatusEnum)
  status: PublicTranslationStatus;

  @Field(() => FreshnessEnum, { nullable: true, description: 'null unless published.' })
  freshness: Freshness | null;

  @Field(() => GraphQLDateTime, { nullable: true })
  publishedAt: Date | null;
}

@ObjectType('AudienceAvailability', {
  description: 'How one release stands for one member-state audience.',
})
export class AudienceAvailabilityType {
  @Field(() => MemberStateType)
  audience: MemberStateType;

  @Field(() => AvailabilityStatusEnum)
  status: AvailabilityStatus;

  @Field(() => LocaleEnum, { nullable: true })
  servedLocale: Locale | null;

  @Field(() => Boolean)
  isFallback: boolean;

  @Field(() => LocaleResolutionType, {
    description:
      'How servedLocale came about, for a reader who names this audience and no language.',
  })
  resolution: Resolution;

  @Field(() => [LocaleAvailabilityType], {
    description: "All four official languages, in the order of this audience's chain.",
  })
  locales: LocaleAvailabilityType[];

  @Field(() => [LocaleEnum], { description: 'Required, and not published.' })
  missingRequired: readonly Locale[];
}
