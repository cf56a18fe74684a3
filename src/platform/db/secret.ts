import type pg from 'pg';

/**
 * A value that the nodes of one gateway share and that only the owner's login may read: found, or created by the first
 * node.
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
  // Another node may have been first.
  return (await find()) ?? made;
}
