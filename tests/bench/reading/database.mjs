import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import pg from 'pg';

import { multiply } from './multiply.mjs';

/** More are copies of these: to be loaded one by one, as staff would, they would take half an hour. */
const LOADED = 5000;

/**
 * A database for the benchmark with so many generated releases. It is stored, so that a second run starts at once.
 *
 * @returns the owner's address, and how to leave the server
 */
export async function openBenchDatabase(root, { data, releases }) {
  const folder = join(data, String(releases));
  await mkdir(folder, { recursive: true });
  const { startEmbedded } = await import(join(root, 'dist/platform/db/embedded/start-embedded.js'));
  const embedded = await startEmbedded(folder);
  const client = new pg.Client({ connectionString: embedded.url });
  try {
    await client.connect();
    const loaded = Math.min(releases, LOADED);
    if ((await countOf(client)) < loaded) await load(root, folder, loaded);
    if ((await countOf(client)) < releases) await multiply(client, loaded, releases);
    // Tables of reference are too small to be analysed by themselves.
    await client.query('ANALYZE');
    const size = await sizesOf(client);
    return { url: embedded.url, size, leave: () => embedded.leave() };
  } catch (error) {
    await embedded.leave();
    throw error;
  } finally {
    await client.end();
  }
}

/** Those of the demonstration have numbers of their own; they do not count. */
async function countOf(client) {
  const { rows } = await client.query(
    `SELECT to_regclass('published.release') IS NOT NULL AS is_there`,
  );
  if (!rows[0].is_there) return 0;
  const made = await client.query(
    `SELECT count(*)::int AS n FROM published.release
      WHERE number ~ '[1-9]\\d{4}' OR number ~ '^\\d\\d-[5-8]\\d{3}$'`,
  );
  return made.rows[0].n;
}

async function load(root, folder, count) {
  console.log(`loading ${count} made-up releases as staff would; the first run takes minutes …`);
  const args = [join(root, 'dist/main.js'), 'demo', '--releases', String(count), '--json'];
  const env = { ...process.env, DATA_DIR: folder, LOG_LEVEL: 'warn', DATABASE_URL: '' };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`loading ended with ${code}`);
}

async function sizesOf(client) {
  const { rows } = await client.query(
    `SELECT relname AS name, pg_relation_size(relid) AS table_bytes, pg_indexes_size(relid) AS index_bytes
       FROM pg_statio_user_tables WHERE schemaname = 'published' ORDER BY index_bytes DESC LIMIT 6`,
  );
  return rows;
}
