import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, specifiedRules } from 'graphql';

import { AppError } from '../../../../../src/kernel/errors.js';
import { readManifests } from '../../../../../src/platform/graphql/persisted/operation-manifest.js';
import { committedSchema, OPERATIONS_FOLDER } from '../../../../support/ready-operations.js';

const schema = buildSchema('type Query { a: Int b: Int } type Mutation { c: Int }');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'manifests-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Row {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly body: string;
}

const a: Row = { id: '1', name: 'A', type: 'query', body: 'query A { a }' };

const manifestOf = (...operations: object[]) =>
  JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations });

async function read(...texts: string[]) {
  const files = texts.map((_, index) => join(folder, `${index}.json`));
  await Promise.all(texts.map((text, index) => writeFile(files[index] ?? '', text)));
  return readManifests(files, { schema, rules: specifiedRules });
}

/** Without the folder. */
async function faultsOf(...texts: string[]): Promise<string[]> {
  try {
    await read(...texts);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.reason).toBe('OPERATIONS_MANIFEST_INVALID');
    return String(error.vars['detail']).replaceAll(`${folder}/`, '').split('; ');
  }
  return [];
}

describe('a manifest of registered operations', () => {
  it('is taken as the project ships it', async () => {
    const shipped = join(OPERATIONS_FOLDER, 'persisted-query-manifest.json');
    const own = { schema: committedSchema(), rules: specifiedRules };
    const operations = await readManifests([shipped], own);
    expect(operations.length).toBeGreaterThan(20);
  });

  it('may stand beside another one that has the same operations, printed otherwise', async () => {
    const other = { ...a, body: '# of the app\nquery A {\n  a\n}' };
    const more = { ...a, id: '2', name: 'B', body: 'query B { b }', clientName: 'web' };
    const found = await read(manifestOf(a), manifestOf(other, more));
    expect(found.map(({ id, name }) => [id, name])).toEqual([
      ['1', 'A'],
      ['2', 'B'],
    ]);
  });

  it.each<[what: string, fault: string | RegExp, ...texts: string[]]>([
    ['no JSON', /^0\.json: .*JSON/, '{'],
    ['another format', /^0\.json: ≠ apollo-.* 1 \(format\)$/, manifestOf().replace('apollo', 'x')],
    ['another version', /\(version\)$/, manifestOf().replace('1', '2')],
    ['an operation without a text', /\(operations\.0\.body\)$/, manifestOf({ ...a, body: '' })],
    ['a text that is none', /^0\.json: A: Syntax Error/, manifestOf({ ...a, body: 'query A {' })],
    ['an unknown field', /^0\.json: A: Cannot query/, manifestOf({ ...a, body: 'query A { x }' })],
    ['another name', '0.json: A: body ≠ 1 × query A', manifestOf({ ...a, body: 'query B { a }' })],
    ['another type', '0.json: A: body ≠ 1 × mutation A', manifestOf({ ...a, type: 'mutation' })],
    [
      'two operations in one',
      '0.json: A: body ≠ 1 × query A',
      manifestOf({ ...a, body: 'query A { a } query B { b }' }),
    ],
    ['an id twice', '0.json: A: id 1 = A', manifestOf(a, a)],
    [
      'an id that another file has for another text',
      '1.json: B: id 1 = A',
      manifestOf(a),
      manifestOf({ ...a, name: 'B', body: 'query B { b }' }),
    ],
  ])('is refused for %s', async (_, fault, ...texts) => {
    const matching = typeof fault === 'string' ? fault : expect.stringMatching(fault);
    expect(await faultsOf(...texts)).toEqual([matching]);
  });

  it('reports all faults of all files at once', async () => {
    const wrong = manifestOf({ ...a, body: 'query A { x y }' });
    expect(await faultsOf('{', wrong, manifestOf({ id: 1 }))).toHaveLength(4);
  });

  it('is named where it is not there', async () => {
    const missing = join(folder, 'missing.json');
    const reading = readManifests([missing], { schema, rules: specifiedRules });
    await expect(reading).rejects.toMatchObject({ vars: { detail: `${missing}: ENOENT` } });
  });
});
