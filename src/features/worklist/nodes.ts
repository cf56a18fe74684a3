import { globalId } from '../../platform/graphql/schema/global-id.js';
import type { CommentRecord } from './comments.sql.js';
import type { EditorialRecord, TranslationRecord } from './editorial-record.js';
import { EditorialReleaseType, SegmentType, TranslationType } from './editorial.types.js';
import { CommentType } from './history.types.js';
import { translationId } from './ids.js';
import type { StaffSegment } from './staff-segments.js';

export function editorialReleaseNode(record: EditorialRecord): EditorialReleaseType {
  const { number, type, date, originalLocale, publishPolicy, revision, retractedAt } = record;
  const id = globalId('EditorialRelease', record.id);
  const facts = { number, type, date, originalLocale, publishPolicy, revision, retractedAt };
  return Object.assign(new EditorialReleaseType(), { id, record, ...facts });
}

export function translationNode(record: TranslationRecord): TranslationType {
  const { releaseId, locale, isOriginal, text, dueAt } = record;
  return Object.assign(new TranslationType(), {
    id: translationId(releaseId, locale),
    record,
    locale,
    isOriginal,
    dueAt,
    state: text?.state ?? 'NOT_STARTED',
    revision: text?.revision ?? 0,
    publishedRevision: text?.publishedRevision ?? null,
    publishedAt: text?.publishedAt ?? null,
    freshness: text?.freshness ?? null,
    completeness: text?.completeness ?? 0,
    updatedAt: text?.updatedAt ?? null,
  });
}

export function segmentNode(segment: StaffSegment): SegmentType {
  return Object.assign(new SegmentType(), segment);
}

export function commentNode({ id, by, ...comment }: CommentRecord): CommentType {
  return Object.assign(new CommentType(), { ...comment, id: globalId('Comment', id), byId: by });
}
