import { describe, expect, it } from '@jest/globals';

import { LOCALES, type Locale } from '../../../../src/kernel/locale.js';
import { catalog, families, withoutPlaceholders } from '../../../support/catalog-texts.js';

describe('typography', () => {
  const rows = LOCALES.flatMap((locale) =>
    [...catalog(locale)].map(([key, text]): [Locale, string, string] => [locale, key, text]),
  );
  const faults = (found: (locale: Locale, text: string) => boolean): string[] =>
    rows.filter(([locale, , text]) => found(locale, text)).map((row) => row.join(' '));

  it('has no empty text, no stray space and no decomposed letter', () => {
    expect(faults((_, text) => text.trim() !== text || text === '' || / {2}/.test(text))).toEqual(
      [],
    );
    expect(faults((_, text) => text !== text.normalize('NFC'))).toEqual([]);
  });

  it('has no straight quote or apostrophe, no accent in their place, no three dots', () => {
    expect(faults((_, text) => /["'`´]|\.\.\./.test(withoutPlaceholders(text)))).toEqual([]);
  });

  it('uses the quotation marks of the language, in pairs', () => {
    const balanced = (text: string, open: string, close: string): boolean =>
      text.split(open).length === text.split(close).length;
    expect(faults((_, text) => !balanced(text, '“', '”') || !balanced(text, '«', '»'))).toEqual([]);
    expect(
      faults((locale, text) => (locale === 'FR' || locale === 'ES' ? /[“”]/ : /[«»]/).test(text)),
    ).toEqual([]);
  });

  it('sets French spaces and no others', () => {
    const marks = rows.filter(([locale, , text]) => locale === 'FR' && /[:;!?«»]/.test(text));
    expect(marks.length).toBeGreaterThan(30);
    for (const [, key, text] of marks) {
      expect([key, frenchSpaces(withoutPlaceholders(text))]).toEqual([key, []]);
    }
    expect(
      faults(
        (locale, text) => locale !== 'FR' && /[\u00a0\u202f](?!(?:s|MB)\b)|\s[:;!?]/.test(text),
      ),
    ).toEqual([]);
  });

  it('opens every Spanish question and exclamation', () => {
    const count = (text: string, mark: string): number => text.split(mark).length;
    const wrong = faults(
      (locale, text) =>
        count(text, '¿') !== (locale === 'ES' ? count(text, '?') : 1) ||
        count(text, '¡') !== (locale === 'ES' ? count(text, '!') : 1),
    );
    expect(wrong).toEqual([]);
    expect([...catalog('ES').values()].some((text) => text.includes('¿'))).toBe(true);
  });

  it('ends a text alike in all four languages', () => {
    const end = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, '').slice(-1);
    const ends = families('EN').map((key) => {
      const texts = LOCALES.map((locale) => catalog(locale).get(key) ?? '');
      return [key, ...new Set(texts.map((text) => /[.:;!?…]$/.exec(end(text))?.[0] ?? ''))];
    });
    expect(ends.filter((found) => found.length !== 2)).toEqual([]);
  });
});

/** The text without every mark and the space that it requires. */
function frenchSpaces(text: string): string[] {
  const rest = text.replaceAll(/«\u00a0|\u00a0[»:]|\u202f[;!?]+|x\u00a0(?=\p{L})/gu, '');
  return rest.match(/[:;!?«»\u00a0\u202f]/g) ?? [];
}

/** Sentences must differ; these single words and phrases are the same in both languages. */
const SPANISH_AND_PORTUGUESE = [
  'Idioma',
  'Estados mencionados',
  'Temas',
  'Imprimir',
  'Ordenar por',
  'Filtros',
  'Tema',
  'Aplicar',
  'Uso:',
  'Argumentos:',
  'Comandos:',
  'Compilando…',
  'Aplicada: {{name}}',
  'Revertida: {{name}}',
  'Texto original',
  'Publicada',
  'Retirada',
  'Incompleta',
  'Idioma solicitado',
  'Discurso',
  'Título',
  'Importada',
  'idioma',
  'número',
  'Explorador de consultas: {{url}}',
  'Métricas: {{url}}',
  'explorador de consultas',
  'réplicas',
  'está compilado',
  'Buscar',
  'Estado',
  'Estado mencionado',
  'Idiomas',
  'Ocupa {{size}}.',
  'Páginas públicas: {{url}}',
  'Tipo',
  'Todos',
];

describe('translations', () => {
  /** Words that two languages really share; anything else that is equal was left untranslated. */
  const SHARED = new Set([
    'EN FR Corrections',
    'EN FR Type',
    'EN FR options',
    'ES PT comando',
    'ES PT Estados mencionados: {{states, list}}',
    'EN ES Error: {{message}}',
    'EN FR Menu',
    'EN PT Menu',
    'FR PT Menu',
    'ES FR Disponible en {{languages, list}}',
    'EN ES Error',
    'EN FR extensions',
    'EN FR migrations',
    'EN FR notifications',
    'EN FR version {{version}}',
    'ES FR réplicas',
    'FR PT réplicas',
    ...['EN ES', 'EN FR', 'EN PT', 'ES FR', 'ES PT', 'FR PT'].map((pair) => `${pair} Node.js`),
    ...SPANISH_AND_PORTUGUESE.map((text) => `ES PT ${text}`),
  ]);

  it('are not copies of each other', () => {
    const equal = LOCALES.flatMap((one, index) =>
      LOCALES.slice(index + 1).flatMap((two) =>
        [...catalog(one)]
          .filter(([key, text]) => isWords(key, text) && catalog(two).get(key) === text)
          .map(([, text]) => `${one} ${two} ${text}`),
      ),
    );
    expect(equal.filter((row) => !SHARED.has(row))).toEqual([]);
    expect([...SHARED].filter((row) => !equal.includes(row))).toEqual([]);
  });
});

function isWords(key: string, text: string): boolean {
  // The languages' own names are the same everywhere: that is their point.
  return !/^(app|site):languages\.own\./.test(key) && /\p{L}{3}/u.test(withoutPlaceholders(text));
}
