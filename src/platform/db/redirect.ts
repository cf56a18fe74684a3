import type { Socket } from 'node:net';

import type pg from 'pg';

/**
 * Lets a pool make further connections to another address, and cuts off those of now, with what runs over them.
 *
 * @param url holds a password: never log it
 */
export function redirectPool(pool: pg.Pool, url: string): void {
  // The pool makes its clients of these options, one by one.
  (pool.options as { connectionString?: string }).connectionString = url;
  const { _clients: clients } = pool as unknown as { _clients: readonly pg.Client[] };
  // The pool forgets a client whose connection breaks; one that ends in order it would lend again.
  for (const client of [...clients]) streamOf(client).destroy();
}

function streamOf(client: pg.Client): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream;
}
