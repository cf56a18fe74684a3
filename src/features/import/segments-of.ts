import type { Locale } from '../../kernel/locale.js';
import type { Block } from '../../kernel/rich-text/index.js';
import { type SegmentDraft, type SourceSegment } from '../release/index.js';
import { alignBlocks } from './page/align-blocks.js';
import { type ImportedText } from './page/imported.js';
import { isMinorChange } from './page/minor-change.js';
import { matchRevised } from './page/match-revised.js';
import type { LocaleSegment, OwnSegment, TargetText } from '../translation/index.js';

/** The segments of an original, for a release that is new. */
export function newOriginal({ title, summary, blocks }: ImportedText): SegmentDraft[] {
  const drafts: SegmentDraft[] = [{ key: null, kind: 'TITLE', text: title }];
  if (summary !== null) drafts.push({ key: null, kind: 'SUMMARY', text: summary });
  return [...drafts, ...blocks.map(({ kind, text }) => ({ key: null, kind, text }))];
}

/** The segments of an original that is there already: what goes on from an old segment keeps its key. */
export function revisedOriginal(
  before: readonly SourceSegment[],
  text: ImportedText,
): SegmentDraft[] {
  const body = before.filter(({ kind }) => kind !== 'TITLE' && kind !== 'SUMMARY');
  const keys = matchRevised(body, text.blocks);
  const blocks = text.blocks.map(({ kind, text: value }, index): SegmentDraft => {
    return { key: keys[index] ?? null, kind, text: value };
  });
  return [...newOriginal({ ...text, blocks: [] }), ...blocks];
}

/** MINOR where every segment is still there, in its place, and says the same; else SUBSTANTIVE. */
export function changeBetween(
  before: readonly SourceSegment[],
  after: readonly SegmentDraft[],
): 'SUBSTANTIVE' | 'MINOR' {
  const isEqual = (segment: SegmentDraft, index: number) => {
    const old = before[index];
    const sameKey = segment.key === null ? segment.kind === old?.kind : segment.key === old?.key;
    return old !== undefined && sameKey && isMinorChange(old.text, segment.text);
  };
  return before.length === after.length && after.every(isEqual) ? 'MINOR' : 'SUBSTANTIVE';
}

export interface TranslationSegments {
  readonly targets: TargetText[];
  readonly own: OwnSegment[];
}

/**
 * A translation as texts of the original's segments. Where its blocks are not those of the original one by one,
 * nothing is forced into line: its body becomes segments of its own, and the original's are left out.
 *
 * @param before what the locale has now; its own segments keep their keys where they go on
 */
export function translationParts(
  original: readonly SourceSegment[],
  before: readonly LocaleSegment[],
  text: ImportedText,
  hasOwnBody = !alignBlocks(bodyOf(original), text.blocks),
): TranslationSegments {
  const targets: TargetText[] = [];
  const own: OwnSegment[] = [];
  const summaryKey = original.find(({ kind }) => kind === 'SUMMARY')?.key;
  for (const { key, kind } of original) {
    if (kind === 'TITLE') targets.push({ key, text: text.title });
    else if (kind === 'SUMMARY' && text.summary !== null) targets.push({ key, text: text.summary });
  }
  const oldOwn = before.filter((segment) => segment.own && segment.kind !== 'SUMMARY');
  if (summaryKey === undefined && text.summary !== null) {
    const key = before.find((segment) => segment.own && segment.kind === 'SUMMARY')?.key ?? null;
    own.push({ key, kind: 'SUMMARY', text: text.summary, afterKey: null });
  }
  const body = bodyOf(original);
  if (!hasOwnBody) {
    targets.push(...body.map(({ key }, i) => ({ key, text: text.blocks[i]?.text ?? null })));
    return { targets, own };
  }
  targets.push(...body.map(({ key }) => ({ key, text: null })));
  const old = oldOwn.map(({ key, kind, text: value }) => ({ key, kind, text: value ?? '' }));
  const keys = matchRevised(old, text.blocks);
  const blocks = text.blocks.map(({ kind, text: value }, index): OwnSegment => {
    return { key: keys[index] ?? null, kind, text: value, afterKey: null };
  });
  return { targets, own: [...own, ...blocks] };
}

function bodyOf(original: readonly SourceSegment[]): (Block & { key: string })[] {
  return original.flatMap(({ key, kind, text }) => {
    return kind === 'TITLE' || kind === 'SUMMARY' ? [] : [{ key, kind, text }];
  });
}

/** The locales of an import, the original first. */
export function localesOf(
  texts: Readonly<Partial<Record<Locale, ImportedText>>>,
  original: Locale,
): Locale[] {
  const others = (Object.keys(texts) as Locale[]).filter((locale) => locale !== original);
  return texts[original] ? [original, ...others] : others;
}
