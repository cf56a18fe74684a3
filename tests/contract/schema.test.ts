import { expect, it } from '@jest/globals';
import {
  buildSchema,
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

import { LOCALES } from '../../src/kernel/locale.js';
import { loadMessages } from '../../src/platform/i18n/messages.js';
import { isSchemaFileCurrent, schemaText } from '../../src/app/schema-file.js';

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
  // ReleaseOrder is an argument of programs; no person is shown it.
  expect(missing.filter((key) => !key.includes('ReleaseOrder'))).toEqual([]);
});

type Described = readonly [place: string, description: string];

function describedIn(type: GraphQLNamedType): Described[] {
  const own: Described = [type.name, type.description ?? ''];
  if (isEnumType(type)) {
    const values = type.getValues();
    return [own, ...values.map((v): Described => [`${type.name}.${v.name}`, v.description ?? ''])];
  }
  if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return [own];
  const fields: (GraphQLField<unknown, unknown> | GraphQLInputField)[] = Object.values(
    type.getFields(),
  );
  return [own, ...fields.flatMap((field) => describedField(type.name, field))];
}

function describedField(
  owner: string,
  field: GraphQLField<unknown, unknown> | GraphQLInputField,
): Described[] {
  const place = `${owner}.${field.name}`;
  const args = 'args' in field ? field.args : [];
  return [
    [place, field.description ?? ''],
    ...args.map((arg): Described => [`${place}(${arg.name})`, arg.description ?? '']),
  ];
}

const manual: Described[] = [
  ...types.flatMap(describedIn),
  ...schema
    .getDirectives()
    .flatMap(({ name, description, args }): Described[] => [
      [`@${name}`, description ?? ''],
      ...args.map((arg): Described => [`@${name}(${arg.name})`, arg.description ?? '']),
    ]),
];

it('describes every type, field, argument, input field and enum value', () => {
  expect(manual.length).toBeGreaterThan(600);
  expect(manual.filter(([, text]) => text.length < 8).map(([place]) => place)).toEqual([]);
});

it('describes them in sentences, with a stop', () => {
  expect(manual.filter(([, text]) => !/(?:[.:]|…)$/u.test(text))).toEqual([]);
  expect(manual.filter(([, text]) => /\s{2}|^\s|\s$/u.test(text))).toEqual([]);
});

it.each(['told', 'tells?', 'kept', 'keeps', 'asked', 'asker', 'answers?', 'says?', 'said'])(
  'describes them without the word %s (see the style of the project)',
  (word) => {
    const pattern = new RegExp(`\\b${word}\\b`, 'iu');
    expect(manual.filter(([, text]) => pattern.test(text))).toEqual([]);
  },
);

it('describes no field by its own name alone', () => {
  const words = (text: string) => text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const empty = manual.filter(([place, text]) => {
    const name = (place.split('.').at(-1) ?? '').replaceAll(/[A-Z]/gu, ' $&');
    const known = new Set(['the', 'a', 'an', 'of', 'this', ...words(name)]);
    return words(text).every((word) => known.has(word));
  });
  expect(empty).toEqual([]);
});
