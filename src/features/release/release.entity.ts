import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { Locale } from '../../kernel/locale.js';
import type { ReleaseType } from '../../kernel/release.js';

export const PUBLISH_POLICIES = ['AS_READY', 'SIMULTANEOUS'] as const;
export type PublishPolicy = (typeof PUBLISH_POLICIES)[number];

/** The facts of a release, which have no language; see migrations/0004-authoring. */
@Entity({ schema: 'authoring', name: 'release' })
export class ReleaseEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  number: string;

  @Column('text')
  type: ReleaseType;

  @Column('date')
  date: string;

  @Column('text', { name: 'original_locale' })
  originalLocale: Locale;

  @Column('text', { name: 'publish_policy' })
  publishPolicy: PublishPolicy;

  @Column('integer')
  revision: number;

  @Column('integer', { name: 'next_key' })
  nextKey: number;

  @Column('text', { name: 'created_by' })
  createdBy: string;
}

@Entity({ schema: 'authoring', name: 'release_state' })
export class ReleaseStateEntity {
  @PrimaryColumn('uuid', { name: 'release_id' })
  releaseId: string;

  @PrimaryColumn('text')
  relation: 'AUDIENCE' | 'MENTION';

  @PrimaryColumn('text', { name: 'state_code' })
  stateCode: string;

  @Column('smallint')
  position: number;
}

@Entity({ schema: 'authoring', name: 'release_topic' })
export class ReleaseTopicEntity {
  @PrimaryColumn('uuid', { name: 'release_id' })
  releaseId: string;

  @PrimaryColumn('uuid', { name: 'topic_id' })
  topicId: string;

  @Column('smallint')
  position: number;
}
