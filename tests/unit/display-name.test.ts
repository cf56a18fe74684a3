import { describe, expect, it } from '@jest/globals';

import { dateText, keptName, regionalTag, regionName } from '../../src/kernel/display-name.js';
import { type Locale, LOCALES } from '../../src/kernel/locale.js';

describe('the name of a state', () => {
  const rows: [code: string, tags: string, value: string, tag: string, isFallback: boolean][] = [
    ['US', 'es', 'Estados Unidos', 'es', false],
    ['US', 'nl', 'Verenigde Staten', 'nl', false],
    ['SR', 'nl-SR', 'Suriname', 'nl-SR', false],
    ['VE', 'fr', 'Venezuela', 'fr', false],
    ['VE', 'fr-CA', 'Vénézuéla', 'fr-CA', false],
    ['BZ', 'fr-CA', 'Bélize', 'fr-CA', false],
    ['KN', 'fr-CA', 'Saint‑Kitts‑et‑Nevis', 'fr-CA', false],
    ['KN', 'pt', 'São Cristóvão e Névis', 'pt', false],
    ['KN', 'pt-PT', 'São Cristóvão e Neves', 'pt-PT', false],
    ['BR', 'zh', '巴西', 'zh', false],
    ['US', 'qu', 'Estados Unidos', 'qu', false],
    // Languages that CLDR has no names of states in: those of the official language that serves them.
    ['US', 'ht', 'États-Unis', 'fr', true],
    ['US', 'gn', 'Estados Unidos', 'es', true],
    ['US', 'ay', 'Estados Unidos', 'es', true],
    ['US', 'und-BR', 'Estados Unidos', 'pt', false],
    ['US', 'und', 'États-Unis', 'fr', true],
    ['US', 'x-foo', 'États-Unis', 'fr', true],
    ['US', 'i-klingon', 'États-Unis', 'fr', true],
    ['US', 'jam pt', 'Estados Unidos', 'pt', true],
    ['US', 'pt jam', 'Estados Unidos', 'pt', false],
    // Nothing asked for is no fallback.
    ['US', '', 'États-Unis', 'fr', false],
  ];

  it.each(rows)('%s in %j is %s', (code, tags, value, tag, isFallback) => {
    const found = regionName(code, tags.split(' ').filter(Boolean), 'FR');
    expect(found).toEqual({ value, tag, isFallback });
  });
});

describe('a name that is kept in some locales', () => {
  const texts = { ES: 'Ciberseguridad', FR: 'Cybersécurité' };
  const rows: [tags: string, value: string, tag: string, isFallback: boolean][] = [
    ['fr-CA', 'Cybersécurité', 'fr', false],
    ['ht', 'Cybersécurité', 'fr', true],
    ['en', 'Ciberseguridad', 'es', true],
    ['en fr', 'Cybersécurité', 'fr', true],
    ['nl', 'Ciberseguridad', 'es', true],
    ['', 'Ciberseguridad', 'es', true],
  ];

  it.each(rows)('asked for in %j: %s', (tags, value, tag, isFallback) => {
    const asked = tags.split(' ').filter(Boolean);
    expect(keptName(texts, asked, LOCALES)).toEqual({ value, tag, isFallback });
  });

  it('is no fallback in the first locale of the order, where nothing is asked for', () => {
    expect(keptName(texts, [], ['FR', 'ES', 'EN', 'PT'])).toMatchObject({ isFallback: false });
  });

  it('is null where there is none', () => {
    expect(keptName({}, ['fr'], LOCALES)).toBeNull();
  });
});

describe('a date written out', () => {
  type Row = [locale: Locale, requested: string, audience: string, tag: string, text: string];
  const rows: Row[] = [
    ['FR', 'fr-CA', '', 'fr-CA', '10 septembre 2012'],
    ['ES', 'es-MX', '', 'es-MX', '10 de septiembre de 2012'],
    ['ES', 'es-PE', '', 'es-PE', '10 de setiembre de 2012'],
    ['ES', '', 'es-PE', 'es-PE', '10 de setiembre de 2012'],
    ['EN', 'en-CA', '', 'en-CA', 'September 10, 2012'],
    ['EN', 'en-GB', '', 'en-GB', '10 September 2012'],
    ['EN', 'en-gb-oed', '', 'en-GB', '10 September 2012'],
    ['PT', 'pt-PT', '', 'pt-PT', '10 de setembro de 2012'],
    ['PT', '', 'pt-BR', 'pt-BR', '10 de setembro de 2012'],
    // The region of another language says nothing about this text.
    ['EN', 'fr-CA es-PE', '', 'en', 'September 10, 2012'],
    ['FR', 'en-CA', 'fr-HT', 'fr-HT', '10 septembre 2012'],
    ['FR', '', 'en-CA fr-CA', 'fr-CA', '10 septembre 2012'],
    ['FR', 'ht', 'fr-HT', 'fr-HT', '10 septembre 2012'],
    ['EN', 'nl', 'nl-SR', 'en', 'September 10, 2012'],
    ['EN', 'und', '', 'en', 'September 10, 2012'],
    ['EN', 'x-foo', '', 'en', 'September 10, 2012'],
    // Neither another calendar nor other digits come in by a tag.
    ['EN', 'en-u-ca-buddhist-nu-thai', '', 'en-u-ca-buddhist-nu-thai', 'September 10, 2012'],
  ];

  it.each(rows)('of a text in %s for %j and %j is in %s', (locale, asked, audience, tag, text) => {
    const tags = [asked, audience].map((list) => list.split(' ').filter(Boolean));
    const found = regionalTag(locale, tags[0] ?? [], tags[1] ?? []);
    expect([found, dateText('2012-09-10', found)]).toEqual([tag, text]);
  });

  it('is the same day wherever the server stands', () => {
    const zone = process.env.TZ;
    try {
      for (const place of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
        process.env.TZ = place;
        expect(dateText('2012-12-31', 'pt')).toBe('31 de dezembro de 2012');
      }
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });
});

describe('the region of a date', () => {
  it.each([
    ['ES', ['es'], ['es-PE'], 'es-PE'],
    ['ES', ['es-MX'], ['es-PE'], 'es-MX'],
    ['FR', ['fr'], ['en-CA', 'fr-CA'], 'fr-CA'],
    ['FR', ['fr'], ['es-MX'], 'fr'],
    ['EN', [], ['nl-SR'], 'en'],
  ] as const)('of a text in %s asked for as %j by an audience with %j is %s', (...row) => {
    const [locale, requested, audience, expected] = row;
    expect(regionalTag(locale, requested, audience)).toBe(expected);
  });
});
