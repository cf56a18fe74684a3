import { readFileSync } from 'node:fs';

import { expect, it } from '@jest/globals';
import { isScalarType, isSpecifiedScalarType } from 'graphql';

import { committedSchema } from '../support/ready-operations.js';

const schema = committedSchema();
const scalars = Object.values(schema.getTypeMap())
  .filter((type) => isScalarType(type) && !isSpecifiedScalarType(type))
  .map(({ name }) => name)
  .sort();

const read = (name: string) =>
  readFileSync(new URL(`../../schema/clients/${name}`, import.meta.url), 'utf8');

/** Types of Swift’s Foundation and of Apollo iOS that an app has in scope. */
const TAKEN_IN_SWIFT = ['Data', 'Date', 'JSON', 'JSONValue', 'Locale', 'Result', 'URL', 'UUID'];

it('graphql-codegen is given a type for each scalar, in both directions', () => {
  const { config } = JSON.parse(read('codegen.json')) as {
    config: { scalars: Record<string, unknown>; strictScalars: boolean };
  };
  expect(Object.keys(config.scalars).sort()).toEqual(scalars);
  expect(config.strictScalars).toBe(true);
  for (const mapping of Object.values(config.scalars)) {
    expect(mapping).toEqual({ input: expect.any(String), output: expect.any(String) });
  }
});

it('Apollo Kotlin is given a type for each scalar, and an adapter where it has none of its own', () => {
  const calls = [...read('apollo-kotlin.gradle.kts').matchAll(/^ +(mapScalar\w*)\((.*)\)$/gm)];
  const mapped = calls.map(([, name, list = '']) => {
    const [scalar = '', ...types] = list.split(', ').map((text) => JSON.parse(text) as string);
    return { name, scalar, types };
  });
  expect(mapped.map(({ scalar }) => scalar).sort()).toEqual(scalars);
  for (const { name, types } of mapped) {
    expect([name, types]).toEqual(
      name === 'mapScalar'
        ? [name, [expect.stringMatching(/^java\.time\./), expect.stringMatching(/Adapter$/)]]
        : [expect.stringMatching(/^mapScalarToKotlin(String|Any)$/), []],
    );
  }
});

it('Apollo iOS names each scalar, and no type as Foundation does', () => {
  const { options } = JSON.parse(read('apollo-codegen-config.json')) as {
    options: { schemaCustomization: { customTypeNames: Record<string, string> } };
  };
  const { customTypeNames: names } = options.schemaCustomization;
  expect(Object.keys(names)).toEqual(expect.arrayContaining(scalars));
  const types = Object.keys(schema.getTypeMap());
  expect(types).toEqual(expect.arrayContaining(Object.keys(names)));
  const generated = types.map((type) => names[type] ?? type);
  expect(generated.filter((name) => TAKEN_IN_SWIFT.includes(name))).toEqual([]);
  expect(new Set(generated).size).toBe(types.length);
});
