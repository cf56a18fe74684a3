import { Column, Entity, PrimaryColumn } from 'typeorm';

import type { Locale } from '../../kernel/locale.js';
import type { Freshness, ReleaseType } from '../../kernel/release.js';
import type { EditionSegment } from './edition.js';

/** The facts of a release as an edition has them. */
export interface EditionFacts {
  readonly number: string;
  readonly type: ReleaseType;
  readonly date: string;
  readonly originalLocale: Locale;
  readonly audiences: readonly string[];
  readonly mentions: readonly string[];
  readonly topicIds: readonly string[];
}

/** One edition; never changed once it is written. */
@Entity({ schema: 'authoring', name: 'edition' })
export class EditionEntity {
  @PrimaryColumn('uuid', { name: 'release_id' })
  releaseId: string;

  @PrimaryColumn('integer')
  number: number;

  @Column('text')
  kind: 'PUBLISHED' | 'RETRACTED';

  @Column('timestamptz', { name: 'published_at' })
  publishedAt: Date;

  @Column('text', { name: 'published_by' })
  publishedBy: string;

  @Column('text', { name: 'changed_locales', array: true })
  changedLocales: Locale[];

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('jsonb')
  facts: EditionFacts;
}

/** The text of one locale in one edition. */
@Entity({ schema: 'authoring', name: 'edition_text' })
export class EditionTextEntity {
  @PrimaryColumn('uuid', { name: 'release_id' })
  releaseId: string;

  @PrimaryColumn('integer')
  edition: number;

  @PrimaryColumn('text')
  locale: Locale;

  @Column('integer')
  revision: number;

  @Column('text')
  slug: string;

  @Column('text')
  freshness: Freshness;

  @Column('jsonb')
  segments: EditionSegment[];
}
