import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';

import type { AvailabilityStatus, PublicTranslationStatus } from '../../kernel/availability.js';
import type { Locale } from '../../kernel/locale.js';
import type { LocalizedFields, Reader, Resolution } from '../../kernel/localization.js';
import { releaseCode } from '../../kernel/reference-code.js';
import type { Freshness, ReleaseType as ReleaseKind } from '../../kernel/release.js';
import { InCopies } from '../../platform/graphql/schema/copied-fields.js';
import {
  AvailabilityStatusEnum,
  FreshnessEnum,
  LocaleEnum,
  PublicTranslationStatusEnum,
  ReleaseTypeEnum,
} from '../../platform/graphql/schema/enums.js';
import { globalId } from '../../platform/graphql/schema/global-id.js';
import { Node } from '../../platform/graphql/schema/node.js';
import { CalendarDate } from '../../platform/graphql/schema/scalars.js';
import { Size } from '../../platform/graphql/limits/list-size.js';
import { MemberStateType } from '../audience/index.js';
import { LocaleResolutionType } from './localized.types.js';
import type { ReadingSession } from './reading-session.js';
import type { ReleaseRecord } from './release-record.js';

@ObjectType('Release', {
  description: 'A published release: the facts that do not depend on language.',
  implements: Node,
})
export class ReleaseType extends Node {
  constructor(readonly record: ReleaseRecord) {
    super();
  }

  get id(): string {
    return globalId('Release', this.record.id);
  }

  @Field(() => String, {
    description:
      'Number shared by all languages: 305/12 for E-305/12 and P-305/12. Series without a language letter have their whole code: AVI-127/13, FNE-4622.',
  })
  get number(): string {
    return this.record.number;
  }

  @Field(() => ReleaseTypeEnum, { description: 'Series in which the release appeared.' })
  get type(): ReleaseKind {
    return this.record.type;
  }

  @Field(() => CalendarDate, {
    description: 'Date printed on the release; it decides which rules and memberships apply.',
  })
  get date(): string {
    return this.record.date;
  }

  @Field(() => LocaleEnum, { description: 'Language in which the release was written.' })
  get originalLocale(): Locale {
    return this.record.original;
  }

  @Field(() => GraphQLDateTime, {
    description:
      'When the release was first published, in any language. An imported release that is older than its import was published on its own date, unless the import states otherwise; a date without a time is the start of that day in Washington, D.C.',
  })
  get publishedAt(): Date {
    return this.record.publishedAt;
  }

  @InCopies('METADATA')
  @Field(() => Int, { description: 'Number of the current edition, from 1.' })
  get edition(): number {
    return this.record.edition;
  }
}

/**
 * Contains everything that the view depends on. For a reader without refusals the id has its original, shorter form.
 */
export function localizedReleaseId(releaseId: string, reader: Reader): string {
  const { requested, audience, coherence, refused } = reader;
  const rest = refused ? [refused] : [];
  return globalId('LocalizedRelease', releaseId, requested, audience, coherence, ...rest);
}

interface LocalizedReleaseOptions {
  readonly record: ReleaseRecord;
  readonly reader: Reader;
  readonly resolution: Resolution;
  readonly fields: LocalizedFields;
}

@ObjectType('LocalizedRelease', {
  description:
    'A release for one reader. Its id combines the release with the context of the reader (requested tags in canonical form, refused languages, audience, coherence), so that a normalized client cache never mixes the views of two readers.',
  implements: Node,
})
export class LocalizedReleaseType extends Node {
  readonly record: ReleaseRecord;
  readonly reader: Reader;
  readonly fields: LocalizedFields;

  /** @param session reads the texts */
  constructor(
    readonly session: ReadingSession,
    { record, reader, resolution, fields }: LocalizedReleaseOptions,
  ) {
    super();
    this.record = record;
    this.reader = reader;
    this.resolution = resolution;
    this.fields = fields;
  }

  /** The locale served. */
  get locale(): Locale {
    return this.fields.title.locale;
  }

  get id(): string {
    return localizedReleaseId(this.record.id, this.reader);
  }

  @Field(() => ReleaseType, { description: 'Facts that do not depend on language.' })
  get release(): ReleaseType {
    return new ReleaseType(this.record);
  }

  @Field(() => LocaleResolutionType, { description: 'Which locale is served, and why.' })
  readonly resolution: Resolution;

  @Field(() => String, {
    description:
      'Reference with the letter of the locale served: E-305/12, C-305/12, F-305/12, P-305/12.',
  })
  get reference(): string {
    return releaseCode(this.record.number, this.locale);
  }
}

@ObjectType('LocaleStatus', { description: 'Public status of one locale of a release.' })
export class LocaleStatusType {
  @Field(() => LocaleEnum, { description: 'One of the four official languages.' })
  locale: Locale;

  @Field(() => PublicTranslationStatusEnum, { description: 'Whether the public can read it.' })
  status: PublicTranslationStatus;

  @Field(() => Boolean, { description: 'true if the release was written in this locale.' })
  isOriginal: boolean;

  @Field(() => FreshnessEnum, { nullable: true, description: 'null unless published.' })
  freshness: Freshness | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      'When this locale was first published, as defined for Release.publishedAt; null if it never was.',
  })
  publishedAt: Date | null;
}

@ObjectType('Alternate', { description: 'A locale in which the release is published.' })
export class AlternateType {
  @Field(() => LocaleEnum, { description: 'Language of the text at this address.' })
  locale: Locale;

  @Field(() => String, { description: 'Reference with the letter of this locale: P-305/12.' })
  reference: string;

  @Field(() => String, {
    description: 'Current slug in this locale; older ones are still found by release(slug).',
  })
  slug: string;

  @Field(() => GraphQLDateTime, {
    description: 'When this locale was first published, as defined for Release.publishedAt.',
  })
  publishedAt: Date;
}

@ObjectType('LocaleAvailability', {
  description: 'One locale of a release, from the point of view of one audience.',
})
export class LocaleAvailabilityType {
  @Field(() => LocaleEnum, { description: 'One of the four official languages.' })
  locale: Locale;

  @Field(() => Boolean, {
    description:
      'true if the audience requires it, by the rule in force at the date of the release.',
  })
  required: boolean;

  @Field(() => PublicTranslationStatusEnum, { description: 'Whether the public can read it.' })
  status: PublicTranslationStatus;

  @Field(() => FreshnessEnum, { nullable: true, description: 'null unless published.' })
  freshness: Freshness | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      'When this locale was first published, as defined for Release.publishedAt; null if it never was.',
  })
  publishedAt: Date | null;
}

@ObjectType('AudienceAvailability', {
  description: 'How one release is available to the readers of one member state.',
})
export class AudienceAvailabilityType {
  @Field(() => MemberStateType, { description: 'State whose readers the status is for.' })
  audience: MemberStateType;

  @Field(() => AvailabilityStatusEnum, { description: 'Summary of the other fields.' })
  status: AvailabilityStatus;

  @Field(() => LocaleEnum, {
    nullable: true,
    description:
      'Locale that a reader of this audience gets without naming a language; null if nothing may be served.',
  })
  servedLocale: Locale | null;

  @Field(() => Boolean, {
    description: 'true if servedLocale is not a language that the audience requires.',
  })
  isFallback: boolean;

  @Field(() => LocaleResolutionType, {
    description:
      'How servedLocale was chosen: for a reader who names this audience and no language.',
  })
  resolution: Resolution;

  @Size(4)
  @Field(() => [LocaleAvailabilityType], {
    description: 'All four languages, in the order of the chain of this audience.',
  })
  locales: LocaleAvailabilityType[];

  @Field(() => [LocaleEnum], { description: 'Required locales that are not published.' })
  missingRequired: readonly Locale[];
}
