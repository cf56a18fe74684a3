import { expect, it } from '@jest/globals';
import { GraphQLError } from 'graphql';

import { AppError } from '../../../../../src/kernel/errors.js';
import { outageOf } from '../../../../../src/platform/graphql/errors/outage.js';

const error = (name: string | undefined, originalError: Error) =>
  new GraphQLError('', { path: name === undefined ? null : [name], originalError });
const away = (name?: string) => error(name, new AppError('DATABASE_UNAVAILABLE'));
const slow = (name?: string) => error(name, new AppError('TIMEOUT'));
const wrong = (name?: string) => error(name, new AppError('COUNTRY_UNKNOWN'));
const bug = (name?: string) => error(name, new Error('a bug'));

it.each<[string, data: object | null | undefined, errors: GraphQLError[], status: number | null]>([
  ['nothing was executed', undefined, [away()], 503],
  ['a field that is never null failed', null, [away('releases')], 503],
  ['every field failed', { a: null, b: null }, [away('a'), slow('b')], 503],
  ['part of the data is there', { a: null, b: 1 }, [away('a')], null],
  ['a field is null without an error', { a: null, b: null }, [away('a')], null],
  ['a field that no repetition mends', { a: null, b: null }, [away('a'), wrong('b')], null],
  ['an error that no repetition mends', null, [wrong('a'), away('b')], null],
  ['a bug', null, [bug('a')], null],
  ['no error', { a: null }, [], null],
])('%s', (_, data, errors, status) => {
  expect(outageOf(data, errors)?.status ?? null).toBe(status);
});
