import { GraphQLDateTime } from 'graphql-scalars';
import { ArgsType, Field, ID, Int, ObjectType } from 'type-graphql';

import { ReaderArgs } from '../../platform/graphql/schema/arguments.js';
import { defineEnum } from '../../platform/graphql/schema/enums.js';
import type { Resolution } from '../../kernel/localization.js';
import { CalendarDate, CountryCode } from '../../platform/graphql/schema/scalars.js';
import { Size } from '../../platform/graphql/limits/list-size.js';
import { LocaleResolutionType, LocalizedReleaseType, ReleaseType } from '../reading/index.js';
import {
  CHANGE_KINDS,
  CHANGE_REASONS,
  type ChangeKind,
  type ChangeReason,
} from './change.policy.js';

const ChangeKindEnum = defineEnum(
  'ChangeKind',
  CHANGE_KINDS,
  'What to do with the copy of a release.',
  { UPSERT: 'Add it, or replace the present copy.', REMOVE: 'Delete it.' },
);

const ChangeReasonEnum = defineEnum(
  'ChangeReason',
  CHANGE_REASONS,
  'Why the copy of a reader changes.',
  {
    PUBLISHED: 'The reader is served the release for the first time, or again.',
    UPDATED:
      'Something that this reader is served has changed. In a page after the first of one sync, and for an operation that does not select metadataChanges, the text may be the same.',
    FALLBACK_REPLACED: 'The reader had a fallback and now gets another language.',
    RETRACTED: 'The release, or its only text for this reader, was retracted.',
    NO_LONGER_SERVED:
      'Published, but not for this reader any longer: coherence STRICT, a stale text that the audience does not get, or a corrected date before dateFrom.',
    NO_LONGER_ADDRESSED: 'No longer addressed to the state in addressedTo.',
  },
);

const AT =
  'When the public last got something new of the release, in any language, or a new name of a topic. It may be older than the reason for the change: a rule of the audience has no time of its own.';

@ObjectType('ReleaseChange', {
  description: 'One change to apply to the copy of one reader.',
})
export class ReleaseChangeType {
  @Field(() => ChangeKindEnum, { description: 'Whether to store or to delete.' })
  kind: ChangeKind;

  @Field(() => ChangeReasonEnum, { description: 'Why it changed, for notifications and logs.' })
  reason: ChangeReason;

  @Field(() => ID, {
    description: 'Global id of the Release, which may be unknown to other queries by now.',
  })
  releaseId: string;

  @Field(() => ID, {
    description: 'Global id of the LocalizedRelease to store in, or delete from, a cache.',
  })
  localizedId: string;

  @Field(() => String, { description: 'Number of the release, as Release.number has it.' })
  number: string;

  @Field(() => LocalizedReleaseType, {
    nullable: true,
    description: 'The release for this reader; null exactly if kind is REMOVE.',
  })
  localized: LocalizedReleaseType | null;

  @Field(() => GraphQLDateTime, { description: AT })
  at: Date;
}

@ObjectType('MetadataChange', {
  description:
    'A release whose text in the copy is unchanged while other public facts changed: another language was published, corrected or retracted, so that Release.edition, Release.locales, Release.alternates or LocaleResolution.trail may differ.',
})
export class MetadataChangeType {
  @Field(() => ID, { description: 'Global id of the Release.' })
  releaseId: string;

  @Field(() => ID, { description: 'Global id of the LocalizedRelease that is in the copy.' })
  localizedId: string;

  @Field(() => String, { description: 'Number of the release, as Release.number has it.' })
  number: string;

  @Field(() => GraphQLDateTime, { description: AT })
  at: Date;

  @Field(() => ReleaseType, { description: 'Replaces release of the stored LocalizedRelease.' })
  release: ReleaseType;

  @Field(() => LocaleResolutionType, {
    description: 'Replaces resolution of the stored LocalizedRelease.',
  })
  resolution: Resolution;
}

@ObjectType('SyncPage', {
  description:
    'A page of changes for one reader. To apply it: if reset is true, delete the copy; store or delete the changes; update the releases of metadataChanges; save cursor in the same transaction.',
})
export class SyncPageType {
  @Size('COUNTED')
  @Field(() => [ReleaseChangeType], {
    description:
      'Releases to store or to delete. In a first copy the newest by date come first, then by number; later the order is that of the last changes, or none in particular after a change of the rules. A page names each release at most once, in changes or in metadataChanges.',
  })
  changes: ReleaseChangeType[];

  @Size('COUNTED')
  @Field(() => [MetadataChangeType], {
    description:
      'Releases in the copy whose text is unchanged, with the metadata that may have changed. Select here each of edition, locales, alternates and trail that is selected in changes, with the same fields below it; otherwise the releases come in changes as UPSERT, with their text.',
  })
  metadataChanges: MetadataChangeType[];

  @Field(() => String, {
    description:
      'Pass it as since next time. Opaque; valid for the same languages, audience, coherence, addressedTo and dateFrom only.',
  })
  cursor: string;

  @Field(() => Boolean, {
    description: 'true if there is a further page now; request it with cursor.',
  })
  hasMore: boolean;

  @Field(() => Boolean, {
    description:
      'true if since was older than 400 days, unknown, made by another database, for another context, before an upgrade that shows releases differently, or newer than the point to which the database was restored, or if the rules of the audience changed before a first copy was complete: this is the first page of a full copy, and the client must delete what it has. false on the following pages, and without since.',
  })
  reset: boolean;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many releases a first copy, or one that began anew, has for this reader, to show its progress. Counted when it begins and the same on all its pages; null on pages of changes.',
  })
  total: number | null;

  @Field(() => GraphQLDateTime, {
    description: 'Clock of the server, to show how old a copy is; never compare it with cursor.',
  })
  serverTime: Date;
}

/** The reader of a copy and its filters. */
@ArgsType()
export class SyncContextArgs extends ReaderArgs {
  @Field(() => CountryCode, {
    nullable: true,
    description:
      'Only releases addressed to this state, by name or because they are addressed to all.',
  })
  addressedTo?: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description:
      'Only releases dated on this day or later. The cursor includes it: with since it may be omitted, and another date than that of the cursor starts a new copy (reset).',
  })
  dateFrom?: string | null;
}

@ArgsType()
export class ReleaseChangesArgs extends SyncContextArgs {
  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last page; null or omitted for a first copy.',
  })
  since?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Page size, 1 to 100; 20 by default. changes and metadataChanges count together.',
  })
  first?: number | null;
}

@ArgsType()
export class ReleaseChangedArgs extends SyncContextArgs {
  @Field(() => String, {
    nullable: true,
    description:
      'Cursor of the last page received, from here or from releaseChanges; null or omitted to start with the next change.',
  })
  since?: string | null;
}
