import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getArgumentValues,
  getNamedType,
  type GraphQLNamedType,
  extendSchema,
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

import { limitRule } from '../../src/platform/graphql/limits/limit-rule.js';
import { QUERY_LIMITS } from '../../src/platform/graphql/limits/limits.js';
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

  it('selects the id of every node, and __typename where the type is abstract', () => {
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

  it('is requested in the languages of its reader, wherever that matters', () => {
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

it('operations of earlier versions stay valid under their own ids', () => {
  const idsOf = (file: string) => {
    const { operations: listed } = JSON.parse(readOperationFile(file)) as {
      operations: { id: string; body: string }[];
    };
    for (const { id, body } of listed) {
      expect(id).toBe(createHash('sha256').update(body).digest('hex'));
      expect(validate(schema, parse(body), RULES)).toEqual([]);
    }
    return listed.map(({ id }) => id);
  };
  const earlier = idsOf('earlier-operations.json');
  const present = idsOf('persisted-query-manifest.json');
  expect(earlier.filter((id) => present.includes(id))).toEqual([]);
  // ReleaseChanges before it had metadataChanges, dateFrom and total.
  expect(earlier).toContain('16577300d7552df1e656d7862df651daa94d1357240cc40853a9c7567a685957');
});

/**
 * The definitions that Apollo publishes for these files, with the arguments used here: kotlin_labs v0.3 and link v1.0
 * (apollo-kotlin, libraries/apollo-ast, definitions.kt: kotlinLabsDefinitions_0_3), and the client directives of Apollo iOS
 * (apollographql.com/docs/ios/client-directives).
 */
const KOTLIN = `
  scalar Import
  enum Purpose { EXECUTION SECURITY }
  directive @link(url: String!, as: String, import: [Import], for: Purpose) repeatable on SCHEMA
  directive @typePolicy(keyFields: String! = "", embeddedFields: String! = "", connectionFields: String! = "") on OBJECT | INTERFACE
  directive @targetName(name: String!) on OBJECT | INTERFACE | ENUM | ENUM_VALUE | UNION | SCALAR | INPUT_OBJECT
`;
const IOS = 'directive @typePolicy(keyFields: String!) on OBJECT | INTERFACE';

/** @throws GraphQLError for an extension that the schema and the definitions do not allow */
function checkExtensions(definitions: string, text: string): void {
  const known = extendSchema(schema, parse(definitions));
  const document = parse(text);
  extendSchema(known, document);
  // graphql-js checks names and places of directives in a schema, but not the types of their arguments.
  visit(document, {
    Directive(node) {
      const directive = known.getDirective(node.name.value);
      if (directive) getArgumentValues(directive, node);
    },
  });
}

describe.each([
  ['extra.graphqls', KOTLIN],
  ['cache-keys-ios.graphqls', IOS],
])('%s', (file, definitions) => {
  const text = readOperationFile(file);

  it('is valid by the published definitions of its directives', () => {
    const check = (document: string) => checkExtensions(definitions, document);
    expect(() => check(text)).not.toThrow();
    // Each of these faults is found: the definitions do count.
    for (const [right, wrong] of [
      ['(keyFields: "id")', '(keyField: "id")'],
      ['(keyFields: "id")', '(keyFields: 1)'],
      ['Account @typePolicy', 'Account @typePolicies'],
      ['extend type Topic @typePolicy', 'extend enum Locale @typePolicy'],
    ] as const) {
      expect(text).toContain(right);
      expect(() => check(text.replace(right, wrong))).toThrow();
    }
    const uses = [...text.matchAll(/^extend .*(@\w+)/gm)].map(([, name]) => name);
    process.stdout.write(
      `${file}: ${uses.length} uses of ${[...new Set(uses)].sort().join(', ')} are valid by the published definitions\n`,
    );
  });

  it('imports each directive that it uses, where its client wants imports', () => {
    const used = [...new Set(text.match(/(?<=^extend [^\n]*)@\w+/gm))].sort();
    const imported = /import: \[([^\]]*)\]/.exec(text)?.[1];
    if (file === 'extra.graphqls') {
      expect(text).toContain('@link(url: "https://specs.apollo.dev/kotlin_labs/v0.3"');
      expect(JSON.parse(`[${imported ?? ''}]`)).toEqual(expect.arrayContaining(used));
    } else expect(imported).toBeUndefined();
  });

  it('declares the cache key of every type that has an id', () => {
    const declared = [...text.matchAll(/^extend type (\w+) @typePolicy\(keyFields: "id"\)$/gm)];
    const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type));
    const withId = types.filter(hasId).map(({ name }) => name);
    expect(declared.map(([, name]) => name)).toEqual(withId.sort());
  });
});
