import { Invalid } from '../../kernel/refusal.js';
import type { SegmentKind } from '../../kernel/release.js';
import type { SegmentDraft } from './original.policy.js';
import { segmentText } from './segment-text.policy.js';

/** A segment of an original in the input; `key` is null for a new one. */
export interface SegmentInput {
  readonly key?: string | null;
  readonly kind: SegmentKind;
  readonly text: string;
}

const MAX_SEGMENTS = 500;
/** An import may have stored a longer original, which must stay editable. */
const MAX_ADDED = 50;
const FIXED: Partial<Record<SegmentKind, string>> = { TITLE: 'title', SUMMARY: 'summary' };

/**
 * The segments of an original, checked and in the form in which they are stored: title and summary first.
 *
 * @param present the current texts of the original, by key; none for a new release. A text that does not change is not
 *   checked again.
 * @throws Invalid TITLE_MISSING, SEGMENT_TWICE, SEGMENT_UNKNOWN, SEGMENT_KIND_FIXED, LIST_TOO_LONG, and those of
 *   {@link segmentText}
 */
export function checkedSegments(
  segments: readonly SegmentInput[],
  present: ReadonlyMap<string, string>,
): SegmentDraft[] {
  if (segments.length > Math.max(MAX_SEGMENTS, present.size + MAX_ADDED)) {
    throw new Invalid('LIST_TOO_LONG', { argument: 'segments', max: MAX_SEGMENTS }, ['segments']);
  }
  const seen = new Set<string>();
  const drafts = segments.map(({ key = null, kind, text }, index): SegmentDraft => {
    const path = ['segments', String(index)];
    const fixed = FIXED[kind];
    const name = key ?? fixed ?? null;
    if (name !== null) {
      if (seen.has(name)) {
        throw new Invalid('SEGMENT_TWICE', { key: name.slice(0, 40) }, [...path, 'key']);
      }
      seen.add(name);
    }
    if (key !== null) checkKey(key, kind, present, path);
    const stored = name === null ? null : present.get(name);
    return { key: name, kind, text: segmentText(kind, text, [...path, 'text'], stored) };
  });
  const of = (kind: SegmentKind) => drafts.filter((draft) => draft.kind === kind);
  const [title] = of('TITLE');
  if (!title) throw new Invalid('TITLE_MISSING', {}, ['segments']);
  const body = drafts.filter(({ kind }) => kind !== 'TITLE' && kind !== 'SUMMARY');
  return [title, ...of('SUMMARY'), ...body];
}

function checkKey(
  key: string,
  kind: SegmentKind,
  known: ReadonlyMap<string, string>,
  path: readonly string[],
): void {
  const shown = key.slice(0, 40);
  const isFixed = Object.values(FIXED).includes(key);
  if (isFixed ? FIXED[kind] !== key : FIXED[kind] !== undefined) {
    throw new Invalid('SEGMENT_KIND_FIXED', { key: shown }, [...path, 'kind']);
  }
  if (!isFixed && !known.has(key)) {
    throw new Invalid('SEGMENT_UNKNOWN', { key: shown }, [...path, 'key']);
  }
}
