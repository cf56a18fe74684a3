import { readFileSync } from 'node:fs';

const MANIFEST = new URL('../../schema/operations/persisted-query-manifest.json', import.meta.url);

interface Manifest {
  readonly operations: readonly { readonly name: string }[];
}

/** The names of the operations that the program ships with. */
export function readyOperationNames(): string[] {
  const { operations } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as Manifest;
  return operations.map(({ name }) => name);
}
