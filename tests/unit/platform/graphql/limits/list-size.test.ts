import { expect, it } from '@jest/globals';
import {
  getNamedType,
  getNullableType,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
} from 'graphql';

import { buildGatewaySchema } from '../../../../../src/app/graphql.js';
import { listSizeOf } from '../../../../../src/platform/graphql/limits/list-size.js';

const fields = Object.values(buildGatewaySchema({ get: () => undefined }).getTypeMap())
  .filter((type) => isObjectType(type) || isInterfaceType(type))
  .filter(({ name }) => !name.startsWith('__'))
  .flatMap((type) => {
    return Object.values(type.getFields()).map((field) => ({
      place: `${type.name}.${field.name}`,
      field,
    }));
  });

it('is declared at every list of objects, or their number would not count', () => {
  const lists = fields.filter(({ field: { type } }) => {
    return isListType(getNullableType(type)) && !isLeafType(getNamedType(type));
  });
  expect(lists.length).toBeGreaterThan(30);
  const undeclared = lists.filter(({ field }) => listSizeOf(field) === undefined);
  expect(undeclared.map(({ place }) => `${place}: @Size(…)`)).toEqual([]);
});

it('is declared at every field that returns a page', () => {
  const pages = fields.filter(({ field: { args } }) => args.some(({ name }) => name === 'first'));
  const others = pages.filter(({ field }) => listSizeOf(field) !== 'PAGE');
  expect(others.map(({ place }) => `${place}: @Size('PAGE')`)).toEqual([]);
});
