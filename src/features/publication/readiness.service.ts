import { AppError } from '../../kernel/errors.js';
import type { Locale, LocaleMask } from '../../kernel/locale.js';
import { isMemberOn, requiredMask } from '../../kernel/member-state.js';
import { Refusal } from '../../kernel/refusal.js';
import type { Queryable } from '../../platform/db/queryable.js';
import type { Reference } from '../audience/index.js';
import { draftEdition, type EditionDraft } from './edition-draft.policy.js';
import type { EditionFacts } from './edition-row.js';
import { loadMaterial, type Material, type Pins, withPinnedTexts } from './material.repository.js';
import { type UnmetRule, unmetRules, type Waiver } from './readiness.policy.js';

/** What the next edition would break. */
export interface Readiness {
  /** No blocking rule is unmet that was not waived. */
  readonly ready: boolean;
  /** The instant asked about. What an edition must have depends on the release's own date, and not on it. */
  readonly at: Date;
  readonly releaseId: string;
  readonly unmet: readonly UnmetRule[];
}

export interface Wish {
  readonly releaseId: string;
  /** null: every approved one. Locales not named are carried over; the original is always there. */
  readonly locales: readonly Locale[] | null;
  readonly waivers?: readonly Waiver[];
  /** null or absent: now. */
  readonly at?: Date | null;
}

/** Publishing broke a rule: `readiness` has each one. */
export class NotReady extends Refusal {
  constructor(readonly readiness: Readiness) {
    const blocking = readiness.unmet.filter((rule) => rule.blocking);
    super('PUBLICATION_NOT_READY', {
      rules: blocking.map(({ locale, reason }) => `${locale}: ${reason}`).join(', '),
    });
  }
}

/** The next edition and what stands in its way. */
export interface Judgement {
  readonly material: Material;
  readonly draft: EditionDraft;
  readonly readiness: Readiness;
}

/**
 * Puts the next edition together and runs every rule on it. The dry run and the publication are this same function.
 *
 * @param db a snapshot, or the transaction that holds the release's lock
 * @throws AppError NOT_FOUND
 */
export async function judgeEdition(
  db: Queryable,
  reference: Reference,
  wish: Wish,
): Promise<Judgement> {
  return judge(await getMaterial(db, wish.releaseId), reference, wish);
}

/**
 * The same for what a schedule pinned. A locale that has come out meanwhile in a newer revision is left as it is.
 *
 * @throws AppError NOT_FOUND
 */
export async function judgePinned(
  db: Queryable,
  reference: Reference,
  { releaseId, pins, waivers }: { releaseId: string; pins: Pins; waivers: readonly Waiver[] },
): Promise<Judgement> {
  const newest = await getMaterial(db, releaseId);
  const outdated = (locale: Locale, pin: number) => {
    return newest.last?.texts.some((text) => text.locale === locale && text.revision > pin);
  };
  const wanted = (Object.entries(pins) as [Locale, number][]).filter(
    ([l, pin]) => !outdated(l, pin),
  );
  const material = await withPinnedTexts(db, newest, Object.fromEntries(wanted));
  return judge(material, reference, {
    releaseId,
    locales: wanted.map(([locale]) => locale),
    waivers,
  });
}

async function getMaterial(db: Queryable, releaseId: string): Promise<Material> {
  const material = await loadMaterial(db, releaseId);
  if (!material) throw new AppError('NOT_FOUND');
  return material;
}

function judge(material: Material, reference: Reference, wish: Wish): Judgement {
  const draft = draftEdition(material, wish.locales);
  const required = requiredByAudience(reference, draft.facts);
  const unmet = unmetRules({ ...draft, policy: material.policy, required }, wish.waivers ?? []);
  const ready = !unmet.some(({ blocking }) => blocking);
  const { releaseId } = wish;
  return { material, draft, readiness: { ready, at: wish.at ?? material.now, releaseId, unmet } };
}

/** What each state requires that the release is addressed to; without any, each that was a member on its date. */
function requiredByAudience(
  reference: Reference,
  facts: EditionFacts,
): { audience: string; mask: LocaleMask }[] {
  const addressed = reference.states.filter((state) => {
    if (facts.audiences.length > 0) return facts.audiences.includes(state.code);
    return isMemberOn(state, facts.date);
  });
  return addressed.map((state) => {
    const rules = reference.rulesOf(state.code);
    return { audience: state.code, mask: requiredMask(state, rules, facts.type, facts.date) };
  });
}
