// A process of its own, so that the load takes no time from the server: autocannon, one measurement for each message.
import { readFileSync } from 'node:fs';

import autocannon from 'autocannon';

import { Latencies } from './latencies.mjs';

const TIMEOUT_S = 60;
const files = new Map();

function requestsIn(path) {
  if (!files.has(path)) files.set(path, JSON.parse(readFileSync(path, 'utf8')));
  return files.get(path);
}

/** Each connection has requests of its own, so that all of them come, and never the same ones at one time. */
function shareOf(requests, connection, connections) {
  const share = requests.filter((_, index) => index % connections === connection);
  return share.length > 0 ? share : [requests[connection % requests.length]];
}

async function measure({ origin, path, seconds, connections, status }) {
  const requests = requestsIn(path);
  const latencies = new Latencies();
  const faults = new Map();
  let connection = 0;
  const fault = (name) => faults.set(name, (faults.get(name) ?? 0) + 1);
  const setupClient = (client) => {
    client.setRequests(shareOf(requests, connection, connections));
    connection += 1;
    let isFirst = true;
    client.on('headers', () => (isFirst = true));
    client.on('body', (chunk) => {
      // Apollo puts errors first.
      if (isFirst && chunk.indexOf('\r\n\r\n{"errors"') >= 0) fault('a response with errors');
      isFirst = false;
    });
    client.on('response', (code, _bytes, ms) => {
      latencies.add(ms);
      if (code !== status) fault(`status ${code}`);
    });
  };
  const used = process.cpuUsage();
  const result = await autocannon({
    url: origin,
    connections,
    duration: seconds,
    timeout: TIMEOUT_S,
    setupClient,
  });
  const { user, system } = process.cpuUsage(used);
  if (result.errors > 0) faults.set('errors of connections', result.errors);
  return {
    perSecond: result.requests.total / result.duration,
    bytes: result.throughput.total / result.requests.total,
    ...latencies.summary(),
    loadCpu: (user + system) / 1e6 / result.duration,
    faults: Object.fromEntries(faults),
  };
}

process.on('message', (task) => {
  measure(task).then(
    (result) => process.send({ result }),
    (error) => process.send({ error: String(error?.stack ?? error) }),
  );
});
