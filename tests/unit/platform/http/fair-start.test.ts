import { createServer, connect } from 'node:net';
import { once } from 'node:events';

import { expect, it } from '@jest/globals';

import { FairStart } from '../../../../src/platform/http/fair-start.js';

it('starts operations in the order of their arrival', async () => {
  const start = new FairStart();
  const started: number[] = [];
  const operations = [1, 2, 3].map((name) => start.turn().then(() => started.push(name)));
  await Promise.all(operations);
  expect(started).toEqual([1, 2, 3]);
});

it('accepts a connection while other operations wait for their turn', async () => {
  const start = new FairStart();
  const server = createServer();
  let waiting = 1_000;
  const accepted = once(server, 'connection').then(() => waiting);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const operations = Array.from({ length: waiting }, async () => {
    await start.turn();
    waiting -= 1;
    // As long as a query that is served from cached records.
    for (const until = performance.now() + 0.2; performance.now() < until;);
  });
  const client = connect(port, '127.0.0.1');
  expect(await accepted).toBeGreaterThan(500);
  await Promise.all(operations);
  client.destroy();
  server.close();
});
