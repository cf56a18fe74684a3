import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as operations from '@graphql-codegen/typescript-operations';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { parse, printSchema } from 'graphql';

import { committedSchema, readyOperations } from '../support/ready-operations.js';

let folder: string;

beforeAll(async () => {
  // Inside the checkout, where tsc is.
  folder = await mkdtemp(join(process.cwd(), 'node_modules', '.codegen-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** What an app writes on top of the generated types. */
const APP = `
import type { LocalizedRelease } from './schema.js';
import type {
  ReleaseChangesQuery, ReleaseDetailQuery, ReleaseDetailQueryVariables, SaveTranslationMutation,
} from './operations.js';

export const variables: ReleaseDetailQueryVariables = { number: '305/12', languages: ['fr-CA'], coherence: 'RELEASE' };

export function titleOf({ release }: ReleaseDetailQuery): string | null {
  return release?.localized?.title.value ?? release?.resolution.trail[0]?.outcome ?? null;
}

export function held({ releaseChanges }: ReleaseChangesQuery): string[] {
  return releaseChanges.changes.map((change) => change.localized?.id ?? change.localizedId);
}

export function outcome({ saveTranslation: result }: SaveTranslationMutation): number | string {
  switch (result.__typename) {
    case 'TranslationPayload': return result.translation.revision;
    case 'RevisionConflict': return result.currentRevision;
    case 'ValidationProblem': return result.message;
  }
}

// @ts-expect-error A title is a text with its provenance, not a string.
export const wrong: LocalizedRelease['title'] = 'Title';
`;

it('makes types of the schema and the ready operations that compile in strict mode', async () => {
  const schema = committedSchema();
  const documents = Object.entries(readyOperations());
  // What an app downloads from /clients/codegen.json.
  const file = new URL('../../schema/clients/codegen.json', import.meta.url);
  const { config } = JSON.parse(await readFile(file, 'utf8')) as { config: object };
  const seen = new Set<string>();
  const common = {
    schema: parse(printSchema(schema)),
    schemaAst: schema,
    // A fragment comes with every operation that uses it; the generator wants each name once.
    documents: documents.map(([location, document]) => ({
      location,
      document: {
        ...document,
        definitions: document.definitions.filter((definition) => {
          const name = 'name' in definition ? (definition.name?.value ?? '') : '';
          return !seen.has(name) && seen.add(name);
        }),
      },
    })),
    config,
  };
  const whole = await codegen({
    ...common,
    filename: 'schema.ts',
    plugins: [{ typescript: {} }],
    pluginMap: { typescript },
  });
  const generated = await codegen({
    ...common,
    filename: 'operations.ts',
    plugins: [{ operations: {} }],
    pluginMap: { operations },
  });
  await writeFile(join(folder, 'schema.ts'), whole);
  await writeFile(join(folder, 'operations.ts'), generated);
  await writeFile(join(folder, 'app.ts'), APP);
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  const compilerOptions = {
    strict: true,
    noEmit: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    module: 'NodeNext',
    target: 'ES2022',
    types: [],
  };
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['app.ts'] }),
  );
  const tsc = join(process.cwd(), 'node_modules', 'typescript', 'bin', 'tsc');
  const compiled = promisify(execFile)(process.execPath, [tsc, '-p', folder]).catch(
    (error: { stdout: string }) => ({ stdout: error.stdout }),
  );
  expect((await compiled).stdout).toBe('');
  for (const [name] of documents)
    expect(generated).toMatch(new RegExp(`export type ${name}(Query|Mutation|Subscription) =`));
  process.stdout.write(
    `graphql-codegen: ${documents.length} operations, ${(whole + generated).split('\n').length} lines of types, strict tsc: no fault\n`,
  );
});
