import type { EntityManager } from 'typeorm';

import { nameNewTopics, type ReferenceData } from '../audience/index.js';
import { publish, type PublishedEdition, restoreSlugs } from '../publication/index.js';
import type { Incoming } from './incoming.js';
import { localesOf } from './segments-of.js';

/**
 * An import publishes texts that were public elsewhere, as they were there: a gap in a translation does not block it,
 * and the history records that.
 */
export async function publishImported(
  manager: EntityManager,
  reference: ReferenceData,
  { id: releaseId, renews }: { readonly id: string; readonly renews: boolean },
  incoming: Incoming,
  by: string,
): Promise<PublishedEdition> {
  await nameNewTopics(manager, incoming.topics ?? [], incoming.topicNames ?? {});
  const locales = localesOf(incoming.texts, incoming.originalLocale);
  const waivers = locales.map((locale) => ({ audience: null, locale, reason: by }));
  const slugs = Object.fromEntries(
    locales.flatMap((locale) => {
      const slug = incoming.texts[locale]?.slug;
      return slug === undefined ? [] : [[locale, slug]];
    }),
  );
  return publish(manager, reference, { releaseId, locales, waivers, renews, slugs, by });
}

/** Makes previous addresses of the texts lead to the release here too. @returns how many are new */
export function restoreOldSlugs(
  manager: EntityManager,
  releaseId: string,
  { texts, originalLocale }: Incoming,
): Promise<number> {
  const old = localesOf(texts, originalLocale).flatMap((locale) =>
    (texts[locale]?.oldSlugs ?? []).map((slug) => ({ locale, slug })),
  );
  return restoreSlugs(manager, releaseId, old);
}
