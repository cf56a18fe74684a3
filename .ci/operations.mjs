/**
 * `npm run gen:operations` writes schema/operations/persisted-query-manifest.json, in Apollo's format, from the
 * operations beside it. With --check it only tells whether the file is current, and names what is wrong with them.
 * An operation that has changed, or is gone, moves to earlier-operations.json: released apps send its id.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { buildSchema, Kind, parse, print, separateOperations, validate, visit } from 'graphql';

const root = path.dirname(import.meta.dirname);
const folder = path.join(root, 'schema', 'operations');
const file = path.join(folder, 'persisted-query-manifest.json');
const earlierFile = path.join(folder, 'earlier-operations.json');

const read = (name) => readFileSync(path.join(folder, name), 'utf8');
const names = readdirSync(folder).filter((name) => name.endsWith('.graphql'));
const schema = buildSchema(readFileSync(path.join(root, 'schema', 'schema.graphql'), 'utf8'));
const all = parse(names.sort().map(read).join('\n'), { noLocation: true });

const faults = validate(schema, all).map(({ message }) => message);
if (faults.length > 0) fail(`The operations do not go with the schema:\n${faults.join('\n')}`);

const operations = Object.entries(separateOperations(all))
  .map(([name, document]) => {
    const [operation] = document.definitions.filter(isOperation);
    const fragments = document.definitions.filter((definition) => !isOperation(definition));
    const byName = fragments.sort((a, b) => (a.name.value < b.name.value ? -1 : 1));
    const body = print(withTypenames({ ...document, definitions: [operation, ...byName] }));
    const id = createHash('sha256').update(body).digest('hex');
    return { id, name, type: operation.operation, body };
  })
  .sort((a, b) => (a.name < b.name ? -1 : 1));
const text = manifestOf(operations);
const earlier = [...new Map([...operationsOf(earlierFile), ...operationsOf(file)])]
  .filter(([id]) => operations.every((operation) => operation.id !== id))
  .map(([, operation]) => operation);

if (process.argv.includes('--check')) {
  if (read(path.basename(file)) !== text) {
    fail('schema/operations/persisted-query-manifest.json is out of date. npm run gen:operations');
  }
  console.log(`The manifest is current: ${operations.length} operations.`);
} else {
  writeFileSync(earlierFile, manifestOf(earlier));
  writeFileSync(file, text);
  console.log(`Written: ${operations.length} operations.`);
}

function manifestOf(listed) {
  const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations: listed };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** What a manifest has, by its ids. */
function operationsOf(name) {
  const { operations: listed } = JSON.parse(readFileSync(name, 'utf8'));
  return listed.map((operation) => [operation.id, operation]);
}

function isOperation({ kind }) {
  return kind === Kind.OPERATION_DEFINITION;
}

/** As the clients send them: a normalized cache has to know the type of everything. */
function withTypenames(document) {
  return visit(document, {
    SelectionSet(node, _key, parent) {
      const hasIt = node.selections.some(({ name }) => name?.value === '__typename');
      if (hasIt || parent.kind === Kind.OPERATION_DEFINITION) return undefined;
      const name = { kind: Kind.NAME, value: '__typename' };
      return { ...node, selections: [...node.selections, { kind: Kind.FIELD, name }] };
    },
  });
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
