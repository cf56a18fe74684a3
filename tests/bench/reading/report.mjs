import { KINDS, rawOf, sqlKindOf, TARGETS } from './plan.mjs';

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const MEASURES = ['perSecond', 'p50', 'p99', 'max', 'bytes', 'serverCpu', 'loadCpu'];

/** The medians of the rounds of each pair, and its ratios to the floors. */
export function summarize(samples) {
  const rows = new Map();
  for (const [key, rounds] of samples) {
    const medians = MEASURES.map((name) => [name, median(rounds.map((round) => round[name]))]);
    rows.set(key, Object.fromEntries(medians));
  }
  for (const [key, row] of rows) {
    const [kind, target] = key.split('/');
    const ratio = (floor) => (rows.has(floor) ? row.perSecond / rows.get(floor).perSecond : null);
    row.ofRaw = ratio(`${kind}/${rawOf(target)}`);
    row.ofSql = ratio(`${sqlKindOf(kind)}/sql`);
    row.spread = row.p99 / row.p50;
  }
  return rows;
}

const COLUMNS = [
  ['', (row) => row.target],
  ['req/s', (row) => Math.round(row.perSecond).toLocaleString('en')],
  ['of raw', (row) => fixed(row.ofRaw, 3)],
  ['of SQL', (row) => fixed(row.ofSql, 2)],
  ['p50 ms', (row) => fixed(row.p50, 2)],
  ['p99 ms', (row) => fixed(row.p99, 2)],
  ['p99/p50', (row) => fixed(row.spread, 1)],
  ['max ms', (row) => fixed(row.max, 0)],
  ['bytes', (row) => Math.round(row.bytes).toLocaleString('en')],
  ['server CPU', (row) => percent(row.serverCpu)],
  ['load CPU', (row) => percent(row.loadCpu)],
];

const fixed = (number, digits) => (number === null ? '–' : number.toFixed(digits));
const percent = (share) => `${Math.round(share * 100)} %`;

/** One table for each kind. */
export function printTables(rows) {
  for (const kind of KINDS) {
    const found = Object.keys(TARGETS).flatMap((target) => {
      const row = rows.get(`${kind}/${target}`);
      return row ? [{ target, ...row }] : [];
    });
    if (found.length > 0) printTable([kind, ...COLUMNS.slice(1).map(([name]) => name)], found);
  }
}

function printTable(names, rows) {
  const cells = [names, ...rows.map((row) => COLUMNS.map(([, cell]) => cell(row)))];
  const widths = names.map((_, column) => Math.max(...cells.map((line) => line[column].length)));
  const lines = cells.map((line) => {
    return line
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at])))
      .join('  ');
  });
  console.log(`\n${lines.join('\n')}`);
}
