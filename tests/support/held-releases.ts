import pg from 'pg';

/** Public releases that nobody can read until they are let go. */
export interface HeldReleases {
  /** How many statements wait for them. */
  waiting(): Promise<number>;
  letGo(): Promise<void>;
}

/** @param url of the database, with its owner's login */
export async function holdReleases(url: string): Promise<HeldReleases> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  await owner.query('BEGIN; LOCK TABLE published.release IN ACCESS EXCLUSIVE MODE');
  return {
    async waiting() {
      const { rows } = await owner.query<{ n: number }>(
        'SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted',
      );
      return rows[0]?.n ?? 0;
    },
    letGo: () => owner.end(),
  };
}
