/** Runs a statement, with a query runner or a client. */
export type Run = <T extends object>(text: string, values?: unknown[]) => Promise<T[]>;

/** What a program version that lacks a migration may do once it is applied: everything, serve readers only, nothing. */
export const PREVIOUS_VERSION = ['FULL', 'READS', 'NONE'] as const;
export type PreviousVersion = (typeof PREVIOUS_VERSION)[number];

/** The state of a database for a program that knows some migrations. */
export interface MigrationState {
  /** In the order in which they were applied. */
  readonly applied: readonly string[];
  readonly pending: readonly string[];
  /** The migrations of a newer program. */
  readonly unknown: readonly string[];
  /** What the newer program allows this one to do. */
  readonly allowed: PreviousVersion;
}

/**
 * A table of the migrator itself, like the list of migrations: an older program reads it before anything else.
 */
export async function ensureCompatibilityTable(run: Run): Promise<void> {
  if (await exists(run, 'platform.migration_compatibility')) return;
  await run(`CREATE TABLE IF NOT EXISTS platform.migration_compatibility (
    name text PRIMARY KEY,
    previous_version text NOT NULL CHECK (previous_version IN ('${PREVIOUS_VERSION.join("', '")}'))
  )`);
}

/** Must be called in the transaction of the migration. */
export async function declare(run: Run, name: string, allowed: PreviousVersion): Promise<void> {
  await run(
    `INSERT INTO platform.migration_compatibility (name, previous_version) VALUES ($1, $2)
     ON CONFLICT (name) DO UPDATE SET previous_version = excluded.previous_version`,
    [name, allowed],
  );
}

export async function withdraw(run: Run, name: string): Promise<void> {
  await run('DELETE FROM platform.migration_compatibility WHERE name = $1', [name]);
}

/** @param known the names of the migrations that this program knows, as they are recorded */
export async function migrationState(run: Run, known: readonly string[]): Promise<MigrationState> {
  const rows = (await exists(run, 'platform.migration'))
    ? await run<{ name: string }>('SELECT name FROM platform.migration ORDER BY id')
    : [];
  const applied = rows.map(({ name }) => name);
  const unknown = applied.filter((name) => !known.includes(name));
  const pending = known.filter((name) => !applied.includes(name));
  // A program that lacks some migrations and has others that the database lacks is of another line of development.
  const allowed = pending.length > 0 && unknown.length > 0 ? 'NONE' : await least(run, unknown);
  return { applied, pending, unknown, allowed };
}

/** What all of these migrations allow. A migration without a declaration is older than declarations. */
async function least(run: Run, unknown: readonly string[]): Promise<PreviousVersion> {
  if (unknown.length === 0) return 'FULL';
  if (!(await exists(run, 'platform.migration_compatibility'))) return 'NONE';
  const rows = await run<{ allowed: PreviousVersion }>(
    `SELECT previous_version AS allowed FROM platform.migration_compatibility
      WHERE name = ANY ($1)`,
    [unknown],
  );
  if (rows.length < unknown.length) return 'NONE';
  const found = rows.map(({ allowed }) => PREVIOUS_VERSION.indexOf(allowed));
  return PREVIOUS_VERSION[Math.max(...found)] ?? 'NONE';
}

async function exists(run: Run, table: string): Promise<boolean> {
  const [row] = await run<{ found: string | null }>('SELECT to_regclass($1) AS found', [table]);
  return row?.found != null;
}
