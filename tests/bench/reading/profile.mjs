import { readFileSync } from 'node:fs';

/** Prints where a V8 profile spent its time: in which packages, and in which functions, by their own time. */
export function printHottest(path, count = 25) {
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(path, 'utf8'));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const times = new Map();
  const packages = new Map();
  let total = 0;
  samples.forEach((id, index) => {
    const { functionName, url, lineNumber } = byId.get(id).callFrame;
    if (functionName === '(idle)') return;
    const place = url.replace(/^.*?\/(node_modules|dist)\//, '$1/');
    const name = `${functionName || '(anonymous)'}  ${place}${lineNumber > 0 ? `:${lineNumber + 1}` : ''}`;
    add(times, name, timeDeltas[index]);
    add(packages, packageOf(functionName, place), timeDeltas[index]);
    total += timeDeltas[index];
  });
  console.log(`\n${path}: ${(total / 1e6).toFixed(1)} s busy`);
  printShares(packages, total, 12);
  printShares(times, total, count);
}

function packageOf(functionName, place) {
  if (place === '') return functionName.startsWith('(') ? functionName : 'native code';
  if (place.startsWith('node:')) return 'node';
  return /^(?:node_modules\/(?:@[^/]+\/)?[^/]+|dist\/[^/]+\/[^/]+)/.exec(place)?.[0] ?? place;
}

function add(times, name, time) {
  times.set(name, (times.get(name) ?? 0) + time);
}

function printShares(times, total, count) {
  const hottest = [...times].sort((a, b) => b[1] - a[1]).slice(0, count);
  for (const [name, time] of hottest) {
    console.log(`${((100 * time) / total).toFixed(1).padStart(6)} %  ${name}`);
  }
  console.log('');
}
