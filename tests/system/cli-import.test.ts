import { once } from 'node:events';
import { readFile } from 'node:fs/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { gateway as command, startGateway } from '../support/command-line.js';
import { page, read } from '../support/imported-pages.js';
import { createImporting, type Importing } from '../support/importing.js';
import { textPage } from '../support/pages.js';

let gateway: Importing;

beforeAll(async () => {
  gateway = await createImporting();
});
afterAll(() => gateway.close());

const env = (more: NodeJS.ProcessEnv = {}) => {
  return { DATABASE_URL: gateway.ownerUrl, INIT_CWD: gateway.path('.'), ...more };
};

/** Lines as `gateway export` writes them. */
function linesFrom(first: number, count: number): string[] {
  const paragraphs = Array.from({ length: 6 }, (_, i) =>
    `Paragraph ${i} of it. `.repeat(20).trim(),
  );
  return Array.from({ length: count }, (_, index) => {
    const text = { title: `Title ${index}`, summary: null, body: paragraphs.join('\n\n') };
    return JSON.stringify({
      number: `${first + index}/20`,
      type: 'PRESS_RELEASE',
      date: '2020-01-01',
      originalLocale: 'EN',
      audiences: [],
      mentions: [],
      topics: ['a-new-topic'],
      texts: { EN: text, ES: { ...text, title: `Título ${index}` } },
    });
  });
}

interface ExportedLine {
  readonly publishedAt: string;
  readonly date: string;
  readonly texts: Record<string, { readonly slug: string }>;
}

/** A line of the export as it was given: the release counts as published on its own date, and got its addresses. */
function withoutPublication(line: string): string {
  const { publishedAt, texts, ...given } = JSON.parse(line) as ExportedLine;
  expect(publishedAt).toBe(given.date);
  const plain = Object.entries(texts).map(([locale, { slug, ...text }]) => {
    expect(slug).not.toBe('');
    return [locale, text];
  });
  return JSON.stringify({ ...given, texts: Object.fromEntries(plain) as object });
}

describe('gateway import', () => {
  it('prints in the language of the terminal, and a running server shows the release at once', async () => {
    await gateway.files({ 'f.txt': textPage(page('FR', '760/17')) });
    const { code, stdout, stderr } = await command(
      ['import', '--publish', 'f.txt'],
      env({ LANG: 'fr_CA.UTF-8' }),
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.replaceAll(/[\u00a0\u202f]/g, ' ').split('\n')).toEqual(
      expect.arrayContaining([
        'f.txt : importation de F-760/17',
        '  original en français, daté du 1er mars 2017',
        '  760/17 : édition 1 publiée en français',
        'Importation terminée : 1 communiqué importé et 1 publié.',
      ]),
    );
    expect(await read(gateway, '760/17', 'fr')).toMatchObject({ originalLocale: 'FR' });
  });

  it('ends with 1 where a file is refused, and reports it apart from the results', async () => {
    await gateway.files({ 'g.txt': textPage(page('EN', '761/17')), 'h.txt': 'nothing' });
    const { code, stdout, stderr } = await command(['import', 'g.txt', 'h.txt'], env());
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'h.txt: refused. The reference is missing. The last line must have the form “Reference: E-305/12”.\n',
    });
    expect(stdout).toContain('g.txt: E-761/17 imported');
  });

  it('run twice at once brings each release in once', async () => {
    const lines = linesFrom(20_001, 60);
    await gateway.files({ 'twice.jsonl': lines.join('\n') });
    const args = ['import', '--publish', '--json', 'twice.jsonl'];
    const both = await Promise.all([command(args, env()), command(args, env())]);
    expect(both.map(({ code, stderr }) => ({ code, stderr }))).toEqual([
      { code: 0, stderr: '' },
      { code: 0, stderr: '' },
    ]);
    const summaries = both.map(({ stdout }) => {
      const last = stdout.trimEnd().split('\n').at(-1) ?? '';
      return (JSON.parse(last) as { summary: { created: number; unchanged: number } }).summary;
    });
    const sum = (of: 'created' | 'unchanged') => summaries.reduce((n, s) => n + s[of], 0);
    expect([sum('created'), sum('unchanged')]).toEqual([60, 60]);
    const editions = await gateway.database.dataSource.query<{ count: number }[]>(
      `SELECT count(*) FROM authoring.edition e JOIN authoring.release r ON r.id = e.release_id
        WHERE r.number LIKE '200%/20'`,
    );
    expect(editions).toEqual([{ count: 60 }]);
  });

  it('that is interrupted leaves whole releases, reports it, and does the rest the next time', async () => {
    const lines = linesFrom(30_001, 3_000);
    await gateway.files({ 'long.jsonl': lines.join('\n') });
    const { process, outcome } = startGateway(['import', '--publish', 'long.jsonl'], env());
    if (process.stdout) await once(process.stdout, 'data');
    process.kill('SIGINT');
    const { code, stderr } = await outcome;
    expect(code).toBe(1);
    expect(stderr).toContain('Error: Interrupted.');
    const exported = (await gateway.export())
      .split('\n')
      .filter((line) => /"30\d+\/20"|"3[123]\d+\/20"/.test(line));
    expect(exported.length).toBeGreaterThan(0);
    expect(exported.length).toBeLessThan(lines.length);
    expect(lines).toEqual(expect.arrayContaining(exported.map(withoutPublication)));
    const rest = lines.slice(0, exported.length + 5).join('\n');
    await gateway.files({ 'long.jsonl': rest });
    const again = await gateway.import(['long.jsonl'], { publish: true });
    expect(again.lines.at(-1)).toBe(
      `Import finished: 5 releases imported, ${exported.length} unchanged, and 5 published.`,
    );
  });
});

describe('gateway export', () => {
  it('writes lines and nothing else to a pipe, and to a file where the person is', async () => {
    const { code, stdout, stderr } = await command(['export'], env());
    expect(code).toBe(0);
    const count = stdout.trimEnd().split('\n').length;
    expect(stderr).toMatch(/^[\d,]+ releases exported\n$/);
    const { stdout: json } = await command(['export', '--json', '-o', 'here.jsonl'], env());
    expect(JSON.parse(json)).toEqual({ written: count });
    expect(await readFile(gateway.path('here.jsonl'), 'utf8')).toBe(stdout);
  });

  it('ends quietly when the reader of the pipe has had enough', async () => {
    const { process, outcome } = startGateway(['export'], env());
    process.stdout?.once('data', () => process.stdout?.destroy());
    expect(await outcome).toMatchObject({ code: 0, stderr: '' });
  });

  it.each([
    ['no/such/folder/a.jsonl', 'no such file or folder (ENOENT)'],
    ['.', 'it is a folder (EISDIR)'],
  ])('names %s as a file that cannot be written', async (file, detail) => {
    const { code, stderr } = await command(['export', '-o', file], env());
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `Error: The file ${file} cannot be written: ${detail}.\n`,
    });
  });
});
