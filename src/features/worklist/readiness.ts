import { regionName } from '../../kernel/display-name.js';
import { TAG_OF } from '../../kernel/locale.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { accountNode } from '../account/index.js';
import type { Readiness, UnmetRule } from '../publication/index.js';
import { PublicationReadinessType, UnmetRuleType } from './editorial.types.js';
import type { EditorialSession } from './editorial-session.js';

/** The readiness of a release, in the words of this caller. */
export async function readinessNode(
  context: RequestContext,
  session: EditorialSession,
  { ready, at, releaseId, unmet }: Readiness,
): Promise<PublicationReadinessType> {
  const rules = await unmetRuleNodes(context, session, releaseId, unmet);
  return Object.assign(new PublicationReadinessType(), { ready, at, unmet: rules });
}

/** Each rule with its message, and with whoever the missing text is assigned to. */
export async function unmetRuleNodes(
  context: RequestContext,
  session: EditorialSession,
  releaseId: string,
  unmet: readonly UnmetRule[],
): Promise<UnmetRuleType[]> {
  const translations = (await session.release.load(releaseId))?.translations ?? [];
  return Promise.all(
    unmet.map(async (rule) => {
      const id = translations.find(({ locale }) => locale === rule.locale)?.assignee;
      const assignee = id ? accountNode(await session.account.load(id)) : null;
      const message = unmetMessage(context, rule);
      return Object.assign(new UnmetRuleType(), { ...rule, message, assignee });
    }),
  );
}

/** Says in the caller's language what is missing, and for whom. */
export function unmetMessage(
  context: RequestContext,
  { audience, locale, reason, segmentKey }: UnmetRule,
): string {
  const language = context.text(`app:languages.inText.${locale}`);
  if (audience === null) return context.text(`app:unmet.release.${reason}`, { language });
  const { messageLocale } = context;
  const state = regionName(audience, [TAG_OF[messageLocale]], messageLocale).value;
  // No segment lacks: the text itself was left out of the edition.
  const isLeftOut = reason === 'INCOMPLETE' && segmentKey === null;
  return context.text(`app:unmet.audience.${isLeftOut ? 'LEFT_OUT' : reason}`, { state, language });
}
