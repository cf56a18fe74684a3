// The rates of the public pages, each as a ratio within one run:
//   a page from the cache, against a node:http server that sends the same bytes with the same headers;
//   the list of 20 that is not cached, against the same operation by GraphQL.
//     node tests/bench/site-rates.mjs [releases] [cached | cold] [folder for CPU profiles]
import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import autocannon from 'autocannon';

import { openBenchDatabase } from './reading/database.mjs';
import { startFloor, startGateway } from './reading/servers.mjs';

const CONNECTIONS = 64;
const SECONDS = 2;
const ROUNDS = 7;
const [releases = '500', only, profile] = process.argv.slice(2);
const root = join(import.meta.dirname, '../..');
const folder = await mkdtemp(join(tmpdir(), 'site-rates-'));
const database = await openBenchDatabase(root, {
  data: join(root, '.data/bench'),
  releases: Number(releases),
});

try {
  const options = { databaseUrl: database.url, folder, profile };
  if (only !== 'cold') await fromCache(await startGateway(root, 'cached', options));
  if (only !== 'cached') await notCached(await startGateway(root, 'cold', options));
} finally {
  await database.leave();
}

async function fromCache(gateway) {
  const [, slug] = /href="(\/en\/[^"?]*\d[^"?]*)"/.exec(
    await (await fetch(`${gateway.origin}/en`)).text(),
  );
  for (const path of ['/en', slug]) {
    const headers = { 'accept-encoding': 'br' };
    const page = await sent(gateway.origin + path, headers);
    const raw = await startFloor('../site-raw.mjs', page);
    await compare(`${path} from the cache (${page.bytes} bytes), against raw node:http`, [
      { url: gateway.origin + path, headers },
      { url: raw.origin + path, headers },
    ]);
    await raw.stop();
  }
  await gateway.stop();
}

async function notCached(gateway) {
  const manifest = join(root, 'schema/operations/persisted-query-manifest.json');
  const { operations } = JSON.parse(readFileSync(manifest, 'utf8'));
  const { body: query } = operations.find(({ name }) => name === 'SiteList');
  const variables = {
    ...{ languages: ['en'], first: 20, filter: {} },
    ...{ withTotal: false, withAvailability: false },
  };
  const body = JSON.stringify({ query, operationName: 'SiteList', variables });
  const operation = {
    ...{ url: `${gateway.origin}/graphql`, method: 'POST', body },
    headers: { 'content-type': 'application/json' },
  };
  const page = { url: `${gateway.origin}/en`, headers: {} };
  await compare('the list of 20, not cached, against its operation by GraphQL', [page, operation]);
  await gateway.stop();
}

/** The response as it comes over the line, for the raw server. */
async function sent(url, headers) {
  const { request } = await import('node:http');
  const response = await new Promise((done, failed) => {
    request(url, { headers }).on('response', done).on('error', failed).end();
  });
  const chunks = await response.toArray();
  const body = Buffer.concat(chunks);
  const { date: _, connection: __, 'keep-alive': ___, ...own } = response.headers;
  return { headers: own, body: body.toString('base64'), bytes: body.length };
}

/** Measures both in turn, in short rounds, so that what else the machine does concerns both. */
async function compare(title, [ours, theirs]) {
  const rounds = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const pair = [await rateOf(ours), await rateOf(theirs)];
    // The first round only warms up.
    if (round > 0) rounds.push(pair);
  }
  rounds.sort((a, b) => a[0] / a[1] - b[0] / b[1]);
  const ratios = rounds.map(([own, other]) => (own / other).toFixed(2));
  const [own, other] = rounds[Math.floor(ROUNDS / 2)].map(Math.round);
  console.log(
    `${title}: ${own}/s against ${other}/s = ${(own / other).toFixed(2)} (${ratios.join(' ')})`,
  );
}

async function rateOf(target) {
  const { requests, non2xx, errors } = await autocannon({
    ...{ connections: CONNECTIONS, duration: SECONDS, ...target },
  });
  if (non2xx + errors > 0) throw new Error(`${target.url}: ${non2xx} refused, ${errors} failed`);
  return requests.average;
}
