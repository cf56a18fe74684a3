import type { EntityManager } from 'typeorm';

import { nameNewTopics, type ReferenceData } from '../audience/index.js';
import { publish, type PublishedEdition, restoreSlugs } from '../publication/index.js';
import type { Incoming } from './incoming.js';
import { localesOf } from './segments-of.js';

/**
 * An import brings in what another place had public, as it was there: what is missing in a translation is no
 * reason to hold it back, and the history says so.
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

/** Addresses that the texts had elsewhere before lead to the release here too. @returns how many are new */
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
