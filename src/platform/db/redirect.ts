import type { Socket } from 'node:net';

import type pg from 'pg';

/**
 * Makes a pool open further connections to another address, and closes the present ones with the work on them.
 *
 * @param url contains a password: never log it
 */
export function redirectPool(pool: pg.Pool, url: string): void {
  // The pool reads these options for each new client.
  (pool.options as { connectionString?: string }).connectionString = url;
  const { _clients: clients } = pool as unknown as { _clients: readonly pg.Client[] };
  // The pool drops a client whose connection breaks; one that ended in an orderly way would be used again.
  for (const client of [...clients]) streamOf(client).destroy();
}

function streamOf(client: pg.Client): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream;
}
