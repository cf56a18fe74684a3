import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { LOCALES, type Locale, TAG_OF } from '../../src/kernel/locale.js';
import { catalog, withoutPlaceholders } from '../support/catalog-texts.js';

const ROOT = new URL('../../', import.meta.url);

/** A text that this project writes itself, and where it is. */
interface Row {
  readonly place: string;
  readonly locale: Locale;
  readonly text: string;
}

interface Rule {
  readonly locales: readonly Locale[];
  /** Patterns that a text must not match; placeholders are one letter each. */
  readonly wrong: RegExp;
  readonly instead: string;
  /** A text that breaks the rule: without it, nobody would know that the rule can fail. */
  readonly fixture: string;
}

const ALL: readonly Locale[] = LOCALES;

/** docs/language.md, Spaces and signs. */
const TYPOGRAPHY: readonly Rule[] = [
  { locales: ALL, wrong: /["'`´]/, instead: '“ ” « » ’', fixture: 'a "word"' },
  { locales: ALL, wrong: /\.\.\./, instead: '…', fixture: 'Loading...' },
  { locales: ALL, wrong: / {2}/, instead: 'one space', fixture: 'two  spaces' },
  { locales: ALL, wrong: /^\s|\s$/, instead: 'no space at an end', fixture: 'end ' },
  {
    locales: ALL,
    wrong: /[\dx] (?:s|ms|MB|Mo|kB|km|m|kg)(?![\p{L}\d])/u,
    instead: 'U+00A0 before a unit',
    fixture: 'in x s',
  },
  {
    locales: ['FR'],
    wrong: /[^\u202f!?;][!?;]/,
    instead: 'U+202F before ; ! ?',
    fixture: 'non ; oui',
  },
  {
    locales: ['FR'],
    wrong: /[^\u00a0\d]:(?!\/\/)|«(?!\u00a0)|[^\u00a0]»|[^\u00a0]%/,
    instead: 'U+00A0 before : % and within « »',
    fixture: 'Erreur : non',
  },
  {
    locales: ['EN', 'ES', 'PT'],
    wrong: /\s[:;!?]|[«“]\s|\s[»”]/u,
    instead: 'no space before : ; ! ? or within quotation marks',
    fixture: 'Error : no',
  },
  { locales: ['EN', 'PT'], wrong: /[«»]/, instead: '“ ”', fixture: '«word»' },
  { locales: ['FR'], wrong: /^[^«]*[“”]/, instead: '« »', fixture: '“mot”' },
  { locales: ['ES'], wrong: /^[^«]*[“”]/, instead: '«»', fixture: '“palabra”' },
  { locales: ['ES'], wrong: /^[^¿]*\?/, instead: '¿ … ?', fixture: 'Buscaba otra cosa?' },
  { locales: ['ES'], wrong: /^[^¡]*!/, instead: '¡ … !', fixture: 'Hola!' },
];

/** One word of a kind, where `\b` knows only unaccented letters. */
const word = (words: string): RegExp => new RegExp(`(?<!\\p{L})(?:${words})(?!\\p{L})`, 'iu');

const rule = (locale: Locale, words: string, instead: string, fixture: string): Rule => {
  return { locales: [locale], wrong: word(words), instead, fixture };
};

/** docs/language.md, Messages: one word for one thing. */
const TERMS: readonly Rule[] = [
  rule('EN', 'told|tells?', 'reported, shown', 'Errors that are not told here'),
  rule('EN', 'asks|asked|ask again', 'request', 'You have asked for a great deal'),
  rule('EN', 'kept', 'stored, cached', 'No operation is kept under this hash'),
  rule('EN', 'packed', 'compressed', 'The request is packed'),
  rule('EN', 'at the moment|now and then', 'temporarily, periodically', 'not at the moment'),
  rule('EN', 'answers?|answered', 'response', 'The answer would have'),
  rule('EN', 'taken back', 'retracted', 'has been taken back'),
  rule('EN', 'intricate', 'complex', 'too intricate'),
  rule('EN', 'carry|carries|carried', 'transfer', 'carry interface texts'),
  rule('EN', 'colour|centre|programme|cancelled', 'American spelling', 'was cancelled'),
  rule('EN', 'trial run', 'dry run', 'This was a trial run'),
  rule('EN', '(?:needed|nobody) here', 'a plain sentence', 'known by nobody here'),
  rule('ES', 'añadir|añád\\p{L}*|añadid[oa]s?|quitar|quitad[oa]s?', 'agregar, eliminar', 'añadida'),
  rule('ES', 'incorporad[oa]s?', 'integrado', 'base de datos incorporada'),
  rule('ES', 'contactar con', 'contactar a', 'no se puede contactar con su emisor'),
  rule('ES', 'en vivo', 'abiertas', 'conexiones en vivo'),
  rule('ES', 'normas?', 'regla', 'ninguna norma'),
  rule('ES', 'petición|peticiones', 'solicitud', 'la petición'),
  rule('ES', 'fallo|ordenador|fichero|financiación', 'falla, computadora, archivo', 'un fallo'),
  rule('ES', 'os|vosotros|vuestr[oa]s?|tu|tus|tienes|puedes', 'usted', 'tienes un error'),
  rule('FR', 'valables?', 'valide', 'n’est pas valable'),
  rule('FR', 'fautes?', 'erreur', 'Fautes dans les manifestes'),
  rule('FR', 'en direct', 'ouvertes', 'connexions en direct'),
  rule('FR', 'périmée?s?', 'n’est plus à jour', 'périmé'),
  rule('FR', 'la demande|une demande|demandes', 'requête', 'La demande est trop volumineuse'),
  rule('FR', 'est absente?', 'manque', 'Le titre est absent'),
  {
    locales: ['FR'],
    wrong: /États Américains/,
    instead: 'États américains',
    fixture: 'Organisation des États Américains',
  },
  rule('FR', 'masters?|e-mails?', 'maîtrise, courriel', 'un master'),
  rule('FR', 'tu|tes|ton', 'vous', 'ton compte'),
  rule('PT', 'comunicados?', 'nota', 'O comunicado foi redigido'),
  rule('PT', 'ao vivo', 'abertas', 'conexões ao vivo'),
  rule('PT', 'incorporad[oa]s?', 'integrado', 'banco de dados incorporado'),
  rule('PT', 'hífenes', 'hifens', 'algarismos e hífenes'),
  rule('PT', 'alteraç(?:ão|ões) menor(?:es)?', 'pequena alteração', 'Alteração menor'),
  rule('PT', 'acrescent\\p{L}+', 'adicionar', 'texto acrescentado'),
  rule('PT', 'utilizador|ficheiro|ecrã|registo|equipa', 'usuário, arquivo …', 'o utilizador'),
  rule('PT', 'tu|teu|tua|vós', 'você', 'a tua conta'),
];

/** Words that are never left standing in a text of another language. */
const ENGLISH: Rule = {
  locales: ['ES', 'FR', 'PT'],
  wrong: word('the|is|are|not|cannot|with|this|must|file|folder|error message'),
  instead: 'a translation',
  fixture: 'El archivo is missing',
};

function catalogRows(): Row[] {
  return LOCALES.flatMap((locale) =>
    [...catalog(locale)].map(([key, text]) => ({ place: key, locale, text })),
  );
}

/** Files with a tree of texts under `en`, `es`, `fr` and `pt`. */
function wordRows(): Row[] {
  return ['src/bootstrap.words.json', 'src/web/explorer/words.json'].flatMap((file) =>
    textsWithin(readJson(file), null, file),
  );
}

function demoRows(): Row[] {
  const folder = 'demo/releases/';
  return readdirSync(new URL(folder, ROOT)).flatMap((name) =>
    textsWithin(readJson(folder + name), null, name),
  );
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, ROOT), 'utf8'));
}

/** All strings below a key that names a locale. */
function textsWithin(value: unknown, locale: Locale | null, place: string): Row[] {
  if (typeof value === 'string') return locale === null ? [] : [{ place, locale, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) => {
    const named = LOCALES.find((one) => key === one || key === TAG_OF[one]);
    return textsWithin(below, named ?? locale, `${place}.${key}`);
  });
}

function breaks({ locales, wrong }: Rule, { locale, text }: Row): boolean {
  return locales.includes(locale) && wrong.test(withoutPlaceholders(text));
}

const OWN_ROWS = [...catalogRows(), ...wordRows()];

describe('the rules of language', () => {
  it.each([...TYPOGRAPHY, ...TERMS, ENGLISH])('$fixture → $instead', (one) => {
    const [locale] = one.locales;
    expect(breaks(one, { place: '', locale: locale ?? 'EN', text: one.fixture })).toBe(true);
  });

  it('have texts to hold for', () => {
    expect(OWN_ROWS.length).toBeGreaterThan(1_500);
    expect(demoRows().length).toBeGreaterThan(200);
  });
});

describe('the catalogs and the words of the start and the explorer', () => {
  it.each([...TYPOGRAPHY, ...TERMS, ENGLISH])('have “$instead”, not $wrong', (one) => {
    const found = OWN_ROWS.filter((row) => breaks(one, row));
    expect(found.map(({ place, text }) => `${place}: ${text}`)).toEqual([]);
  });

  it('have every placeholder in every language', () => {
    const words = wordRows();
    const names = ({ text }: Row): string => (text.match(/\{\{\w+\}\}/g) ?? []).sort().join();
    for (const row of words) {
      const key = row.place.replace(`.${TAG_OF[row.locale]}.`, '.*.');
      const others = words.filter(
        ({ place, locale }) => place.replace(`.${TAG_OF[locale]}.`, '.*.') === key,
      );
      expect([key, others.length, new Set(others.map(names)).size]).toEqual([key, 4, 1]);
    }
  });
});

describe('the demonstration releases', () => {
  // Quotations within quotations, Markdown and addresses are theirs; the rest is ours.
  const rules = TYPOGRAPHY.filter(({ instead }) => !['“ ” « » ’', '« »', '«»'].includes(instead));

  it.each(rules)('have $instead', (one) => {
    const found = demoRows().filter((row) => breaks(one, row));
    expect(found.map(({ place, text }) => `${place}: ${text}`)).toEqual([]);
  });
});
