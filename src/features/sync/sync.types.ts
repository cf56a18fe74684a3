import { GraphQLDateTime } from 'graphql-scalars';
import { ArgsType, Field, ID, Int, ObjectType } from 'type-graphql';

import { ReaderArgs } from '../../platform/graphql/arguments.js';
import { defineEnum } from '../../platform/graphql/enums.js';
import { CountryCode } from '../../platform/graphql/scalars.js';
import { LocalizedReleaseType } from '../reading/index.js';
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
    UPDATED: 'Something that this reader is served has changed.',
    FALLBACK_REPLACED: 'The reader had a fallback and now gets another language.',
    RETRACTED: 'The release, or its only text for this reader, was retracted.',
    NO_LONGER_SERVED:
      'Published, but not for this reader any longer: coherence STRICT, or a stale text that the audience does not get.',
    NO_LONGER_ADDRESSED: 'No longer addressed to the state in addressedTo.',
  },
);

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

  @Field(() => GraphQLDateTime, { description: 'When the change was made.' })
  at: Date;
}

@ObjectType('SyncPage', {
  description: 'A page of changes for one reader.',
})
export class SyncPageType {
  @Field(() => [ReleaseChangeType], {
    description: 'Changes in the order to apply them; each release at most once.',
  })
  changes: ReleaseChangeType[];

  @Field(() => String, {
    description:
      'Pass it as since next time. Opaque; valid for the same languages, audience, coherence and addressedTo only.',
  })
  cursor: string;

  @Field(() => Boolean, {
    description: 'true if there is a further page now; request it with cursor.',
  })
  hasMore: boolean;

  @Field(() => Boolean, {
    description:
      'true if since was too old, unknown, made for another context, or made before an upgrade that shows releases differently: this is the first page of a full copy, and the client must delete what it has.',
  })
  reset: boolean;

  @Field(() => GraphQLDateTime, {
    description: 'Clock of the server, to show how old a copy is; never compare it with cursor.',
  })
  serverTime: Date;
}

/** For whom a copy is kept. */
@ArgsType()
export class SyncContextArgs extends ReaderArgs {
  @Field(() => CountryCode, {
    nullable: true,
    description:
      'Only releases addressed to this state, by name or because they are addressed to all.',
  })
  addressedTo?: string | null;
}

@ArgsType()
export class ReleaseChangesArgs extends SyncContextArgs {
  @Field(() => String, {
    nullable: true,
    description: 'Cursor of the last page; null or omitted for a first, full copy.',
  })
  since?: string | null;

  @Field(() => Int, { nullable: true, description: 'Page size, 1 to 100; 20 by default.' })
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
