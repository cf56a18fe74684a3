import type { EntityManager } from 'typeorm';

import type { TextPlace } from './text-place.js';

export interface Assignment {
  readonly assignee: string | null;
  readonly dueAt: Date | null;
}

export async function findAssignment(
  manager: EntityManager,
  { releaseId, locale }: TextPlace,
): Promise<Assignment | null> {
  const [row] = await manager.query<Assignment[]>(
    'SELECT assignee, due_at AS "dueAt" FROM authoring.assignment WHERE release_id = $1 AND locale = $2',
    [releaseId, locale],
  );
  return row ?? null;
}

export async function writeAssignment(
  manager: EntityManager,
  { releaseId, locale, assignee, dueAt }: TextPlace & Assignment,
): Promise<void> {
  await manager.query(
    `INSERT INTO authoring.assignment (release_id, locale, assignee, due_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (release_id, locale) DO UPDATE SET assignee = excluded.assignee, due_at = excluded.due_at`,
    [releaseId, locale, assignee, dueAt],
  );
}

export async function removeAssignment(
  manager: EntityManager,
  { releaseId, locale }: TextPlace,
): Promise<void> {
  await manager.query('DELETE FROM authoring.assignment WHERE release_id = $1 AND locale = $2', [
    releaseId,
    locale,
  ]);
}

/** By the database's clock, which is one for all nodes. */
export async function isPast(manager: EntityManager, instant: Date): Promise<boolean> {
  const [row] = await manager.query<{ past: boolean }[]>('SELECT $1::timestamptz < now() AS past', [
    instant,
  ]);
  return row?.past === true;
}
