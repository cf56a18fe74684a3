import { existsSync, readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';
import { buildSchema, isEnumType } from 'graphql';
import ts from 'typescript';

import { ERRORS } from '../../src/kernel/errors.js';
import { LOCALES, TAG_OF, type Locale } from '../../src/kernel/locale.js';
import type { MessageKey } from '../../src/platform/i18n/messages.js';
import { catalog, families, flatten, messages, PLURAL } from '../support/catalog-texts.js';

const ROOT = new URL('../../', import.meta.url);
/** Placeholders with their formats, the plural forms of a key taken together. */
function placeholders(locale: Locale): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const [key, text] of catalog(locale)) {
    const family = key.replace(PLURAL, '');
    const names = [...text.matchAll(/\{\{(.+?)\}\}/g)].map((match) => match[1] ?? '');
    found[family] = [...new Set([...(found[family] ?? []), ...names])].sort();
  }
  return found;
}

describe('the four catalogs', () => {
  it('hold enough to be worth comparing', () => {
    expect(messages.namespaces).toEqual(['app', 'cli', 'errors', 'site', 'status']);
    expect(families('EN').length).toBeGreaterThan(250);
  });

  it.each(LOCALES)('%s has the keys of all the others', (locale) => {
    for (const other of LOCALES) expect(families(locale)).toEqual(families(other));
  });

  it.each(LOCALES)('%s has the placeholders of all the others', (locale) => {
    for (const other of LOCALES) expect(placeholders(locale)).toEqual(placeholders(other));
  });

  it.each(LOCALES)('%s has exactly the plural forms of its language', (locale) => {
    const forms = new Intl.PluralRules(TAG_OF[locale]).resolvedOptions().pluralCategories;
    const plurals = [...catalog(locale).keys()].filter((key) => PLURAL.test(key));
    expect(plurals.length).toBeGreaterThan(20);
    for (const key of new Set(plurals.map((plural) => plural.replace(PLURAL, '')))) {
      const present = plurals.filter((plural) => plural.replace(PLURAL, '') === key);
      expect(present.sort()).toEqual(forms.map((form) => `${key}_${form}`).sort());
      // A form that does not contain the number would be wrong for 0 in French, for 2,000,000 anywhere.
      for (const plural of present) {
        expect(catalog(locale).get(plural)).toContain('{{count, number}}');
      }
    }
  });

  it('use only formats that exist', () => {
    const formats = LOCALES.flatMap((locale) => Object.values(placeholders(locale)).flat())
      .filter((name) => name.includes(','))
      .map((name) => name.split(', ')[1]);
    expect(new Set(formats)).toEqual(new Set(['number', 'list', 'anyOf']));
  });
});

describe('what the program names', () => {
  it.each(Object.keys(ERRORS))('the error %s has a text in every locale', (reason) => {
    for (const locale of LOCALES) expect(messages.has(locale, `errors:${reason}`)).toBe(true);
  });

  it('has no text for an error that is gone', () => {
    const keys = Object.keys(messages.bundle('errors', 'EN') ?? {});
    // A text that counts something has a key for each plural form.
    const reasons = new Set(keys.map((key) => key.replace(/_(one|many|other)$/, '')));
    // One group of texts refines a reason: the faults of a query (query-sentences.ts).
    expect([...reasons].sort()).toEqual([...Object.keys(ERRORS), 'graphql'].sort());
  });

  it('has every text that the program requests by its full name', () => {
    const requested = sources().flatMap((source) => [...source.matchAll(TEXT_KEY)]);
    expect(requested.length).toBeGreaterThan(20);
    for (const [, key] of requested) {
      for (const locale of LOCALES) {
        expect([key, messages.has(locale, key as MessageKey)]).toEqual([key, true]);
      }
    }
  });

  it('gives each text the variables that it shows', () => {
    const needed = placeholders('EN');
    const used = sources().flatMap(textsUsed);
    expect(used.length).toBeGreaterThan(20);
    for (const { key, given } of used) {
      const names = (needed[key] ?? []).map((name) => name.replace(/,.*/, ''));
      const all = [...given, ADDED_AT_THE_EDGE];
      expect({ key, all }).toEqual({ key, all: expect.arrayContaining(names) });
    }
  });

  it.each(enumValues())('%s has a label in every locale', (value) => {
    for (const locale of LOCALES) expect(messages.has(locale, `status:${value}`)).toBe(true);
  });
});

const TEXT_KEY = /['`]((?:app|cli|errors|status):[\w.]+)['`]/g;

/** The code that throws knows nothing of requests; the error formatter adds the request's id. */
const ADDED_AT_THE_EDGE = 'requestId';

function sources(): string[] {
  const folder = new URL('src/', ROOT);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(new URL(file, folder), 'utf8'));
}

interface Used {
  readonly key: string;
  readonly given: readonly string[];
}

/** Texts whose key and variables are written out on the spot; others are not seen here. */
function textsUsed(source: string): Used[] {
  const used: Used[] = [];
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit);
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return;
    const values = [...(node.arguments ?? [])];
    const at = values.findIndex((value) => keyOf(node, value) !== null);
    const [name, vars] = values.slice(Math.max(at, 0));
    const key = name && keyOf(node, name);
    if (!key || (vars && !ts.isObjectLiteralExpression(vars))) return;
    used.push({ key, given: vars ? memberNames(vars) : [] });
  };
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true));
  return used;
}

function keyOf(call: ts.CallExpression | ts.NewExpression, value: ts.Expression): string | null {
  if (!ts.isStringLiteral(value)) return null;
  if (raisesError(call)) return value.text in ERRORS ? `errors:${value.text}` : null;
  return /^(app|cli|errors|status):[\w.]+$/.test(value.text) ? value.text : null;
}

/** `Refused` is the error of the import; `super` is called in classes that extend AppError. */
function raisesError(call: ts.CallExpression | ts.NewExpression): boolean {
  if (ts.isCallExpression(call)) return call.expression.kind === ts.SyntaxKind.SuperKeyword;
  return /^(AppError|Refused)$/.test(call.expression.getText());
}

function memberNames(object: ts.ObjectLiteralExpression): string[] {
  return object.properties.map((property) => property.name?.getText() ?? '');
}

/** From the schema as it is served; the labels of parts still to come are compared between locales. */
function enumValues(): string[] {
  const file = new URL('schema/schema.graphql', ROOT);
  if (!existsSync(file)) return flatten(messages.bundle('status', 'EN') ?? {}).map(([key]) => key);
  const types = Object.values(buildSchema(readFileSync(file, 'utf8')).getTypeMap());
  return types
    .filter(isEnumType)
    .filter((type) => !type.name.startsWith('__'))
    .flatMap((type) => type.getValues().map((value) => `${type.name}.${value.name}`));
}
