// A first full copy over HTTP, then a sync with nothing new:
//   node tests/bench/first-sync.mjs http://127.0.0.1:4000/graphql [pid of the server]
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

const [url = 'http://127.0.0.1:4000/graphql', pid] = process.argv.slice(2);

const query = `query ($since: String) {
  releaseChanges(since: $since, first: 100, languages: ["fr"], audience: "HT") {
    cursor hasMore reset
    changes { kind reason localizedId number at
      localized { id reference slug dateText resolution { locale isFallback }
        title { value lang isFallback freshness } summary { value lang } body { html lang isFallback freshness }
        release { id type date } } } } }`;

async function page(since) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { since } }),
  });
  const text = await response.text();
  const { data, errors } = JSON.parse(text);
  if (errors) throw new Error(JSON.stringify(errors));
  return { text, ...data.releaseChanges };
}

const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };
let since = null;
let pages = 0;
let releases = 0;
let raw = 0;
let packed = 0;
let waited = 0;
for (let more = true; more; pages += 1) {
  const begun = performance.now();
  const { text, cursor, hasMore, changes } = await page(since);
  waited += performance.now() - begun;
  raw += Buffer.byteLength(text);
  packed += brotliCompressSync(text, { params }).length;
  releases += changes.length;
  since = cursor;
  more = hasMore;
}
console.log(`first copy: ${releases} releases in ${pages} pages, ${(waited / 1000).toFixed(1)} s`);
console.log(
  `${(raw / 1e6).toFixed(1)} MB, ${(packed / 1e6).toFixed(1)} MB with brotli (quality 5)`,
);

const times = [];
for (let round = 0; round < 20; round += 1) {
  const begun = performance.now();
  const { changes, cursor } = await page(since);
  times.push(performance.now() - begun);
  if (changes.length > 0) throw new Error('something changed meanwhile');
  since = cursor;
}
times.sort((a, b) => a - b);
console.log(`nothing new: ${times[10].toFixed(1)} ms (median of 20)`);
if (pid) {
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  console.log(`peak memory of the server: ${Math.round(Number(peak) / 1024)} MB`);
}
