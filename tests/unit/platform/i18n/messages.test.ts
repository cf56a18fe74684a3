import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterAll, describe, expect, it } from '@jest/globals';

import { LOCALES, TAG_OF } from '../../../../src/kernel/locale.js';
import { loadMessages } from '../../../../src/platform/i18n/messages.js';

const messages = loadMessages();

describe('a text', () => {
  it('comes in the requested locale, with its variables', () => {
    const texts = LOCALES.map((locale) =>
      messages.text(locale, 'errors:LANGUAGE_TAG_MALFORMED', { value: 'en_us' }),
    );
    expect(new Set(texts).size).toBe(4);
    for (const text of texts) expect(text).toContain('en_us');
    expect(messages.text('FR', 'status:AvailabilityStatus.COMPLETE')).toBe(
      'Entièrement disponible',
    );
  });

  it.each([
    ['EN', 0, '0 releases'],
    ['EN', 1, '1 release'],
    ['EN', 12345, '12,345 releases'],
    ['ES', 0, '0 comunicados'],
    ['ES', 12345, '12\u202f345 comunicados'],
    ['ES', 1_000_000, '1\u202f000\u202f000 de comunicados'],
    ['FR', 0, '0\u00a0communiqué'],
    ['FR', 2, '2\u00a0communiqués'],
    ['FR', 2_000_000, '2\u202f000\u202f000\u00a0de communiqués'],
    ['PT', 1, '1 nota'],
    ['PT', 2, '2 notas'],
    ['PT', 3_000_000, '3.000.000 de notas'],
  ] as const)('counts in %s: %d', (locale, count, expected) => {
    expect(messages.text(locale, 'app:list.count', { count })).toBe(expected);
  });

  it('joins lists as each language does', () => {
    const list = (locale: 'EN' | 'ES' | 'FR' | 'PT', languages: string[]): string =>
      messages.text(locale, 'app:languages.available', { languages });
    expect(list('EN', ['English', 'Spanish', 'French'])).toBe(
      'Available in English, Spanish, and French',
    );
    expect(list('ES', ['francés', 'inglés'])).toBe('Disponible en francés e inglés');
    expect(list('FR', ['anglais', 'français'])).toBe('Disponible en anglais et français');
    expect(list('PT', ['inglês', 'francês'])).toBe('Disponível em inglês e francês');
  });

  it('writes a port as it is, without grouping', () => {
    const text = messages.text('ES', 'errors:PORT_IN_USE', { port: 4000, host: '127.0.0.1' });
    expect(text).toContain('puerto 4000 en 127.0.0.1');
  });
});

describe('a variable', () => {
  it.each([
    '$t(errors:INTERNAL)',
    '$t(INTERNAL, {"ns": "errors"})',
    '{{requestId}}',
    '{{- value}}',
    '{{value}}',
    '{{value, number}}',
    '$& $1 $`',
    '<b>&amp;</b>',
    '}} {{',
    '__proto__',
  ])('%s comes out verbatim', (value) => {
    for (const locale of LOCALES) {
      const text = messages.text(locale, 'errors:DATE_MALFORMED', { value });
      expect(text).toBe(
        messages.text(locale, 'errors:DATE_MALFORMED', { value: '@@' }).replace('@@', () => value),
      );
    }
  });

  it('does not reach the next placeholder', () => {
    const text = messages.text('EN', 'errors:DATE_RANGE_EMPTY', { from: '{{to}}', to: 'X' });
    expect(text).toBe('The period is empty: its first day, {{to}}, is later than its last day, X.');
  });

  it.each(['lng', 'lngs', 'locale', 'ns', 'context', 'defaultValue', 'replace', 'nest', 'style'])(
    'called %s changes neither language nor text',
    (name) => {
      const vars = { min: 1, max: 12345, argument: 'first' };
      const plain = messages.text('FR', 'errors:PAGE_SIZE_OUT_OF_RANGE', vars);
      expect(plain).toContain('12\u202f345');
      expect(messages.text('FR', 'errors:PAGE_SIZE_OUT_OF_RANGE', { ...vars, [name]: 'EN' })).toBe(
        plain,
      );
    },
  );
});

describe('a missing key or variable', () => {
  const lenient = loadMessages(undefined, { strict: false });

  it('is a fault under test', () => {
    expect(() => messages.text('EN', 'errors:NO_SUCH')).toThrow('NO_SUCH');
    expect(() => messages.text('EN', 'app:list.count')).toThrow('list.count');
    expect(() => messages.text('EN', 'status:Locale')).toThrow('Locale');
    expect(() => messages.text('EN', 'errors:DATE_MALFORMED')).toThrow('{{value}}');
  });

  it('shows the reason in production, in no other language', () => {
    expect(lenient.text('PT', 'errors:NO_SUCH')).toBe('NO_SUCH');
    expect(lenient.text('PT', 'status:Locale')).toBe('Locale');
    expect(lenient.text('EN', 'errors:DATE_RANGE_EMPTY', { to: 'X' })).toBe(
      'The period is empty: its first day, …, is later than its last day, X.',
    );
  });

  it('can be checked', () => {
    expect(messages.has('EN', 'errors:INTERNAL')).toBe(true);
    expect(messages.has('EN', 'app:list.count')).toBe(true);
    expect(messages.has('EN', 'status:Locale')).toBe(false);
    expect(messages.has('EN', 'errors:NO_SUCH')).toBe(false);
  });
});

describe('the catalogs of a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'messages-'));
  const url = pathToFileURL(`${folder}/`);
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const write = (tag: string, namespace: string, content: string): void => {
    mkdirSync(join(folder, tag), { recursive: true });
    writeFileSync(join(folder, tag, `${namespace}.json`), content);
  };

  it('are read for all four locales or not at all', () => {
    for (const tag of ['en', 'es', 'fr']) write(tag, 'news', `{"hello": "${tag}"}`);
    expect(() => loadMessages(url)).toThrow('ENOENT');
    write('pt', 'news', '{"hello": "pt"}');
    const read = loadMessages(url);
    expect(LOCALES.map((locale) => read.text(locale, 'news:hello'))).toEqual(
      LOCALES.map((locale) => TAG_OF[locale]),
    );
    expect(read.namespaces).toEqual(['news']);
  });

  it('must have the same namespaces and hold texts only', () => {
    write('fr', 'extra', '{}');
    expect(() => loadMessages(url)).toThrow('namespaces');
    write('fr', 'extra', '{"a": 1}');
    expect(() => loadMessages(url)).toThrow('not a tree of texts');
  });
});

describe('a bundle', () => {
  it('is the file as it stands, and cannot be changed', () => {
    const bundle = messages.bundle('app', 'ES');
    expect(bundle).toHaveProperty(['list', 'count_many'], '{{count, number}} de comunicados');
    expect(Object.isFrozen(bundle)).toBe(true);
    expect(Object.isFrozen(bundle?.['list'])).toBe(true);
    expect(messages.bundle('nothing', 'ES')).toBeNull();
  });
});
