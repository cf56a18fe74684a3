import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DocumentNode, Kind, parse, validate } from 'graphql';

import { loadDemo } from '../../src/cli/demo.js';
import type { Role } from '../../src/kernel/access.js';
import type { Locale } from '../../src/kernel/locale.js';
import { schema } from '../support/schema-file.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { documentAt, documents, type Example, examplesOf } from '../support/documents.js';

/** See "Queries in the docs" of CONTRIBUTING.md. */
interface Marks {
  /** Only compared with the schema, because it needs a state that the demonstration does not have. */
  readonly validate: boolean;
  readonly role: Role | null;
  readonly locale: Locale | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

const examples = documents()
  .flatMap(examplesOf)
  .filter(({ language }) => language === 'graphql')
  .map((example) => [`${example.file}:${example.line}`, example] as const);

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp();
  await loadDemo(gateway.database.dataSource);
});
afterAll(() => gateway.close());

/** @throws Error where an info string has what nobody reads */
function marksOf({ info }: Example): Marks {
  const [words = '', variables = '{}'] = info.split(/\s*variables=/);
  const [, role, locale, only] =
    /^(?:as=([A-Z]+)(?:\/([A-Z]{2}))?)?\s*(validate)?$/.exec(words.trim()) ?? [];
  if (words.trim() !== '' && role === undefined && only === undefined) {
    throw new Error(`Not a mark of an example: ${words}`);
  }
  return {
    validate: only !== undefined,
    role: (role as Role | undefined) ?? null,
    locale: (locale as Locale | undefined) ?? null,
    variables: JSON.parse(variables) as Marks['variables'],
  };
}

/** Puts the id of a release in the place of `<id of 9013/26>`. */
async function withIds(variables: Marks['variables']): Promise<object> {
  const filled = Object.entries(variables).map(async ([name, value]) => {
    const [, number] = typeof value === 'string' ? (/^<id of (.+)>$/.exec(value) ?? []) : [];
    if (number === undefined) return [name, value] as const;
    const { data } = await gateway
      .as('EDITOR')
      .query<{ editorialRelease: { id: string } }>(
        'query ($number: String) { editorialRelease(number: $number) { id } }',
        { variables: { number } },
      );
    return [name, data.editorialRelease.id] as const;
  });
  return Object.fromEntries(await Promise.all(filled));
}

const typesOf = (document: DocumentNode): string[] =>
  document.definitions.flatMap((one) =>
    one.kind === Kind.OPERATION_DEFINITION ? [one.operation] : [],
  );

describe('the queries of the docs', () => {
  it('are there, and only mutations are not run', () => {
    expect(examples.length).toBeGreaterThanOrEqual(10);
    const skipped = examples.filter(([, example]) => marksOf(example).validate);
    for (const [place, { code }] of skipped) {
      expect([place, typesOf(parse(code))]).toEqual([place, ['mutation']]);
    }
  });

  it.each(examples)('%s', async (_place, example) => {
    expect(validate(schema, parse(example.code)).map(({ message }) => message)).toEqual([]);
    const marks = marksOf(example);
    if (marks.validate) return;
    const client = marks.role === null ? gateway : gateway.as(marks.role, marks.locale);
    const variables = await withIds(marks.variables);
    const { errors, data } = await client.query(example.code, { variables });
    expect(errors).toEqual([]);
    for (const value of Object.values(data)) expect(value).not.toBeNull();
  });
});

it('the first query of the README has the response beside it', async () => {
  const blocks = examplesOf(documentAt('README.md'));
  const [, body = ''] =
    /-d '(.+)'/s.exec(blocks.find(({ code }) => code.startsWith('curl'))?.code ?? '') ?? [];
  const response = blocks.find(({ language }) => language === 'json')?.code ?? '';
  const { query } = JSON.parse(body.replaceAll('\n', ' ')) as { query: string };
  const { data } = await gateway.query(query);
  expect({ data }).toEqual(JSON.parse(response));
});
