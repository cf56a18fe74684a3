import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

import type { Locale } from '../../kernel/locale.js';
import type { Freshness, SegmentKind, SourceChange, TextOrigin } from '../../kernel/release.js';
import type { StartedState } from '../../kernel/workflow.js';

/** A unit of a release; `locale` is null for a segment of the original, which every locale has. */
@Entity({ schema: 'authoring', name: 'segment' })
export class SegmentEntity {
  @PrimaryColumn('uuid', { name: 'release_id' })
  releaseId: string;

  @PrimaryColumn('text')
  key: string;

  @Column('text', { nullable: true })
  locale: Locale | null;

  @Column('text')
  kind: SegmentKind;

  @Column('integer')
  position: number;

  @Column('text', { name: 'after_key', nullable: true })
  afterKey: string | null;
}

/** The text of a release in one locale, the original included. No row: not started. */
@Entity({ schema: 'authoring', name: 'translation' })
export class TranslationEntity {
  @PrimaryColumn('uuid', { name: 'release_id' })
  releaseId: string;

  @PrimaryColumn('text')
  locale: Locale;

  @Column('text')
  state: StartedState;

  @Column('integer')
  revision: number;

  @Column('integer', { name: 'published_revision', nullable: true })
  publishedRevision: number | null;

  /** Compared with the newest saved original; see authoring.settle_translations. */
  @Column({ type: 'text', insert: false, update: false })
  freshness: Freshness;

  /** Share of the original's segments that have a text or are omitted on purpose, 0 to 1. */
  @Column({ type: 'real', insert: false, update: false })
  completeness: number;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;

  @Column('text', { name: 'updated_by' })
  updatedBy: string;
}

/** The text of one segment in one locale; `text` is null if it is omitted on purpose. */
@Entity({ schema: 'authoring', name: 'segment_text' })
export class SegmentTextEntity {
  @PrimaryColumn('uuid', { name: 'release_id' })
  releaseId: string;

  @PrimaryColumn('text')
  locale: Locale;

  @PrimaryColumn('text')
  key: string;

  @Column('text', { nullable: true })
  text: string | null;

  @Column('text', { name: 'source_digest', nullable: true })
  sourceDigest: string | null;

  @Column('text')
  origin: TextOrigin;
}

export const REVISION_ACTIONS = [
  'CREATED',
  'SAVED',
  'CONFIRMED',
  'SUBMITTED',
  'APPROVED',
  'CHANGES_REQUESTED',
  'PUBLISHED',
  'RETRACTED',
  'RESTORED',
  'IMPORTED',
] as const;
export type RevisionAction = (typeof REVISION_ACTIONS)[number];

/** One step in the history of a locale; `segments` is the whole text if the step changed it, else null. */
@Entity({ schema: 'authoring', name: 'translation_revision' })
export class TranslationRevisionEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: string;

  @Column('uuid', { name: 'release_id' })
  releaseId: string;

  @Column('text')
  locale: Locale;

  @Column('integer')
  revision: number;

  @Column('timestamptz', { default: () => 'now()' })
  at: Date;

  @Column('text')
  by: string;

  @Column('text')
  action: RevisionAction;

  @Column('text', { nullable: true })
  comment: string | null;

  @Column('jsonb', { nullable: true })
  segments: object[] | null;
}

/** A version of a source: of a segment of the original or, with key '', of the whole original. */
@Entity({ schema: 'authoring', name: 'source_version' })
export class SourceVersionEntity {
  @PrimaryColumn('uuid', { name: 'release_id' })
  releaseId: string;

  @PrimaryColumn('text')
  key: string;

  @PrimaryColumn('integer')
  version: number;

  @Column('text')
  digest: string;

  /** Inline CommonMark; null for the original as a whole. */
  @Column('text', { nullable: true })
  text: string | null;

  @Column('text')
  change: SourceChange;

  @Column('integer')
  revision: number;
}
