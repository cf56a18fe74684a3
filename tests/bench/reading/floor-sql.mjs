// The floor that a careful engineer writes by hand: node:http, and one prepared statement that builds the whole response.
import { createServer } from 'node:http';

import pg from 'pg';

import { loadReaders } from './floor-readers.mjs';
import { detailStatement, listStatement } from './floor-statements.mjs';

process.once('message', async ({ databaseUrl, poolSize }) => {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: poolSize,
    options: '-c plan_cache_mode=force_generic_plan -c jit=off',
  });
  const readerOf = await loadReaders(pool);
  const makers = { '/detail': detailStatement, '/list': listStatement };
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { variables } = JSON.parse(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
      pool.query(makers[request.url](variables, readerOf(variables))).then(
        ({ rows }) => reply(response, rows[0]),
        (error) => response.writeHead(500).end(String(error)),
      );
    });
  });
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
});

function reply(response, row) {
  const body = Buffer.from(row === undefined ? '{"data":{"release":null}}' : row[0]);
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
  });
  response.end(body);
}
