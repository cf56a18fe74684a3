/**
 * `npm run gen:operations` also writes src/web/generated/site.ts: the types of the results of the operations of the
 * pages, from the manifest and the committed schema. With --check it only reports whether the file is current.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { codegen } from '@graphql-codegen/core';
import * as operations from '@graphql-codegen/typescript-operations';
import { buildSchema, parse, printSchema } from 'graphql';
import { format, resolveConfig } from 'prettier';

const root = path.dirname(import.meta.dirname);
const file = path.join(root, 'src', 'web', 'generated', 'site.ts');
const read = (...parts) => readFileSync(path.join(root, 'schema', ...parts), 'utf8');

const schema = buildSchema(read('schema.graphql'));
const { config } = JSON.parse(read('clients', 'codegen.json'));
const manifest = JSON.parse(read('operations', 'persisted-query-manifest.json'));
const seen = new Set();
const documents = manifest.operations
  .filter(({ name }) => name.startsWith('Site'))
  .map(({ name, body }) => ({ location: name, document: withoutSeen(parse(body)) }));
const types = await codegen({
  schema: parse(printSchema(schema)),
  schemaAst: schema,
  documents,
  config: { ...config, skipTypename: true, immutableTypes: true },
  filename: file,
  plugins: [{ operations: {} }],
  pluginMap: { operations },
});
const options = { ...(await resolveConfig(file)), filepath: file };
const text = await format(`/* Written by .ci/web-types.mjs. */\n${types}`, options);

if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  console.error('src/web/generated/site.ts is out of date. npm run gen:operations');
  process.exit(1);
}

/** A fragment comes with every operation that uses it; the generator wants each name once. */
function withoutSeen(document) {
  const definitions = document.definitions.filter(({ name }) => {
    return !seen.has(name.value) && seen.add(name.value);
  });
  return { ...document, definitions };
}
