import { expect, it } from '@jest/globals';
import { buildSchema, type GraphQLEnumType, isEnumType, isObjectType } from 'graphql';

import { LOCALES } from '../../src/kernel/locale.js';
import { loadMessages } from '../../src/platform/i18n/messages.js';
import { isSchemaFileCurrent, schemaText } from '../../src/schema-file.js';

const schema = buildSchema(schemaText());
const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));

it('schema/schema.graphql is what the code makes (npm run gen:schema)', () => {
  expect(isSchemaFileCurrent()).toBe(true);
});

it('labels every value of every enum in the four languages', () => {
  const messages = loadMessages();
  const labels = types
    .filter((type): type is GraphQLEnumType => isEnumType(type))
    .flatMap((type) => type.getValues().map(({ name }) => `status:${type.name}.${name}` as const));
  const missing = LOCALES.flatMap((locale) => {
    return labels.filter((key) => !messages.has(locale, key)).map((key) => `${locale} ${key}`);
  });
  // ReleaseOrder is how a program asks; no person is shown it.
  expect(missing.filter((key) => !key.includes('ReleaseOrder'))).toEqual([]);
});

it('describes every type', () => {
  const roots = ['Query', 'Mutation', 'Subscription'];
  const objects = types.filter((type) => isObjectType(type) && !roots.includes(type.name));
  const undescribed = objects.filter(({ description }) => !description);
  expect(undescribed.map(({ name }) => name)).toEqual([]);
});
