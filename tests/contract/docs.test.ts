import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from '@jest/globals';
import { isEnumType } from 'graphql';

import { SETTINGS } from '../../src/app/config.js';
import { ERRORS } from '../../src/kernel/errors.js';
import {
  brokenLinks,
  documentAt,
  documents,
  examplesOf,
  linksOf,
  ROOT,
} from '../support/documents.js';
import { schema } from '../support/schema-file.js';

const all = documents();
const byFile = new Map(all.map((document) => [document.file, document]));
const textOf = (file: string): string => byFile.get(file)?.text ?? '';

/** Settings of other programs, misspelt settings that serve as examples, and statuses of the recipes. */
const OF_OTHERS = [
  ...['LC_CTYPE', 'NODE_ENV', 'OTEL_EXPORTER_OTLP_ENDPOINT'],
  ...['DATABSE_URL', 'DATABASE_NAME', 'READER_URL'],
  ...['CATCHING_UP', 'UP_TO_DATE'],
];

/** Paths within the project, without patterns such as `locales/<locale>`. */
const PATHS = /(?<![\w./-])(?:src|tests|docs|demo|schema|locales|\.ci)\/[\w./-]*\w/g;

function sourcesIn(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.m?ts$/.test(name))
    .map((name) => readFileSync(path.join(ROOT, folder, name), 'utf8'));
}

/** Variables by which a run of the tests is adjusted. */
function variablesOfTests(): string[] {
  return sourcesIn('tests').flatMap((text) =>
    [...text.matchAll(/process\.env(?:\.|\[')([A-Z_]+)/g)].map(([, name = '']) => name),
  );
}

describe('README.md', () => {
  it('has at most 6 kB', () => {
    expect(statSync(path.join(ROOT, 'README.md')).size).toBeLessThanOrEqual(6_000);
  });

  it('leads to every page of docs/', () => {
    const pages = [...byFile.keys()].filter((file) => /^docs\/[^/]+\.md$/.test(file));
    expect(pages.length).toBeGreaterThanOrEqual(12);
    const linked = linksOf(documentAt('README.md'));
    expect(pages.filter((page) => !linked.includes(page))).toEqual([]);
  });

  it('has an architecture diagram with a title and a description for screen readers', () => {
    const [diagram] = examplesOf(documentAt('README.md')).filter(
      ({ language }) => language === 'mermaid',
    );
    expect(diagram?.code).toMatch(/accTitle: .{10}/);
    expect(diagram?.code).toMatch(/accDescr: .{40}/);
  });
});

describe('links', () => {
  it('lead to files and headings that exist', () => {
    expect(all.flatMap(linksOf).length).toBeGreaterThan(100);
    expect(all.flatMap(brokenLinks)).toEqual([]);
  });

  it.each([
    ['[a](missing.md)', 'README.md: missing.md'],
    ['[a](docs/clients.md#no-such-heading)', 'README.md: docs/clients.md#no-such-heading'],
    ['[a](#no-such-heading)', 'README.md: #no-such-heading'],
    ['![a](../outside.png)', 'README.md: ../outside.png'],
  ])('are found to be broken where they are: %s', (text, fault) => {
    const [, url = ''] = /\((.*)\)/.exec(text) ?? [];
    const link = { type: 'link' as const, url, children: [] };
    expect(brokenLinks({ file: 'README.md', text, nodes: [link] })).toEqual([fault]);
  });
});

describe('paths in code style', () => {
  it('name files and folders that exist', () => {
    const current = all.filter(({ file }) => !/^(CHANGELOG\.md|docs\/adr\/\d)/.test(file));
    const named = current.flatMap(({ file, nodes }) =>
      nodes
        .flatMap((node) => {
          const isShown =
            node.type === 'inlineCode' || (node.type === 'code' && node.lang === 'sh');
          return isShown ? (node.value.match(PATHS) ?? []) : [];
        })
        .map((value) => [file, value] as const),
    );
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter(([, value]) => !existsSync(path.join(ROOT, value)))).toEqual([]);
  });
});

describe('names in code style', () => {
  it('are errors, settings and values of enums that exist', () => {
    const values = Object.values(schema.getTypeMap())
      .filter(isEnumType)
      .flatMap((type) => type.getValues().map(({ name }) => name));
    const errors = Object.entries(ERRORS).flatMap(([reason, { code }]) => [reason, code]);
    const known = new Set([
      ...errors,
      ...values,
      ...Object.keys(SETTINGS),
      ...variablesOfTests(),
      ...OF_OTHERS,
    ]);
    const current = all.filter(({ file }) => /^(README|CONTRIBUTING|docs\/[^/]+)\.md$/.test(file));
    const named = current.flatMap(({ file, nodes }) =>
      nodes
        .filter((node) => node.type === 'inlineCode')
        .filter(({ value }) => /^[A-Z]+(?:_[A-Z]+)+$/.test(value))
        .map(({ value }) => [file, value] as const),
    );
    expect(named.length).toBeGreaterThan(60);
    expect(named.filter(([, value]) => !known.has(value))).toEqual([]);
  });

  it('are log lines that the program writes', () => {
    const [, table = ''] =
      /Lines worth an alert:(.*?)\n## /s.exec(textOf('docs/operations.md')) ?? [];
    const lines = [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, line = '']) => line);
    expect(lines.length).toBeGreaterThan(4);
    const code = sourcesIn('src').join('\n');
    // A number replaces a variable.
    const missing = lines.filter((line) => !code.includes(line.split(/\d/)[0] ?? line));
    expect(missing).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  it('has the ranks of the features that the boundaries enforce', () => {
    const rules = readFileSync(path.join(ROOT, '.dependency-cruiser.mjs'), 'utf8');
    const [, ranks = ''] = /const RANKS = \{(.*?)\};/s.exec(rules) ?? [];
    const enforced = [...ranks.matchAll(/'?([\w-]+)'?: (\d+),/g)].map(([, name, rank]) => [
      name,
      rank,
    ]);
    const table = textOf('docs/architecture.md');
    const documented = [...table.matchAll(/^\| `([\w-]+)` +\| (\d+) /gm)].map(([, name, rank]) => [
      name,
      rank,
    ]);
    expect(enforced.length).toBeGreaterThan(10);
    expect(documented.sort()).toEqual(enforced.sort());
  });
});

describe('each page of docs/', () => {
  it.each([...byFile.keys()].filter((file) => /^docs\/[^/]+\.md$/.test(file)))(
    '%s begins with its title and for whom it is',
    (file) => {
      const [, title, subtitle] = /^# (.+)\n\n([^\n]+)/.exec(textOf(file)) ?? [];
      expect(title).toBeDefined();
      expect(subtitle).toMatch(/^For /);
    },
  );
});

describe('decisions', () => {
  const files = [...byFile.keys()].filter((file) => /^docs\/adr\/\d/.test(file));
  const names = files.map((file) => path.basename(file));

  it('are numbered without a gap', () => {
    const numbers = names.map((name) => Number(name.slice(0, 4)));
    expect(numbers.length).toBeGreaterThan(30);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });

  it('are listed with their titles', () => {
    const index = textOf('docs/adr/README.md');
    const missing = files.filter((file) => {
      const [, title = '?'] = /^# \d+\. (.+)/.exec(textOf(file)) ?? [];
      const [row = ''] = index
        .split('\n')
        .filter((line) => line.includes(`(${path.basename(file)})`));
      return row.split('|')[2]?.trim() !== title;
    });
    expect(missing).toEqual([]);
  });

  it.each(files)('%s has the four parts', (file) => {
    const headings = textOf(file).match(/^## .+$/gm);
    expect(headings).toEqual(['## Status', '## Context', '## Decision', '## Consequences']);
  });
});
