import type pg from 'pg';

/**
 * What the nodes of one gateway share and no login but the owner's may read: found, or made by whoever comes first.
 *
 * @param owner a connection of the owner's
 * @param make plain JSON
 */
export async function findOrCreateSecret<T>(
  owner: pg.Client,
  name: string,
  make: () => T | Promise<T>,
): Promise<T> {
  const find = async () => {
    const text = 'SELECT value FROM platform.secret WHERE name = $1';
    return (await owner.query<{ value: T }>(text, [name])).rows[0]?.value;
  };
  const stored = await find();
  if (stored !== undefined) return stored;
  const made = await make();
  await owner.query(
    'INSERT INTO platform.secret (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    [name, JSON.stringify(made)],
  );
  // Another node may have been the first.
  return (await find()) ?? made;
}
