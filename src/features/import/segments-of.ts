import type { Locale } from '../../kernel/locale.js';
import type { Block } from '../../kernel/rich-text/index.js';
import { type SegmentDraft, type SourceSegment } from '../release/index.js';
import { alignBlocks } from './page/align-blocks.js';
import { type ImportedText } from './page/imported.js';
import { isMinorChange } from './page/minor-change.js';
import { matchRevised } from './page/match-revised.js';
import type { LocaleSegment, OwnSegment, TargetText } from '../translation/index.js';

/** The segments of a new release's original. */
export function newOriginal({ title, summary, blocks }: ImportedText): SegmentDraft[] {
  const drafts: SegmentDraft[] = [{ key: null, kind: 'TITLE', text: title }];
  if (summary !== null) drafts.push({ key: null, kind: 'SUMMARY', text: summary });
  return [...drafts, ...blocks.map(({ kind, text }) => ({ key: null, kind, text }))];
}

/** The segments of an existing original: a block that continues an old segment gets its key. */
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

/** MINOR if every segment still exists at its position with the same wording; otherwise SUBSTANTIVE. */
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
 * A translation as texts of the original's segments. If its blocks do not match those of the original one by one, none
 * are aligned: its body becomes segments of its own, and those of the original are omitted.
 *
 * @param before the current segments of the locale; its own segments keep their keys if they continue
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
