import { isConnectionFault } from './faults.js';
import { singleClient } from './pools.js';

/** The number of connections that are opened beside the first one, to occupy its server process. */
const MAX_TAKEN = 5;
/** A pooler without a free connection makes a transaction wait. */
const WAIT_MS = 2_000;

interface Process {
  readonly pid: number;
}

/**
 * Whether the address leads through a pooler that assigns connections by transaction (PgBouncer's
 * `pool_mode = transaction` or `statement`, and similar poolers).
 *
 * The server reports a process id to a client that connects (BackendKeyData). Statements run in that process, unless a
 * pooler invented the id. Behind a pooler, transactions are begun over other connections: a client whose next
 * statement then runs in another process, or waits, has no session of its own.
 */
export async function isTransactionPooled(url: string): Promise<boolean> {
  const first = client(url);
  const others = Array.from({ length: MAX_TAKEN }, () => client(url));
  try {
    await first.connect();
    const pid = await processOf(first);
    if (pid === (first as unknown as { processID: number }).processID) return false;
    for (const other of others) {
      await begin(other);
      if ((await processOf(first)) !== pid) return true;
    }
    return false;
  } catch (error) {
    if (isTimeout(error)) return true;
    throw error;
  } finally {
    await Promise.all([first, ...others].map((one) => one.end().catch(() => undefined)));
  }
}

function client(url: string) {
  return singleClient(url, { query_timeout: WAIT_MS });
}

/** If no connection is left for it, the first client has its own, or waits too. */
async function begin(one: ReturnType<typeof client>): Promise<void> {
  await one.connect();
  await one.query('BEGIN').catch((error: unknown) => {
    if (!isTimeout(error)) throw error;
  });
}

async function processOf(one: ReturnType<typeof client>): Promise<number | undefined> {
  const { rows } = await one.query<Process>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid;
}

function isTimeout(error: unknown): boolean {
  return isConnectionFault(error) && (error as Error).message === 'Query read timeout';
}
