import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { readdirSync, readFileSync } from 'node:fs';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const folder = new URL('../../src/web/explorer/queries/', import.meta.url);
const queries = readdirSync(folder).sort();

describe('the ready queries of the explorer', () => {
  it('are eight, and every one is a tab', () => {
    expect(queries).toHaveLength(8);
    const tabs = read('src/web/explorer/examples.js');
    for (const name of queries) expect(tabs).toContain(`./queries/${name}?raw`);
  });

  it.each(queries)('%s requests only what the schema has', (name) => {
    const schema = buildSchema(read('schema/schema.graphql'));
    const document = parse(read(`src/web/explorer/queries/${name}`));
    expect(validate(schema, document).map((error) => error.message)).toEqual([]);
  });
});

describe('the comments of the ready queries', () => {
  const catalog = JSON.parse(read('src/web/explorer/comments.json')) as Record<
    string,
    Record<string, string>
  >;

  it('are there for each of them in all four languages, none left in another', () => {
    expect(Object.keys(catalog)).toEqual(['en', 'es', 'fr', 'pt']);
    const texts = Object.values(catalog);
    for (const words of texts) {
      expect(Object.keys(words)).toEqual(Object.keys(texts[0] ?? {}));
      expect(Object.keys(words)).toHaveLength(queries.length);
    }
    const sentences = texts.flatMap((words) => Object.values(words));
    expect(new Set(sentences).size).toBe(sentences.length);
  });
});

describe("the explorer's own words", () => {
  it('are there in all four languages, none left in another', () => {
    const catalog = JSON.parse(read('src/web/explorer/words.json')) as Record<string, object>;
    expect(Object.keys(catalog)).toEqual(['en', 'es', 'fr', 'pt']);
    const [first, ...others] = Object.values(catalog).map((words) => Object.keys(words));
    for (const keys of others) expect(keys).toEqual(first);
    const sentences = Object.values(catalog).flatMap((words) => Object.values(words) as string[]);
    expect(new Set(sentences).size).toBe(sentences.length);
  });
});
