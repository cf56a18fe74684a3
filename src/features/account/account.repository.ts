import type { EntityManager } from 'typeorm';

import type { Grant, Viewer } from '../../kernel/access.js';
import type { Queryable } from '../../platform/db/queryable.js';

/** The public part of an account. */
export interface AccountRecord {
  readonly id: string;
  readonly name: string;
}

/** Stores name and rights of the last token of an account. An account that never had a role is not stored. */
export async function recordAccount(
  db: Pick<EntityManager, 'query'>,
  { accountId, name, grants }: Viewer,
): Promise<void> {
  await db.query(
    `INSERT INTO authoring.account AS a (id, name, grants)
     SELECT $1, $2, $3 WHERE $3 <> '[]'::jsonb OR EXISTS (SELECT FROM authoring.account WHERE id = $1)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, grants = excluded.grants, seen_at = now()
       WHERE (a.name, a.grants) IS DISTINCT FROM (excluded.name, excluded.grants)`,
    [accountId, name, JSON.stringify(grants)],
  );
}

/** The accounts of these ids, in their order. An id without a row is that of a program, and its name. */
export async function loadAccounts(
  db: Queryable,
  ids: readonly string[],
): Promise<AccountRecord[]> {
  const rows = await db.query<AccountRecord>(
    'SELECT id, name FROM authoring.account WHERE id = ANY ($1)',
    [ids],
  );
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return ids.map((id) => ({ id, name: names.get(id) ?? id }));
}

/** The rights in the last token of an account; null for an unknown account. */
export async function findGrants(
  manager: EntityManager,
  id: string,
): Promise<readonly Grant[] | null> {
  const [row] = await manager.query<{ grants: Grant[] }[]>(
    'SELECT grants FROM authoring.account WHERE id = $1',
    [id],
  );
  return row?.grants ?? null;
}
