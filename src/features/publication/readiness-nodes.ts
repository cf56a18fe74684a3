import { regionName } from '../../kernel/display-name.js';
import { TAG_OF } from '../../kernel/locale.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { accountNode } from '../account/index.js';
import type { EditorialLoaders } from '../release/index.js';
import type { UnmetRule } from './readiness.policy.js';
import type { Readiness } from './readiness.service.js';
import { PublicationReadinessType, UnmetRuleType } from './readiness.types.js';

/** The readiness of a release, with messages in the language of the caller. */
export async function readinessNode(
  context: RequestContext,
  loaders: EditorialLoaders,
  { ready, at, releaseId, unmet }: Readiness,
): Promise<PublicationReadinessType> {
  const rules = await unmetRuleNodes(context, loaders, releaseId, unmet);
  return Object.assign(new PublicationReadinessType(), { ready, at, unmet: rules });
}

/** Each rule with its message, and with the account that the missing text is assigned to. */
export async function unmetRuleNodes(
  context: RequestContext,
  loaders: EditorialLoaders,
  releaseId: string,
  unmet: readonly UnmetRule[],
): Promise<UnmetRuleType[]> {
  const translations = (await loaders.release.load(releaseId))?.translations ?? [];
  return Promise.all(
    unmet.map(async (rule) => {
      const id = translations.find(({ locale }) => locale === rule.locale)?.assignee;
      const assignee = id ? accountNode(await loaders.account.load(id)) : null;
      const message = unmetMessage(context, rule);
      return Object.assign(new UnmetRuleType(), { ...rule, message, assignee });
    }),
  );
}

/** What is missing and for whom, in the language of the caller. */
export function unmetMessage(
  context: RequestContext,
  { audience, locale, reason, segmentKey }: UnmetRule,
): string {
  const language = context.caller.text(`app:languages.inText.${locale}`);
  if (audience === null) return context.caller.text(`app:unmet.release.${reason}`, { language });
  const { messageLocale } = context.caller;
  const state = regionName(audience, [TAG_OF[messageLocale]], messageLocale).value;
  // No segment is missing: the text itself was left out of the edition.
  const isLeftOut = reason === 'INCOMPLETE' && segmentKey === null;
  return context.caller.text(`app:unmet.audience.${isLeftOut ? 'LEFT_OUT' : reason}`, {
    state,
    language,
  });
}
