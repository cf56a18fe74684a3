import pg from 'pg';
import { readFileSync } from 'node:fs';
const j = JSON.parse(readFileSync('/tmp/oas-gateway-bench/5000/postgres.json'));
const { OWNER = 'gateway' } = await import('../../dist/platform/db/embedded/place.js').catch(
  () => ({}),
);
const c = new pg.Client({
  user: OWNER,
  database: OWNER,
  host: '127.0.0.1',
  port: j.port,
  password: j.password,
});
await c.connect();
for (const q of process.argv.slice(2)) {
  try {
    const r = await c.query(q);
    console.log(r.rows?.map((x) => Object.values(x).join(' | ')).join('\n'));
  } catch (e) {
    console.log(q, e.message);
  }
}
await c.end();
