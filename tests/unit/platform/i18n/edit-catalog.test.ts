import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { CatalogSyntaxError, scanCatalog } from '../../../../src/platform/i18n/catalog-json.js';
import { editCatalog, EMPTY_CATALOG } from '../../../../src/platform/i18n/edit-catalog.js';
import { flattenTree, isTreeKey, treeOf } from '../../../../src/platform/i18n/message-tree.js';

const edit = (json: string, texts: Record<string, string>) =>
  editCatalog(json, new Map(Object.entries(texts)));

/** The lines of `after` that are not in `before`, and the reverse. */
function changedLines(before: string, after: string): [gone: string[], come: string[]] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  return [a.filter((line) => !b.includes(line)), b.filter((line) => !a.includes(line))];
}

const FILES = ['en', 'es', 'fr', 'pt'].flatMap((tag) => {
  const folder = new URL(`../../../../locales/${tag}/`, import.meta.url);
  return readdirSync(folder).map((name) => new URL(name, folder));
});

describe('the catalogs of the project', () => {
  it.each(FILES.map((file) => [file.pathname.slice(-14), readFileSync(file, 'utf8')]))(
    '%s: one changed text is one changed line',
    (_, json) => {
      const { leaves } = scanCatalog(json);
      const texts = new Map(leaves.map(({ key, value }) => [key, value]));
      expect(texts).toEqual(flattenTree(JSON.parse(json)));
      expect(editCatalog(json, texts)).toBe(json);
      const { key } = leaves[Math.floor(leaves.length / 2)]!;
      const after = edit(json, { [key]: 'Another “text” \\ "so"\n' });
      const [gone, come] = changedLines(json, after);
      expect([gone.length, come.length]).toEqual([1, 1]);
      expect(flattenTree(JSON.parse(after)).get(key)).toBe('Another “text” \\ "so"\n');
    },
  );
});

describe('a catalog', () => {
  const JSON_TEXT =
    '{\n\t"b": "B",\r\n\t"10": "ten",\n  "2" : "two",\n\t"a": {\n\t\t"x": "\\u00e9"\n\t}\n}';

  it('preserves its order, its numbers, its spaces and its escapes', () => {
    expect(edit(JSON_TEXT, { '2': 'zwei' })).toBe(JSON_TEXT.replace('"two"', '"zwei"'));
    expect(edit(JSON_TEXT, { b: 'B', 'a.x': 'é' })).toBe(JSON_TEXT);
  });

  it('gets a new text at the end of the object that it belongs to', () => {
    const after = edit('{\n    "a": {\n        "x": "1"\n    }\n}\n', {
      'a.y.z': '2',
      'a.w': '3',
      c: '4',
    });
    expect(after).toBe(
      '{\n    "a": {\n        "x": "1",\n        "y": {\n            "z": "2"\n        },\n        "w": "3"\n    },\n    "c": "4"\n}\n',
    );
  });

  it('is made from nothing', () => {
    expect(edit(EMPTY_CATALOG, { 'a.b': '1', 'a.c': '2', d: '3' })).toBe(
      '{\n  "a": {\n    "b": "1",\n    "c": "2"\n  },\n  "d": "3"\n}\n',
    );
    expect(edit('{\n  "a": {\n  }\n}', { 'a.b': '1' })).toBe('{\n  "a": {\n    "b": "1"\n  }\n}');
  });

  it('may have a byte order mark, ends of lines of Windows, and names with dots', () => {
    expect(edit('\uFEFF{\r\n "a": "1"\r\n}\r\n', { b: '2' })).toBe(
      '\uFEFF{\r\n "a": "1",\r\n "b": "2"\r\n}\r\n',
    );
    expect(edit('{"a.b": "1", "a": {"c": "2"}}', { 'a.b': '3' })).toBe(
      '{"a.b": "3", "a": {"c": "2"}}',
    );
  });

  it.each([
    ['', 'not JSON'],
    ['[]', 'a list'],
    ['"x"', 'a text'],
    ['{"a": 1}', 'a number'],
    ['{"a": null}', 'null'],
    ['{"a": ["x"]}', 'a list inside'],
    ['{"a": "1", "a": "2"}', 'a key twice'],
    ['{"a": {"b": "1"}, "a.b": "2"}', 'a key twice, in two forms'],
    [`${'{"a":'.repeat(40)}"x"${'}'.repeat(40)}`, 'too deep'],
  ])('%j is none: %s', (json) => {
    expect(() => scanCatalog(json)).toThrow(CatalogSyntaxError);
  });
});

describe('a tree of texts', () => {
  it('is made of keys and gives them back', () => {
    const texts = new Map([
      ['a.b', '1'],
      ['a.c.d', '2'],
      ['e', '3'],
    ]);
    expect(treeOf(texts)).toEqual({ a: { b: '1', c: { d: '2' } }, e: '3' });
    expect(flattenTree(treeOf(texts))).toEqual(texts);
  });

  it('takes no key that reaches into the machinery, nor one whose place is taken', () => {
    const tree = treeOf(
      new Map([
        ['__proto__.polluted', 'x'],
        ['constructor.prototype.polluted', 'x'],
        ['a', '1'],
        ['a.b', '2'],
        ['toString', 'fine'],
      ]),
    );
    expect(tree).toEqual({ a: '1', toString: 'fine' });
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
    expect(isTreeKey('valueOf.x')).toBe(true);
  });
});
