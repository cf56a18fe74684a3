import { describe, expect, it } from '@jest/globals';

import {
  listVariables,
  readParameters,
  writeParameters,
} from '../../../../../src/platform/http/site/list-parameters.js';

describe('readParameters', () => {
  it.each([
    ['', {}],
    ['?q=&topic=&year=', {}],
    ['?utm_source=x', {}],
    ['?q=+school+', { q: 'school' }],
    ['?audience=ht&state=Gt', { audience: 'HT', state: 'GT' }],
    [
      '?type=SPEECH&year=2019&topic=gender-equality',
      { type: 'SPEECH', year: '2019', topic: 'gender-equality' },
    ],
    ['?after=abc', { after: 'abc' }],
  ])('of "%s" is %j', (query, found) => expect(readParameters(query)).toEqual(found));

  it.each([
    `?q=${'a'.repeat(501)}`,
    '?q=a&q=b',
    '?type=NOVEL',
    '?year=19',
    '?year=3019',
    '?audience=HTI',
    '?topic=%2e%2e',
    '?after=a&before=b',
  ])('refuses %s', (query) => expect(readParameters(query)).toBeNull());
});

it('writes one address for each set of values', () => {
  const found = readParameters('?year=2019&q=school+%26+home&utm=1&audience=ht');
  expect(writeParameters(found ?? {})).toBe('?q=school+%26+home&year=2019&audience=HT');
  expect(writeParameters({})).toBe('');
});

it('pages forth with first, and back with last', () => {
  expect(listVariables({ after: 'a' })).toMatchObject({ first: 20, after: 'a' });
  expect(listVariables({ before: 'b', year: '2019' })).toMatchObject({
    last: 20,
    before: 'b',
    filter: { dateFrom: '2019-01-01', dateTo: '2019-12-31' },
    withTotal: true,
  });
});
