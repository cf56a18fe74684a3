import { beforeEach, expect, it, jest } from '@jest/globals';

import { createLog } from '../../../../src/platform/log.js';
import { OverloadLog } from '../../../../src/platform/observe/overload-log.js';

let messages: string[];
let reasons: unknown[];
let overload: OverloadLog;

beforeEach(() => {
  jest.useFakeTimers();
  messages = [];
  reasons = [];
  const log = createLog('warn', {
    write(text) {
      const line = JSON.parse(text) as { msg: string; reasons: unknown };
      messages.push(line.msg);
      reasons.push(line.reasons);
    },
  });
  overload = new OverloadLog(log);
});

it('gathers the first refusals for 5 s, and writes one line a minute from then on', () => {
  for (let times = 0; times < 38; times += 1) overload.add('OVERLOADED');
  for (let times = 0; times < 65; times += 1) overload.add('RATE_LIMITED');
  jest.advanceTimersByTime(4_999);
  expect(messages).toEqual([]);
  jest.advanceTimersByTime(1);
  expect(messages).toEqual(['Overload: 103 requests refused within 5 s']);
  expect(reasons).toEqual([{ OVERLOADED: 38, RATE_LIMITED: 65 }]);
  for (let second = 0; second < 60; second += 1) {
    overload.add('TOO_MANY_OPERATIONS');
    jest.advanceTimersByTime(1_000);
  }
  expect(messages.slice(1)).toEqual(['Overload: 60 requests refused within 60 s']);
});

it('writes nothing while there is none, and nothing of what a caller has to correct', () => {
  overload.add('QUERY_INVALID');
  jest.advanceTimersByTime(600_000);
  overload.stop();
  expect(messages).toEqual([]);
});

it('writes at the end what it has not written yet', () => {
  overload.add('CONNECTIONS_TOO_MANY');
  jest.advanceTimersByTime(1_000);
  overload.stop();
  jest.advanceTimersByTime(600_000);
  expect(messages).toEqual(['Overload: 1 request refused within 1 s']);
});
