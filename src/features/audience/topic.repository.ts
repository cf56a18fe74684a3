import type { EntityManager } from 'typeorm';

import type { Locale } from '../../kernel/locale.js';

/** The topics of these slugs, in their order; one that is new is made, without a name. */
export async function ensureTopics(
  manager: EntityManager,
  slugs: readonly string[],
): Promise<string[]> {
  if (slugs.length === 0) return [];
  const found = async () =>
    manager.query<{ id: string; slug: string }[]>(
      'SELECT id, slug FROM reference.topic WHERE slug = ANY ($1)',
      [slugs],
    );
  let rows = await found();
  const known = new Set(rows.map(({ slug }) => slug));
  const fresh = slugs.filter((slug) => !known.has(slug));
  if (fresh.length > 0) {
    await manager.query(
      'INSERT INTO reference.topic (slug) SELECT unnest($1::text[]) ON CONFLICT (slug) DO NOTHING',
      [fresh],
    );
    rows = await found();
  }
  const ids = new Map(rows.map(({ slug, id }) => [slug, id]));
  return slugs.flatMap((slug) => ids.get(slug) ?? []);
}

/** Gives a topic its names; those of other locales stay. */
export async function saveTopic(
  manager: EntityManager,
  slug: string,
  names: Readonly<Partial<Record<Locale, string>>>,
): Promise<void> {
  const [id] = await ensureTopics(manager, [slug]);
  await manager.query(
    `INSERT INTO reference.topic_name (topic_id, locale, name)
     SELECT $1, locale, name FROM unnest($2::text[], $3::text[]) AS n (locale, name)
     ON CONFLICT (topic_id, locale) DO UPDATE SET name = excluded.name`,
    [id, Object.keys(names), Object.values(names)],
  );
}
