import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import {
  buildSchema,
  type DocumentNode,
  type GraphQLSchema,
  parse,
  print,
  separateOperations,
} from 'graphql';

export const OPERATIONS_FOLDER = fileURLToPath(
  new URL('../../schema/operations/', import.meta.url),
);

/** The committed schema. */
export function committedSchema(): GraphQLSchema {
  return buildSchema(readOperationFile('../schema.graphql'));
}

export function readOperationFile(name: string): string {
  return readFileSync(`${OPERATIONS_FOLDER}${name}`, 'utf8');
}

let documents: Record<string, DocumentNode> | undefined;

/** Every operation of `schema/operations/` with the fragments that it needs, by its name. */
export function readyOperations(): Record<string, DocumentNode> {
  if (documents === undefined) {
    const names = readdirSync(OPERATIONS_FOLDER).filter((name) => name.endsWith('.graphql'));
    documents = separateOperations(parse(names.map(readOperationFile).join('\n')));
  }
  return documents;
}

/** One of them, as a client is given it. */
export function readyOperation(name: string): DocumentNode {
  const found = readyOperations()[name];
  if (!found) throw new Error(`There is no operation ${name} in schema/operations/`);
  // Clients cache documents by their text: each gets its own.
  return parse(print(found));
}
