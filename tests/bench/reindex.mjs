// Reads while a server indexes texts for search, from the state before migration 0011:
//   node tests/bench/reindex.mjs DATABASE_URL   (after npm run build, and gateway demo --releases 5000)
import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';

import pg from 'pg';

const READS_PER_SECOND = 40;
const PORT = 4_000 + (process.pid % 1_000);
const [, , url] = process.argv;
const env = { ...process.env, DATABASE_URL: url, PORT: String(PORT), GATEWAY_DEMO: 'false' };

for (let reverted = ''; !reverted.includes('0011-search-lexemes');) {
  const { status, stdout } = spawnSync('node', ['dist/main.js', 'migrate', 'down'], {
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error('a migration could not be reverted');
  process.stdout.write(stdout);
  reverted = stdout;
}

/** Starts one read after another at an even rate, whether those before are done or not. */
function reader(name, read) {
  const taken = [];
  let failed = 0;
  const under = new Set();
  const timer = setInterval(() => {
    const begun = performance.now();
    const one = read(taken.length)
      .catch((error) => {
        failed += 1;
        console.error(name, error.message);
      })
      .finally(() => {
        taken.push(performance.now() - begun);
        under.delete(one);
      });
    under.add(one);
  }, 1_000 / READS_PER_SECOND);
  return async () => {
    clearInterval(timer);
    await Promise.all(under);
    const sorted = taken.toSorted((a, b) => a - b);
    const at = (share) => `${sorted[Math.ceil(share * sorted.length) - 1]?.toFixed(0)} ms`;
    console.log(
      `${name}: ${taken.length} reads, failed ${failed}, median ${at(0.5)}, 99 % ${at(0.99)}, slowest ${at(1)}`,
    );
  };
}

const pool = new pg.Pool({ connectionString: url, max: 8 });
// As a node of the release before searches, during the migrations too.
const stopOld = reader('old columns, in SQL', () =>
  pool.query(`SELECT release_id FROM published.text
               WHERE locale = 2 AND search @@ websearch_to_tsquery('published.es', 'educacion') ORDER BY date DESC LIMIT 20`),
);
await pause(1_000);
const begun = performance.now();
const server = spawn('node', ['dist/main.js'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
await new Promise((resolve, reject) => {
  server.on('exit', () => reject(new Error('the server did not start')));
  server.stdout.on('data', (text) => String(text).includes(`:${PORT}`) && resolve());
});
console.log(`listening after ${((performance.now() - begun) / 1_000).toFixed(1)} s`);

const QUERIES = [
  '{ releases(first: 20, languages: ["es"]) { nodes { number } edges { localized { title { value } summary { value } } } } }',
  '{ releases(first: 20, languages: ["fr"], search: "éducation") { totalCount nodes { number } } }',
  '{ releases(first: 20, languages: ["en"], search: "elections observers", orderBy: DATE_DESC) { nodes { number } } }',
  '{ releases(first: 5, languages: ["pt"], orderBy: TITLE_ASC) { edges { localized { body { html } } } } }',
];
const stopNew = reader('GraphQL over HTTP', async (index) => {
  // A name of its own, so that no response is cached.
  const query = QUERIES[index % QUERIES.length].replace('{', `query R${index} {`);
  const response = await fetch(`http://127.0.0.1:${PORT}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { errors } = await response.json();
  if (!response.ok || errors) throw new Error(JSON.stringify(errors ?? response.status));
});
for (;;) {
  const { rows } = await pool.query(
    `SELECT complete, (SELECT count(*) FROM published.text WHERE lexemes IS NULL) AS missing FROM published.search_index`,
  );
  if (rows[0].complete) break;
  await pause(1_000);
}
console.log(`complete after ${((performance.now() - begun) / 1_000).toFixed(1)} s`);
await pause(3_000);
await stopOld();
await stopNew();
await pool.end();
server.removeAllListeners('exit');
server.kill('SIGTERM');
