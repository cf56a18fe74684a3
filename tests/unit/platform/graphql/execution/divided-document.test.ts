import { describe, expect, it } from '@jest/globals';
import { buildSchema, Kind, type OperationDefinitionNode, parse, print } from 'graphql';

import { divideDocument } from '../../../../../src/platform/graphql/execution/divided-document.js';

const schema = buildSchema(`
  type Query { page(first: Int): Page other: Page }
  type Page { items: [Item] size: Int }
  type Item { id: ID name(in: String): Name }
  type Name { text: String }
`);

const subject = () => ({ name: '', reader: '', madeOf: { releases: [] } });

function divide(text: string) {
  const document = parse(text);
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
  );
  if (!operation) throw new Error('a document without an operation');
  const { document: whole, parts } = divideDocument(schema, document, operation, {
    'Page.items': subject,
  });
  const flat = (found: Parameters<typeof print>[0]) => print(found).replace(/\s+/g, ' ');
  return { whole: flat(whole), parts: parts.map(({ document: part }) => flat(part)), found: parts };
}

describe('a document is cut', () => {
  it('at the fields whose values are kept, under the name that the caller gave', () => {
    const { whole, parts } = divide('{ page { mine: items { name { text } } size } }');
    expect(whole).toBe('{ page { mine: itemsʹ(partʹ: 0) size } }');
    expect(parts).toEqual(['{ name { text } }']);
  });

  it('with the directives of the field outside, and the variables and fragments of the part inside', () => {
    const { whole, parts, found } = divide(`
      query Q($n: Int, $yes: Boolean!, $in: String = "fr") {
        page(first: $n) { items @include(if: $yes) { ...I } } }
      fragment I on Item { name(in: $in) { ...N } }
      fragment N on Name { text }`);
    expect(whole).toContain('page(first: $n) { items: itemsʹ(partʹ: 0) @include(if: $yes) }');
    expect(parts[0]).toMatch(/^query \(\$in: String = "fr"\) \{ \.\.\.I \}/);
    expect(parts[0]).toContain('fragment N on Name { text }');
    expect(found[0]?.variables).toEqual(['in']);
  });

  it('into parts that have one name exactly where they ask for the same', () => {
    const digestOf = (text: string) => divide(text).found[0]?.digest;
    const one = digestOf('{ page { items { name { text } } } }');
    expect(digestOf('query Other { other { size items { name { text } } } }')).toBe(one);
    expect(digestOf('{ page { items { name { t: text } } } }')).not.toBe(one);
    expect(digestOf('{ page { items { name(in: "fr") { text } } } }')).not.toBe(one);
  });

  it('whatever other operations stand beside it', () => {
    const { whole } = divide(
      'query A { page { items { name { text } } } } query B { page { items { id } } }',
    );
    expect(whole).toBe('query A { page { items: itemsʹ(partʹ: 0) } }');
  });

  it.each([
    ['selected twice under one name', '{ page { items { name { text } } items { id } } }'],
    [
      'selected in a fragment too',
      '{ page { items { name { text } } ...P } } fragment P on Page { items { id } }',
    ],
    ['at hand sooner than it would be found', '{ page { items { id } } }'],
  ])('but not at what is %s', (_, text) => {
    expect(divide(text).parts).toEqual([]);
  });
});
