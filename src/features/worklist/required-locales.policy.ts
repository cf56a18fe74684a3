import { inMask, type Locale, LOCALES } from '../../kernel/locale.js';
import { requiredMask, requiredTimeline } from '../../kernel/member-state.js';
import { RELEASE_TYPES } from '../../kernel/release.js';
import type { ReferenceData } from '../audience/index.js';

interface Period {
  readonly type: string;
  readonly since: string;
  readonly until: string;
  readonly locale: Locale;
}

/** The periods in which each audience requires each locale, by type of release. */
export function requiredPeriods(reference: ReferenceData): (Period & { audience: string })[] {
  return reference.states.flatMap((state) =>
    RELEASE_TYPES.flatMap((type) => {
      const { days, masks } = requiredTimeline(state, reference.rulesOf(state.code), type);
      return masks.flatMap((mask, index) => {
        const span = { since: days[index - 1] ?? '-infinity', until: days[index] ?? 'infinity' };
        const locales = LOCALES.filter((locale) => inMask(mask, locale));
        return locales.map((locale) => ({ audience: state.code, type, locale, ...span }));
      });
    }),
  );
}

interface Requirement {
  readonly type: string;
  readonly locale: Locale;
  readonly days: readonly string[];
  /** The number of audiences that require it before the first day, from then on, from the second day on, … */
  readonly audiences: readonly number[];
}

/** The number of all audiences that require each locale, by type and day. */
export function requiredByAll(reference: ReferenceData): Requirement[] {
  const { states } = reference;
  return RELEASE_TYPES.flatMap((type) => {
    const turns = states.flatMap((s) => requiredTimeline(s, reference.rulesOf(s.code), type).days);
    const days = [...new Set(turns)].sort();
    const masks = days.map((day) => {
      return states.map((s) => requiredMask(s, reference.rulesOf(s.code), type, day));
    });
    return LOCALES.map((locale) => {
      const audiences = masks.map((all) => all.filter((mask) => inMask(mask, locale)).length);
      return { type, locale, days, audiences: [0, ...audiences] };
    });
  });
}
