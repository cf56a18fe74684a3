import { readdir, readFile } from 'node:fs/promises';
import { extname } from 'node:path';

/** A file for developers of client apps. */
export interface ClientFile {
  /** Below the root of the gateway: `/schema.graphql`. */
  readonly path: string;
  readonly type: string;
  readonly text: string;
}

const SCHEMA = new URL('../../../../schema/', import.meta.url);
const JSON_TYPE = 'application/json; charset=utf-8';
/** GraphQL documents have no registered media type; as plain text they open in a browser. */
const TEXT_TYPE = 'text/plain; charset=utf-8';

/**
 * Reads the schema, the predefined operations and the client configurations, which are committed files, and adds one
 * file with all the operations. Each of these files reveals the schema.
 *
 * @returns an empty list if callers may not read the schema
 */
export async function readClientFiles({
  introspection,
}: {
  readonly introspection: boolean;
}): Promise<readonly ClientFile[]> {
  if (!introspection) return [];
  const schema = await readOne('schema.graphql');
  const operations = await readFolder('operations');
  const documents = operations.filter(({ path }) => extname(path) === '.graphql');
  const all: ClientFile = {
    path: '/operations.graphql',
    type: TEXT_TYPE,
    text: documents.map(({ text }) => text).join('\n'),
  };
  return [schema, all, ...(await readFolder('clients')), ...operations];
}

async function readFolder(name: string): Promise<ClientFile[]> {
  const names = await readdir(new URL(`${name}/`, SCHEMA));
  return Promise.all(names.sort().map((file) => readOne(`${name}/${file}`)));
}

async function readOne(name: string): Promise<ClientFile> {
  const text = await readFile(new URL(name, SCHEMA), 'utf8');
  return { path: `/${name}`, type: extname(name) === '.json' ? JSON_TYPE : TEXT_TYPE, text };
}
