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
for (let r = 0; r < 3; r++) {
  const t = performance.now();
  const lat = [];
  for (let i = 0; i < 2000; i++) {
    const b = performance.now();
    await c.query({ name: 'x', text: 'SELECT 1' });
    lat.push(performance.now() - b);
  }
  lat.sort((a, b) => a - b);
  console.log(
    'rt',
    ((performance.now() - t) / 2000).toFixed(3),
    'ms; p50',
    lat[1000].toFixed(3),
    'p99',
    lat[1980].toFixed(2),
  );
}
await c.end();
