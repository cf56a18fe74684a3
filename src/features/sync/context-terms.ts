import { z } from 'zod';

import { CHAIN_STEPS, type Locale, LOCALES } from '../../kernel/locale.js';
import { type AudienceTerms, NO_TERMS } from '../../kernel/localization.js';
import { requiredTimeline } from '../../kernel/member-state.js';
import { RELEASE_TYPES, type ReleaseType } from '../../kernel/release.js';
import type { ReferenceData } from '../audience/index.js';

const typeTerms = z.object({
  chain: z.array(z.enum(CHAIN_STEPS)),
  languages: z.number(),
  withholds: z.boolean(),
  /** Required masks before the first day, from the first day, from the second day, …; see `requiredTimeline`. */
  days: z.array(z.string()),
  masks: z.array(z.number()),
});

/**
 * The rules by which one audience was served at a given time, for every release type and date; null without an
 * audience. They are part of the cursor, so that a rule that has taken effect since can be detected.
 */
export const contextTerms = z
  .object({
    order: z.array(z.enum(LOCALES)),
    /** For each type, its index in `terms`; most audiences have one entry for all types. */
    types: z.array(z.number()),
    terms: z.array(typeTerms),
  })
  .readonly();
export type ContextTerms = z.infer<typeof contextTerms>;

export function termsNow(
  audience: string | null,
  reference: ReferenceData,
  order: readonly Locale[],
  today: string,
): ContextTerms {
  if (audience === null) return { order: [...order], types: [], terms: [] };
  const state = reference.getState(audience);
  const rules = reference.rulesOf(audience);
  const all = RELEASE_TYPES.map((type) => {
    const { chain, languages, withholdsStale } = reference.termsFor(
      audience,
      { type, date: today },
      today,
    );
    const { days, masks } = requiredTimeline(state, rules, type);
    return { chain: [...chain], languages, withholds: withholdsStale, ...steps(days, masks) };
  });
  const texts = all.map((terms) => JSON.stringify(terms));
  const distinct = [...new Set(texts)];
  return {
    order: [...order],
    types: texts.map((text) => distinct.indexOf(text)),
    terms: distinct.map((text) => JSON.parse(text) as ContextTerms['terms'][number]),
  };
}

/** Removes the days on which the mask does not change. */
function steps(days: readonly string[], masks: readonly number[]) {
  const turns = days.filter((_, index) => masks[index + 1] !== masks[index]);
  const first = masks[0] ?? 0;
  return { days: turns, masks: [first, ...turns.map((day) => masks[days.indexOf(day) + 1] ?? 0)] };
}

/** The terms that applied to the audience for one release. */
export function termsFor(
  { types, terms }: ContextTerms,
  release: { readonly type: ReleaseType; readonly date: string },
): AudienceTerms {
  const found = terms[types[RELEASE_TYPES.indexOf(release.type)] ?? -1];
  if (!found) return NO_TERMS;
  const { chain, languages, withholds: withholdsStale, days, masks } = found;
  const turn = days.findLastIndex((day) => day <= release.date);
  return { chain, languages, withholdsStale, required: masks[turn + 1] ?? 0 };
}

export function sameTerms(before: ContextTerms, after: ContextTerms): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}
