import { setTimeout as pause } from 'node:timers/promises';

import { expect, it } from '@jest/globals';

import { AppError } from '../../../src/kernel/errors.js';
import { createLog } from '../../../src/platform/log.js';

interface Line {
  readonly level: number;
  readonly msg: string;
  readonly reason?: string;
  readonly more?: number;
  readonly err?: { readonly code?: string };
}

/** A log with a window short enough to be waited for. */
function logTo(lines: Line[]) {
  return createLog(
    'info',
    { write: (line) => void lines.push(JSON.parse(line) as Line) },
    /* outageWindowMs */ 50,
  );
}

const refused = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(5);
}

it('an outage is one line for each message, and the number of those left out', async () => {
  const lines: Line[] = [];
  const log = logTo(lines);
  for (let i = 0; i < 500; i += 1) {
    log.warn({ reason: 'DATABASE_UNAVAILABLE', err: refused() }, 'A query met an error');
    log.warn({ err: refused() }, 'schedules could not be looked at');
  }
  expect(lines).toMatchObject([
    { level: 40, msg: 'A query met an error', err: { code: 'ECONNREFUSED' } },
    { level: 40, msg: 'schedules could not be looked at' },
  ]);
  await until(() => lines.length === 4);
  expect(lines.slice(2)).toMatchObject([
    {
      level: 40,
      reason: 'DATABASE_UNAVAILABLE',
      more: 499,
      msg: 'A query met an error (499 more like it meanwhile)',
    },
    { more: 499, msg: 'schedules could not be looked at (499 more like it meanwhile)' },
  ]);
  // Still within the window that the number began; then it is over, and the next outage is logged at once.
  log.warn({ err: refused() }, 'A query met an error');
  await until(() => lines.length === 5);
  expect(lines[4]).toMatchObject({
    more: 1,
    msg: 'A query met an error (1 more like it meanwhile)',
  });
});

it('other errors are all logged: each is found by the id of its request', () => {
  const lines: Line[] = [];
  const log = logTo(lines);
  for (let i = 0; i < 20; i += 1) {
    log.error(
      { reason: 'INTERNAL', requestId: i, err: new Error('a bug') },
      'A query met an error',
    );
    log.warn({ err: new AppError('CATALOG_UNREADABLE') }, 'The texts could not be read');
  }
  expect(lines).toHaveLength(40);
});
