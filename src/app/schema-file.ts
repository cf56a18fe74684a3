import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { lexicographicSortSchema, printSchema } from 'graphql';

import { buildGatewaySchema } from './graphql.js';

const FILE = new URL('../../schema/schema.graphql', import.meta.url);

export const schemaPath = fileURLToPath(FILE);

/** The public schema as text, sorted, so that a change produces a small diff. */
export function schemaText(): string {
  // Printing runs no resolver, so there is nothing to construct.
  const schema = buildGatewaySchema({ get: () => undefined });
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}

/** Whether schema/schema.graphql matches the code. */
export function isSchemaFileCurrent(): boolean {
  return readFileSync(FILE, 'utf8') === schemaText();
}

export function writeSchemaFile(): void {
  writeFileSync(FILE, schemaText());
}
