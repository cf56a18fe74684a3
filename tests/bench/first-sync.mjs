// A first full copy over HTTP, then a sync with nothing new; and the sizes of it, a feed and a sitemap over the line:
//   node tests/bench/first-sync.mjs http://127.0.0.1:4000/graphql [pid of the server]
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompressSync, constants, gzip, gunzipSync } from 'node:zlib';

const [url = 'http://127.0.0.1:4000/graphql', pid] = process.argv.slice(2);

const query = `query ($since: String) {
  releaseChanges(since: $since, first: 100, languages: ["fr"], audience: "HT") {
    cursor hasMore reset
    changes { kind reason localizedId number at
      localized { id reference slug dateText resolution { locale isFallback }
        title { value lang isFallback freshness } summary { value lang } body { html lang isFallback freshness }
        release { id type date } } } } }`;

const ENCODINGS = ['identity', 'gzip', 'br'];
const agent = new http.Agent({ keepAlive: true });

/** @returns the bytes as they come over the line, and the text that they are */
async function send(path, encoding, body) {
  const headers = {
    'accept-encoding': encoding,
    ...(body && { 'content-type': 'application/json' }),
  };
  const method = body ? 'POST' : 'GET';
  const request = http.request(new URL(path, url), { method, headers, agent });
  request.end(body);
  const response = await new Promise((done, failed) => {
    request.on('response', done).on('error', failed);
  });
  const bytes = await buffer(response);
  if (response.statusCode !== 200) throw new Error(`${path}: ${response.statusCode}`);
  return { bytes: bytes.length, text: decompressed(bytes, response.headers['content-encoding']) };
}

function decompressed(bytes, encoding) {
  if (encoding === 'br') return brotliDecompressSync(bytes).toString();
  return encoding === 'gzip' ? gunzipSync(bytes).toString() : bytes.toString();
}

async function page(since, encoding) {
  const body = JSON.stringify({ query, variables: { since } });
  const { bytes, text } = await send(url, encoding, body);
  const { data, errors } = JSON.parse(text);
  if (errors) throw new Error(JSON.stringify(errors));
  return { bytes, text, ...data.releaseChanges };
}

async function firstCopy(encoding) {
  const copy = { texts: [], pages: 0, releases: 0, bytes: 0, waited: 0, cursor: null };
  for (let more = true; more; copy.pages += 1) {
    const begun = performance.now();
    const { bytes, text, cursor, hasMore, changes } = await page(copy.cursor, encoding);
    copy.waited += performance.now() - begun;
    copy.bytes += bytes;
    copy.texts.push(Buffer.from(text));
    copy.releases += changes.length;
    copy.cursor = cursor;
    more = hasMore;
  }
  return copy;
}

const brotli = promisify(brotliCompress);
const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };
/** As the server does it: src/platform/http/content-encoding.ts. */
const COMPRESS = {
  gzip: (text) => promisify(gzip)(text, { level: 6, chunkSize: 65_536 }),
  br: (text) => brotli(text, { params, chunkSize: 65_536 }),
};

/** @returns milliseconds of CPU time for a megabyte */
async function compressionCost(texts, encoding) {
  const bytes = texts.reduce((sum, { length }) => sum + length, 0);
  const before = process.cpuUsage();
  for (const text of texts) await COMPRESS[encoding](text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / (bytes / 1e6);
}

const sized = (bytes) =>
  bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(2)} MB`;

async function report(name, sizes, texts) {
  const [plain, ...packed] = ENCODINGS.map((encoding) => sizes[encoding]);
  console.log(
    `${name}: ${sized(plain)} plain, ${sized(packed[0])} gzip, ${sized(packed[1])} brotli`,
  );
  for (const encoding of ['gzip', 'br']) {
    const cost = await compressionCost(texts, encoding);
    console.log(`  ${encoding}: ${cost.toFixed(0)} ms of CPU time a megabyte`);
  }
}

const copies = {};
for (const encoding of ENCODINGS) {
  const copy = await firstCopy(encoding);
  copies[encoding] = copy;
  const { releases, pages, waited } = copy;
  console.log(
    `first copy, ${encoding}: ${releases} releases in ${pages} pages, ${(waited / 1000).toFixed(1)} s`,
  );
}
const sizesOf = (found) =>
  Object.fromEntries(Object.entries(found).map(([encoding, { bytes }]) => [encoding, bytes]));
await report('first copy', sizesOf(copies), copies.identity.texts);

for (const path of ['/feeds/fr.atom', '/sitemap-1.xml']) {
  const found = {};
  for (const encoding of ENCODINGS) {
    const begun = performance.now();
    found[encoding] = await send(path, encoding);
    const again = performance.now();
    await send(path, encoding);
    const times = [again - begun, performance.now() - again].map((ms) => `${ms.toFixed(0)} ms`);
    console.log(`${path}, ${encoding}: ${times.join(', then ')}`);
  }
  await report(path, sizesOf(found), [Buffer.from(found.identity.text)]);
}

const times = [];
let since = copies.br.cursor;
for (let round = 0; round < 20; round += 1) {
  const begun = performance.now();
  const { changes, cursor } = await page(since, 'br');
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
agent.destroy();
