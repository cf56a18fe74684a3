import { describe, expect, it } from '@jest/globals';

import { LOCALES, type Locale } from '../../../../src/kernel/locale.js';
import {
  localeFromEnvironment,
  messageLocale,
} from '../../../../src/platform/i18n/caller-locale.js';

describe('messageLocale', () => {
  const rows: [string[], Locale[], Locale[], Locale][] = [
    [['fr-CA'], ['EN'], ['EN', 'ES', 'FR', 'PT'], 'FR'],
    [['ht'], [], ['EN', 'ES', 'FR', 'PT'], 'FR'],
    [['gn', 'en'], [], ['EN', 'ES', 'FR', 'PT'], 'EN'],
    [['ht', 'en'], ['FR'], ['EN', 'ES', 'FR', 'PT'], 'EN'],
    [['gl', 'pt'], [], ['EN', 'ES', 'FR', 'PT'], 'PT'],
    [['pt-PT'], [], ['EN', 'ES', 'FR', 'PT'], 'PT'],
    [['nl', 'pt'], ['EN'], ['EN', 'ES', 'FR', 'PT'], 'PT'],
    [['nl'], ['ES', 'EN'], ['EN', 'ES', 'FR', 'PT'], 'ES'],
    [['nl'], [], ['FR', 'ES', 'PT', 'EN'], 'FR'],
    [[], ['PT'], ['EN', 'ES', 'FR', 'PT'], 'PT'],
    [[], [], ['ES', 'EN', 'FR', 'PT'], 'ES'],
  ];

  it.each(rows)('tags %j, audience %j, order %j: %s', (tags, audience, order, expected) => {
    expect(messageLocale(tags, audience, order)).toBe(expected);
  });

  const refusals: [string[], Locale[], Locale[], Locale][] = [
    [[], [], ['EN'], 'ES'],
    [['ht'], [], ['FR'], 'EN'],
    [['fr-CA', 'pt'], [], ['FR'], 'PT'],
    [[], ['FR', 'ES'], ['FR'], 'ES'],
    [['en'], [], ['ES', 'FR', 'PT'], 'EN'],
    // It cannot be helped.
    [[], [], ['EN', 'ES', 'FR', 'PT'], 'EN'],
  ];

  it.each(refusals)('tags %j, audience %j, without %j: %s', (tags, audience, refused, expected) => {
    expect(messageLocale(tags, audience, LOCALES, refused)).toBe(expected);
  });

  it('has no language of its own to fall back to', () => {
    expect(() => messageLocale(['nl'], [], [])).toThrow('empty');
    for (const locale of LOCALES) expect(messageLocale([], [], [locale])).toBe(locale);
  });
});

describe('localeFromEnvironment', () => {
  const rows: [Record<string, string>, string[]][] = [
    [{ LANG: 'fr_CA.UTF-8' }, ['fr-CA']],
    [{ LANG: 'pt_BR@currency=BRL' }, ['pt-BR']],
    [{ LANG: 'es' }, ['es']],
    [{ LC_ALL: 'es_MX.UTF-8', LC_MESSAGES: 'pt_BR', LANG: 'fr_FR' }, ['es-MX']],
    [{ LC_ALL: '', LC_MESSAGES: 'pt_BR', LANG: 'fr_FR' }, ['pt-BR']],
    [{ LANGUAGE: 'ht:fr_HT:es', LANG: 'en_US.UTF-8' }, ['ht', 'fr-HT', 'es', 'en-US']],
    [{ LANGUAGE: 'fr_CA', LANG: 'fr_CA.UTF-8' }, ['fr-CA']],
    [{ LANGUAGE: 'fr' }, ['fr']],
    [{ LANGUAGE: 'fr', LANG: 'C.UTF-8' }, ['fr']],
    [{ LANGUAGE: 'fr', LC_ALL: 'C', LANG: 'es_MX' }, []],
    [{ LANG: 'C' }, []],
    [{ LANG: 'C.UTF-8' }, []],
    [{ LANG: 'POSIX' }, []],
    [{ LANGUAGE: '::not a tag::fr', LANG: '../../etc/passwd' }, ['fr']],
    [{}, []],
  ];

  it.each(rows)('%j: %j', (env, expected) => {
    expect(localeFromEnvironment(env)).toEqual(expected);
  });
});
