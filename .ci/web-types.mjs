/**
 * `npm run gen:operations` also writes src/web/generated/: site.ts, the types of the results of the operations of the
 * pages and of the app, from the manifest and the committed schema; and operation-ids.ts, the ids that the app sends.
 * With --check it only reports whether the files are current.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { codegen } from '@graphql-codegen/core';
import * as operations from '@graphql-codegen/typescript-operations';
import { buildSchema, parse, printSchema } from 'graphql';
import { format, resolveConfig } from 'prettier';

const root = path.dirname(import.meta.dirname);
const folder = path.join(root, 'src', 'web', 'generated');
const file = path.join(folder, 'site.ts');
const read = (...parts) => readFileSync(path.join(root, 'schema', ...parts), 'utf8');

const schema = buildSchema(read('schema.graphql'));
const { config } = JSON.parse(read('clients', 'codegen.json'));
const manifest = JSON.parse(read('operations', 'persisted-query-manifest.json'));
const seen = new Set();
const documents = manifest.operations
  .filter(({ name }) => /^(App[A-Z]|Site)/.test(name))
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
const ids = manifest.operations
  .filter(({ name }) => /^App[A-Z]/.test(name))
  .map(({ name, id }) => [name, id]);
const note = '/* Written by .ci/web-types.mjs. */\n';
const idText = `export const OPERATION_IDS = ${JSON.stringify(Object.fromEntries(ids))} as const;`;
await write(file, `${note}/* eslint-disable max-lines */\n${types}`);
await write(
  path.join(folder, 'operation-ids.ts'),
  `${note}/** The registered operations of the app. */\n${idText}`,
);

async function write(place, source) {
  const text = await format(source, options);
  if (!process.argv.includes('--check')) return writeFileSync(place, text);
  const present = existsSync(place) ? readFileSync(place, 'utf8') : '';
  if (present === text) return undefined;
  console.error(`${path.relative(root, place)} is out of date. npm run gen:operations`);
  return process.exit(1);
}

/** A fragment comes with every operation that uses it; the generator wants each name once. */
function withoutSeen(document) {
  const definitions = document.definitions.filter(({ name }) => {
    return !seen.has(name.value) && seen.add(name.value);
  });
  return { ...document, definitions };
}
