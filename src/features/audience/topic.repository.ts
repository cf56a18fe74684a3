import type { EntityManager } from 'typeorm';

import type { Locale } from '../../kernel/locale.js';

/** The topics of these slugs, in their order. Unknown ones are created, without a name and not public. */
export async function ensureTopics(
  manager: EntityManager,
  slugs: readonly string[],
): Promise<string[]> {
  if (slugs.length === 0) return [];
  const found = async () =>
    manager.query<{ id: string; slug: string }[]>(
      'SELECT id, slug FROM authoring.topic WHERE slug = ANY ($1)',
      [slugs],
    );
  let rows = await found();
  const known = new Set(rows.map(({ slug }) => slug));
  const fresh = slugs.filter((slug) => !known.has(slug));
  if (fresh.length > 0) {
    await manager.query(
      'INSERT INTO authoring.topic (slug) SELECT unnest($1::text[]) ON CONFLICT (slug) DO NOTHING',
      [fresh],
    );
    rows = await found();
  }
  const ids = new Map(rows.map(({ slug, id }) => [slug, id]));
  return slugs.flatMap((slug) => ids.get(slug) ?? []);
}

/** The ids of the existing topics among these slugs, public or not. */
export async function findTopics(
  manager: EntityManager,
  slugs: readonly string[],
): Promise<Map<string, string>> {
  if (slugs.length === 0) return new Map();
  const rows = await manager.query<{ id: string; slug: string }[]>(
    'SELECT id, slug FROM authoring.topic WHERE slug = ANY ($1)',
    [slugs],
  );
  return new Map(rows.map(({ slug, id }) => [slug, id]));
}

/** Publishes topics, together with the first edition that is filed under them. */
export async function publishTopics(manager: EntityManager, ids: readonly string[]): Promise<void> {
  const missing = await manager.query<{ id: string }[]>(
    `SELECT id FROM authoring.topic t
      WHERE id = ANY ($1) AND NOT EXISTS (SELECT FROM reference.topic r WHERE r.id = t.id)`,
    [ids],
  );
  // An INSERT without rows would also move the revision of the reference data.
  if (missing.length === 0) return;
  await manager.query(
    `INSERT INTO reference.topic (id, slug) SELECT id, slug FROM authoring.topic WHERE id = ANY ($1)
     ON CONFLICT (id) DO NOTHING`,
    [missing.map(({ id }) => id)],
  );
}

/** A public topic, with its names. */
export async function findPublicTopic(
  manager: EntityManager,
  slug: string,
): Promise<{ id: string; names: Readonly<Partial<Record<Locale, string>>> } | null> {
  const [row] = await manager.query<
    { id: string; names: Readonly<Partial<Record<Locale, string>>> }[]
  >(
    `SELECT t.id, (SELECT coalesce(json_object_agg(n.locale, n.name), '{}')
                     FROM reference.topic_name n WHERE n.topic_id = t.id) AS names
       FROM reference.topic t WHERE t.slug = $1`,
    [slug],
  );
  return row ?? null;
}

/** Sets names of a topic and publishes it; names in other locales do not change. @returns its id */
export async function saveTopic(
  manager: EntityManager,
  slug: string,
  names: Readonly<Partial<Record<Locale, string>>>,
): Promise<string> {
  const [id] = await ensureTopics(manager, [slug]);
  if (id === undefined) throw new Error('a topic that was just made is gone');
  await publishTopics(manager, [id]);
  await manager.query(
    `INSERT INTO reference.topic_name (topic_id, locale, name)
     SELECT $1, locale, name FROM unnest($2::text[], $3::text[]) AS n (locale, name)
     ON CONFLICT (topic_id, locale) DO UPDATE SET name = excluded.name`,
    [id, Object.keys(names), Object.values(names)],
  );
  return id;
}

/** Names topics that are not public yet, for the edition that publishes them. Names of public topics do not change. */
export async function nameNewTopics(
  manager: EntityManager,
  slugs: readonly string[],
  names: Readonly<Record<string, Readonly<Partial<Record<Locale, string>>>>>,
): Promise<void> {
  for (const slug of slugs) {
    const named = names[slug];
    if (named === undefined || (await findPublicTopic(manager, slug)) !== null) continue;
    await saveTopic(manager, slug, named);
  }
}
