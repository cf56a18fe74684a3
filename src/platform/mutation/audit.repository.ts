import type { EntityManager } from 'typeorm';

export interface AuditEntry {
  readonly by: string;
  /** The name of the mutation, as in the schema. */
  readonly mutation: string;
  /** What was changed, by ids and names; never a text. */
  readonly subject: Readonly<Record<string, unknown>>;
  /** null for a change by a worker. */
  readonly requestId: string | null;
}

/** One row for each mutation, in its transaction; the application's role can neither change nor delete it. */
export async function recordAudit(
  manager: EntityManager,
  { by, mutation, subject, requestId }: AuditEntry,
): Promise<void> {
  await manager.query(
    'INSERT INTO authoring.audit (by, mutation, subject, request_id) VALUES ($1, $2, $3, $4)',
    [by, mutation, JSON.stringify(subject), requestId],
  );
}
