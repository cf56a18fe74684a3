import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  print,
  type SelectionSetNode,
  specifiedRules,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';

import { limitRule } from '../../src/platform/graphql/limit-rule.js';
import { QUERY_LIMITS } from '../../src/platform/graphql/limits.js';
import {
  committedSchema,
  readOperationFile,
  readyOperations,
} from '../support/ready-operations.js';

const RULES = [...specifiedRules, limitRule(QUERY_LIMITS)];
const schema = committedSchema();
const operations = Object.entries(readyOperations());

const hasId = (type: GraphQLNamedType | null | undefined): boolean =>
  (isObjectType(type) || isInterfaceType(type)) && 'id' in type.getFields();

/** The fields that a selection comes to on one type, through its fragments. */
function fieldsOf(set: SelectionSetNode, document: DocumentNode): string[] {
  return set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.alias?.value ?? selection.name.value];
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(selection.selectionSet, document);
    const fragment = document.definitions.find(
      (definition): definition is FragmentDefinitionNode =>
        definition.kind === Kind.FRAGMENT_DEFINITION &&
        definition.name.value === selection.name.value,
    );
    return fragment ? fieldsOf(fragment.selectionSet, document) : [];
  });
}

describe.each(operations)('the ready operation %s', (_name, document) => {
  it('goes with the schema and within the limits', () => {
    expect(validate(schema, document, RULES)).toEqual([]);
    const text = print(document);
    const { length } = text.match(/[A-Za-z_]\w*|\S/g) ?? [];
    expect(length).toBeLessThan(QUERY_LIMITS.tokens);
  });

  it('gives the id of everything that has one, and says what it is where that is open', () => {
    const lacking: string[] = [];
    const info = new TypeInfo(schema);
    visit(
      document,
      visitWithTypeInfo(info, {
        Field(field) {
          const type = getNamedType(info.getType());
          if (!field.selectionSet) return;
          const fields = fieldsOf(field.selectionSet, document);
          if (hasId(type) && !fields.includes('id')) lacking.push(`${field.name.value} { id }`);
          if (isAbstractType(type) && !fields.includes('__typename')) {
            lacking.push(`${field.name.value} { __typename }`);
          }
        },
      }),
    );
    expect(lacking).toEqual([]);
  });

  it('is asked for in the languages of its reader, wherever that matters', () => {
    const fixed: string[] = [];
    const info = new TypeInfo(schema);
    visit(
      document,
      visitWithTypeInfo(info, {
        Field(field) {
          const takesLanguages = info.getFieldDef()?.args.some(({ name }) => name === 'languages');
          const given = field.arguments?.map(({ name }) => name.value) ?? [];
          if (takesLanguages && !given.includes('languages')) fixed.push(field.name.value);
        },
      }),
    );
    expect(fixed).toEqual([]);
  });
});

it('the manifest is current (npm run gen:operations)', () => {
  execFileSync(process.execPath, ['.ci/operations.mjs', '--check'], { stdio: 'pipe' });
});

it('the manifest is in Apollo’s format, its ids are digests, and it has every operation', () => {
  const manifest = JSON.parse(readOperationFile('persisted-query-manifest.json')) as {
    format: string;
    version: number;
    operations: { id: string; name: string; type: string; body: string }[];
  };
  expect([manifest.format, manifest.version]).toEqual(['apollo-persisted-query-manifest', 1]);
  expect(manifest.operations.map(({ name }) => name)).toEqual(
    operations.map(([name]) => name).sort(),
  );
  for (const { id, name, type, body } of manifest.operations) {
    expect(id).toBe(createHash('sha256').update(body).digest('hex'));
    const [first] = parse(body).definitions;
    expect(first).toMatchObject({ operation: type, name: { value: name } });
    expect(validate(schema, parse(body), RULES)).toEqual([]);
  }
});

it('declares the cache key of every type that has an id, for Apollo Kotlin and iOS', () => {
  const declared = parse(readOperationFile('extra.graphqls')).definitions.map((definition) => {
    const text = print(definition);
    return /^extend type (\w+) @typePolicy\(keyFields: "id"\)$/.exec(text)?.[1] ?? text;
  });
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type));
  expect(declared).toEqual(
    types
      .filter(hasId)
      .map(({ name }) => name)
      .sort(),
  );
});
