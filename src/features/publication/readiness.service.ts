import { AppError } from '../../kernel/errors.js';
import type { Locale, LocaleMask } from '../../kernel/locale.js';
import { isMemberOn, requiredMask } from '../../kernel/member-state.js';
import { Refusal } from '../../kernel/refusal.js';
import type { Queryable } from '../../platform/db/queryable.js';
import type { ReferenceData } from '../audience/index.js';
import { draftEdition, type EditionDraft } from './edition-draft.policy.js';
import type { EditionFacts } from './edition-row.js';
import { loadMaterial, type Material, type Pins, withPinnedTexts } from './material.repository.js';
import { type UnmetRule, unmetRules, type Waiver } from './readiness.policy.js';

/** The rules that the next edition would break. */
export interface Readiness {
  /** Whether every blocking rule is met or waived. */
  readonly ready: boolean;
  /** The requested instant. The rules depend on the date of the release, not on it. */
  readonly at: Date;
  readonly releaseId: string;
  readonly unmet: readonly UnmetRule[];
}

export interface EditionRequest {
  readonly releaseId: string;
  /** null: every approved one. Locales not named are carried over; the original is always included. */
  readonly locales: readonly Locale[] | null;
  readonly waivers?: readonly Waiver[];
  /** null or absent: now. */
  readonly at?: Date | null;
}

/** An edition would break a rule: `readiness` has them all. */
export class NotReady extends Refusal {
  constructor(readonly readiness: Readiness) {
    const blocking = readiness.unmet.filter((rule) => rule.blocking);
    super('PUBLICATION_NOT_READY', {
      rules: blocking.map(({ locale, reason }) => `${locale}: ${reason}`).join(', '),
    });
  }
}

/** The next edition and its unmet rules. */
export interface Judgement {
  readonly material: Material;
  readonly draft: EditionDraft;
  readonly readiness: Readiness;
}

/**
 * Composes the next edition and runs every rule on it: for a dry run and for a publication.
 *
 * @param db a snapshot, or the transaction that has locked the release
 * @throws AppError NOT_FOUND
 */
export async function judgeEdition(
  db: Queryable,
  reference: ReferenceData,
  wish: EditionRequest,
): Promise<Judgement> {
  return judge(await getMaterial(db, wish.releaseId), reference, wish);
}

/**
 * The same for the texts that a schedule has pinned. A locale that was since published in a newer revision is carried
 * over.
 *
 * @throws AppError NOT_FOUND
 */
export async function judgePinned(
  db: Queryable,
  reference: ReferenceData,
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

function judge(material: Material, reference: ReferenceData, wish: EditionRequest): Judgement {
  const draft = draftEdition(material, wish.locales);
  const required = requiredByAudience(reference, draft.facts);
  const unmet = unmetRules({ ...draft, policy: material.policy, required }, wish.waivers ?? []);
  const ready = !unmet.some(({ blocking }) => blocking);
  const { releaseId } = wish;
  return { material, draft, readiness: { ready, at: wish.at ?? material.now, releaseId, unmet } };
}

/** The requirements of each audience of the release; without audiences, of each state that was a member on its date. */
function requiredByAudience(
  reference: ReferenceData,
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
