import type { EntityManager } from 'typeorm';

import type { Grant, Viewer } from '../../kernel/access.js';
import type { Queryable } from '../../platform/db/queryable.js';

/** An account as others see it. */
export interface AccountRecord {
  readonly id: string;
  readonly name: string;
}

/** Writes an account down, or what its last token says anew. Who never had a role is not written down. */
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

/** The accounts of these ids, in their order. An id without a row is a program's, and its own name. */
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

/** What the last token of an account said that it may do; null for an account that was never here. */
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
