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

const ChangeKindEnum = defineEnum('ChangeKind', CHANGE_KINDS, 'What to do with the copy.', {
  UPSERT: { description: 'Put it in, or in the place of what was there.' },
  REMOVE: { description: 'Take it out.' },
});

const ChangeReasonEnum = defineEnum(
  'ChangeReason',
  CHANGE_REASONS,
  'NO_LONGER_SERVED: nothing may be shown to this reader any more (STRICT, or a withheld stale text). NO_LONGER_ADDRESSED: only with addressedTo.',
  {
    FALLBACK_REPLACED: {
      description: 'The reader was shown a fallback, and now gets another language.',
    },
  },
);

@ObjectType('ReleaseChange', {
  description:
    'One change as this reader must apply it. localized is null exactly when kind is REMOVE. localizedId is what to put into, or evict from, a cache.',
})
export class ReleaseChangeType {
  @Field(() => ChangeKindEnum)
  kind: ChangeKind;

  @Field(() => ChangeReasonEnum)
  reason: ChangeReason;

  @Field(() => ID)
  releaseId: string;

  @Field(() => ID)
  localizedId: string;

  @Field(() => String)
  number: string;

  @Field(() => LocalizedReleaseType, { nullable: true })
  localized: LocalizedReleaseType | null;

  @Field(() => GraphQLDateTime)
  at: Date;
}

@ObjectType('SyncPage', {
  description: 'Some changes for one reader, and where the copy then stands.',
})
export class SyncPageType {
  @Field(() => [ReleaseChangeType])
  changes: ReleaseChangeType[];

  @Field(() => String, {
    description:
      'Pass as since next time. Opaque, and good for the same languages, audience, coherence and addressedTo only.',
  })
  cursor: string;

  @Field(() => Boolean)
  hasMore: boolean;

  @Field(() => Boolean, {
    description:
      'true: since was too old, or made for another context; this is the first page of a full snapshot and the copy must be dropped.',
  })
  reset: boolean;

  @Field(() => GraphQLDateTime)
  serverTime: Date;
}

/** For whom a copy is kept. */
@ArgsType()
export class SyncContextArgs extends ReaderArgs {
  @Field(() => CountryCode, {
    nullable: true,
    description: 'Only releases addressed to this state: by name, or to all.',
  })
  addressedTo?: string | null;
}

@ArgsType()
export class ReleaseChangesArgs extends SyncContextArgs {
  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the page before; null for a first, full copy.',
  })
  since?: string | null;

  @Field(() => Int, { nullable: true, description: '1 to 100; default 20.' })
  first?: number | null;
}

@ArgsType()
export class ReleaseChangedArgs extends SyncContextArgs {
  @Field(() => String, {
    nullable: true,
    description:
      'The cursor of the last page that came, from here or from releaseChanges; null for what happens from now on.',
  })
  since?: string | null;
}
