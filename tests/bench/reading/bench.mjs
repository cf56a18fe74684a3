import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import pg from 'pg';

import { responseOf, responsesOf, compareGateways, compareWithFloor } from './responses.mjs';
import { makeOperations } from './operations.mjs';
import { GATEWAYS, TARGETS } from './plan.mjs';
import { cpuSeconds, startNode, stopNode } from './process.mjs';
import { makeRequests } from './requests.mjs';
import { startFloor, startGateway } from './servers.mjs';

const LOAD_CORE = 1;
const POOL_SIZE = 10;
const WARM_UP_S = 2;
/** Pages of a first copy are large: a part of them shows whether they are right. */
const MAX_COPIES = 60;

/** Starts the gateways; the floors follow in `prepare`, when there are responses for them. */
export async function openBench(parts) {
  const { root, database, pairs, profile, folder } = parts;
  const used = new Set(['cold', ...pairs.map(({ target }) => TARGETS[target].server)]);
  const gateways = Object.keys(GATEWAYS).filter((name) => used.has(name));
  const servers = new Map();
  for (const name of gateways) {
    servers.set(
      name,
      await startGateway(root, name, { databaseUrl: database.url, profile, folder }),
    );
  }
  const bench = new Bench(parts, servers, used);
  bench.profiles = profile ? gateways.map((name) => join(profile, `${name}.cpuprofile`)) : [];
  return bench;
}

class Bench {
  #files = new Map();
  #load = startNode(LOAD_CORE, [join(import.meta.dirname, 'load.mjs')], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });

  constructor(parts, servers, used) {
    this.parts = parts;
    this.servers = servers;
    this.used = used;
  }

  /** Makes the operations, checks that all servers respond alike, and writes the requests to files. */
  async prepare() {
    const { pairs, folder, database } = this.parts;
    const kinds = [...new Set(pairs.map(({ kind }) => kind))];
    const operations = await this.#operations(kinds);
    const responses = {};
    for (const kind of kinds) responses[kind] = await this.#responses(kind, operations[kind]);
    const path = join(folder, 'responses.json');
    const texts = kinds.map((kind) => [kind, responses[kind].texts.filter(Boolean)]);
    await writeFile(path, JSON.stringify(Object.fromEntries(texts)));
    this.servers.set('raw', await startFloor('floor-raw.mjs', { responses: path }));
    if (this.used.has('sql')) {
      const message = { databaseUrl: database.url, poolSize: POOL_SIZE };
      this.servers.set('sql', await startFloor('floor-sql.mjs', message));
    }
    for (const { kind, target } of pairs) {
      if (target === 'sql') await this.#compareFloor(kind, operations[kind], responses[kind]);
      await this.#writeRequests(kind, target, operations[kind]);
    }
  }

  async #operations(kinds) {
    const client = new pg.Client({ connectionString: this.parts.database.url });
    await client.connect();
    const { origin } = this.servers.get('cold');
    const send = async (operation) =>
      JSON.parse(await responseOf(`${origin}/graphql`, operation)).data;
    return makeOperations(client, send, kinds).finally(() => client.end());
  }

  async #responses(kind, operations) {
    const max = kind === 'sync' ? MAX_COPIES : operations.length;
    let expected = null;
    for (const [name, { origin }] of this.servers) {
      const found = await responsesOf(`${origin}/graphql`, operations, max);
      expected ??= found;
      compareGateways(name, expected, found, operations);
    }
    const mean = expected.sizes.reduce((sum, size) => sum + size, 0) / expected.sizes.length;
    const names = [...this.servers.keys()].join(', ');
    console.log(
      `${kind}: ${operations.length} operations, same responses from ${names}; ${Math.round(mean)} bytes`,
    );
    return expected;
  }

  async #compareFloor(kind, operations, responses) {
    const { origin, pathOf } = this.servers.get('sql');
    await compareWithFloor(origin + pathOf(kind), operations, responses);
    console.log(`${kind}: the floor of SQL gives the same responses`);
  }

  async #writeRequests(kind, target, operations) {
    const { server, mode } = TARGETS[target];
    const requests = await makeRequests(this.servers.get(server), kind, mode, operations);
    if (requests === null) return console.log(`${kind}/${target}: no ETag, so left out`);
    const path = join(this.parts.folder, `${kind}-${target}.json`);
    await writeFile(path, JSON.stringify(requests));
    this.#files.set(`${kind}/${target}`, path);
  }

  /** @returns the results of all rounds by `kind/target` */
  async measure() {
    const { pairs, rounds, seconds } = this.parts;
    const samples = new Map();
    const known = pairs.filter(({ kind, target }) => this.#files.has(`${kind}/${target}`));
    for (const pair of known) await this.#sample(pair, WARM_UP_S);
    for (let round = 1; round <= rounds; round += 1) {
      for (const pair of known) {
        const key = `${pair.kind}/${pair.target}`;
        const sample = await this.#sample(pair, seconds);
        samples.set(key, [...(samples.get(key) ?? []), sample]);
        const { perSecond, p50, p99 } = sample;
        const figures = `${Math.round(perSecond)} req/s, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`;
        console.log(`round ${round}/${rounds}  ${key.padEnd(22)} ${figures}`);
      }
    }
    return samples;
  }

  async #sample({ kind, target }, seconds) {
    const { server: name, mode } = TARGETS[target];
    const { pid, origin } = this.servers.get(name);
    const { connections } = this.parts;
    const path = this.#files.get(`${kind}/${target}`);
    const status = mode === '304' ? 304 : 200;
    const before = cpuSeconds(pid);
    const begun = performance.now();
    this.#load.send({ origin, path, seconds, connections, status });
    const [{ result, error }] = await once(this.#load, 'message');
    if (error) throw new Error(error);
    const serverCpu = ((cpuSeconds(pid) - before) / (performance.now() - begun)) * 1000;
    const faults = Object.entries(result.faults).map(([fault, count]) => `${fault}: ${count}`);
    if (faults.length > 0) throw new Error(`${kind}/${target}: ${faults.join(', ')}`);
    return { ...result, serverCpu };
  }

  async close() {
    await stopNode(this.#load);
    for (const server of this.servers.values()) await server.stop();
  }
}
