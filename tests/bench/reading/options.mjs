import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const HELP = `npm run bench -- [options]

Measures how fast the gateway serves readers, beside two floors in the same run: raw node:http with ready-made
bytes, and node:http with one hand-tuned prepared SQL statement. What counts are the ratios, not the figures.

  --releases N      made-up releases in the database (5000); up to 50000
  --seconds N       of each measurement (4)
  --rounds N        in each round every target is measured once; medians count (3)
  --connections N   at a time (64)
  --only A,B        only these kinds, targets or kind/target pairs: detail, list, titles, search, sync, detail-any,
                    list-any; raw, sql, cold, warm, cached, raw-get, cached-get, raw-304, cached-304
  --data DIR        where the database is stored between runs (in the folder for temporary files)
  --json FILE       write all results there too
  --profile DIR     write CPU profiles of the gateways there, and print their hottest functions
  --no-build        measure what is in dist/ already
  --help
`;

const OPTIONS = {
  releases: { type: 'string', default: '5000' },
  seconds: { type: 'string', default: '4' },
  rounds: { type: 'string', default: '3' },
  connections: { type: 'string', default: '64' },
  only: { type: 'string', default: '' },
  data: { type: 'string', default: join(tmpdir(), 'oas-gateway-bench') },
  json: { type: 'string' },
  profile: { type: 'string' },
  'no-build': { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};

/** The options of the command line; null for --help. */
export function readOptions() {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) {
    console.log(HELP);
    return null;
  }
  return {
    releases: numberOf(values, 'releases', 1000, 89_999),
    seconds: numberOf(values, 'seconds', 1, 600),
    rounds: numberOf(values, 'rounds', 1, 99),
    connections: numberOf(values, 'connections', 1, 10_000),
    only: values.only.split(',').filter((name) => name !== ''),
    data: resolve(values.data),
    json: values.json ?? null,
    profile: values.profile === undefined ? null : resolve(values.profile),
    build: !values['no-build'],
  };
}

function numberOf(values, name, min, max) {
  const number = Number(values[name]);
  if (Number.isInteger(number) && number >= min && number <= max) return number;
  console.error(`--${name} is a whole number from ${min} to ${max}.`);
  process.exit(1);
}
