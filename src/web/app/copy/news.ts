import { diffWordsWithSpace } from 'diff';

import type { Locale } from '../../../kernel/locale.js';
import type { AppReleaseFragment } from '../../generated/site.js';
import type { Change } from './stored-release.js';

export type NewsKind = 'NEW' | 'TRANSLATED' | 'CORRECTED' | 'WITHDRAWN';

/** A part of a text that was corrected. */
export interface Difference {
  readonly kind: 'SAME' | 'ADDED' | 'REMOVED';
  readonly text: string;
}

interface TextInLanguage {
  readonly value: string;
  readonly lang: string;
  readonly dir: 'LTR' | 'RTL';
}

/** What happened to one release in a copy, until the reader dismisses it. */
export interface News {
  readonly key: string;
  readonly kind: NewsKind;
  /** Of the copy. */
  readonly locale: Locale;
  readonly releaseId: string;
  readonly at: string;
  readonly title: TextInLanguage;
  /** Null for a release that is not public any more. */
  readonly slug: string | null;
  /** The note of the correction for readers. */
  readonly note: TextInLanguage | null;
  readonly differences: readonly Difference[];
}

/**
 * What a change is for the reader, compared with what the copy had.
 *
 * @returns null for a change that a reader need not know of
 */
export function newsOf(
  change: Change,
  before: AppReleaseFragment | null,
  locale: Locale,
): News | null {
  const kind = kindOf(change, before);
  const shown = change.localized ?? before;
  if (kind === null || !shown) return null;
  const isCorrection = kind === 'CORRECTED';
  const { value, lang, dir } = shown.title;
  return {
    key: [kind, locale, change.releaseId, change.at].join(' '),
    kind,
    locale,
    releaseId: change.releaseId,
    at: change.at,
    title: { value, lang, dir },
    slug: change.localized?.slug ?? null,
    note: isCorrection ? newNote(shown, before) : null,
    differences: isCorrection && before ? differencesOf(textOf(before), textOf(shown)) : [],
  };
}

function kindOf(change: Change, before: AppReleaseFragment | null): NewsKind | null {
  const { kind, reason, localized } = change;
  if (kind === 'REMOVE') return reason === 'RETRACTED' && before ? 'WITHDRAWN' : null;
  if (!before) return 'NEW';
  if (reason === 'FALLBACK_REPLACED') return 'TRANSLATED';
  const isSameLanguage = localized?.resolution.locale === before.resolution.locale;
  if (reason !== 'UPDATED' || !localized || !isSameLanguage) return null;
  const isCorrected = newNote(localized, before) !== null || textOf(localized) !== textOf(before);
  return isCorrected ? 'CORRECTED' : null;
}

function newNote(after: AppReleaseFragment, before: AppReleaseFragment | null) {
  const [newest] = after.corrections;
  const known = before?.corrections[0]?.edition ?? 0;
  if (!newest || newest.edition <= known) return null;
  const { value, lang, dir } = newest.note;
  return { value, lang, dir };
}

function textOf({ title, summary, body }: AppReleaseFragment): string {
  const parts = [title.value, summary?.value ?? '', body.plainText];
  return parts.filter((part) => part !== '').join('\n');
}

/** Texts that have nothing in common take long to compare, and nobody reads that comparison. */
const MAX_EDITS = 400;
/** Of unchanged text, in UTF-16 units: what is shown on each side of a change. */
const CONTEXT = 60;

/** The changed words with some text around them; nothing for texts that were rewritten as a whole. */
export function differencesOf(before: string, after: string): Difference[] {
  const parts = diffWordsWithSpace(before, after, { maxEditLength: MAX_EDITS }) ?? [];
  return parts.map(({ added, removed, value }, index) => {
    if (added) return { kind: 'ADDED', text: value };
    if (removed) return { kind: 'REMOVED', text: value };
    const isFirst = index === 0;
    const isLast = index === parts.length - 1;
    return { kind: 'SAME', text: shortened(value, isFirst, isLast) };
  });
}

function shortened(text: string, isFirst: boolean, isLast: boolean): string {
  const start = isFirst ? '' : text.slice(0, CONTEXT);
  const end = isLast ? '' : text.slice(-CONTEXT);
  if (text.length <= start.length + end.length) return text;
  return `${start.replace(/\S*$/, '')}…${end.replace(/^\S*/, '')}`;
}
