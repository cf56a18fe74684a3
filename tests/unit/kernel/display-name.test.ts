import { describe, expect, it } from '@jest/globals';

import { dateText, storedName, regionalTag, regionName } from '../../../src/kernel/display-name.js';
import { type Locale, LOCALES } from '../../../src/kernel/locale.js';

/** The 35 states as the OAS names them: en, es, fr, pt. */
const STATES = `
  AG Antigua and Barbuda | Antigua y Barbuda | Antigua-et-Barbuda | Antígua e Barbuda
  AR Argentina | Argentina | Argentine | Argentina
  BB Barbados | Barbados | Barbade | Barbados
  BO Bolivia | Bolivia | Bolivie | Bolívia
  BR Brazil | Brasil | Brésil | Brasil
  BS Bahamas | Bahamas | Bahamas | Bahamas
  BZ Belize | Belize | Belize | Belize
  CA Canada | Canadá | Canada | Canadá
  CL Chile | Chile | Chili | Chile
  CO Colombia | Colombia | Colombie | Colômbia
  CR Costa Rica | Costa Rica | Costa Rica | Costa Rica
  CU Cuba | Cuba | Cuba | Cuba
  DM Dominica | Dominica | Dominique | Dominica
  DO Dominican Republic | República Dominicana | République dominicaine | República Dominicana
  EC Ecuador | Ecuador | Équateur | Equador
  GD Grenada | Grenada | Grenade | Grenada
  GT Guatemala | Guatemala | Guatemala | Guatemala
  GY Guyana | Guyana | Guyana | Guiana
  HN Honduras | Honduras | Honduras | Honduras
  HT Haiti | Haití | Haïti | Haiti
  JM Jamaica | Jamaica | Jamaïque | Jamaica
  KN Saint Kitts and Nevis | Saint Kitts y Nevis | Saint-Kitts-et-Nevis | Saint Kitts e Nevis
  LC Saint Lucia | Santa Lucía | Sainte-Lucie | Santa Lúcia
  MX Mexico | México | Mexique | México
  NI Nicaragua | Nicaragua | Nicaragua | Nicarágua
  PA Panama | Panamá | Panama | Panamá
  PE Peru | Perú | Pérou | Peru
  PY Paraguay | Paraguay | Paraguay | Paraguai
  SR Suriname | Suriname | Suriname | Suriname
  SV El Salvador | El Salvador | El Salvador | El Salvador
  TT Trinidad and Tobago | Trinidad y Tobago | Trinité-et-Tobago | Trinidad e Tobago
  US United States of America | Estados Unidos de América | États-Unis d’Amérique | Estados Unidos da América
  UY Uruguay | Uruguay | Uruguay | Uruguai
  VC Saint Vincent and the Grenadines | San Vicente y las Granadinas | Saint-Vincent-et-Grenadines | São Vicente e Granadinas
  VE Venezuela | Venezuela | Venezuela | Venezuela`
  .trim()
  .split('\n')
  .map((line): [code: string, names: string[]] => {
    return [line.trim().slice(0, 2), line.trim().slice(3).split(' | ')];
  });

/** Tags of each of the four languages, with regions in which CLDR has other names. */
const REGIONS = [
  ['en', 'en-US', 'en-CA', 'en-JM', 'en-029', 'en-GB-oed'],
  ['es', 'es-419', 'es-MX', 'es-ES', 'es-u-co-trad'],
  ['fr', 'fr-CA', 'fr-HT', 'fr-CH', 'fr-Latn-CA'],
  ['pt', 'pt-BR', 'pt-PT', 'pt-AO'],
];

describe('the name of a state in the four languages is the one that the OAS prints', () => {
  it.each(STATES)('%s is %j', (code, names) => {
    for (const [index, tags] of REGIONS.entries()) {
      for (const tag of tags) {
        const expected = { value: names[index], tag: tags[0], isFallback: false };
        expect([tag, regionName(code, [tag], 'FR')]).toEqual([tag, expected]);
      }
    }
  });

  it('for all states that were ever members, and with plain hyphens', () => {
    expect(new Set(STATES.map(([code]) => code)).size).toBe(35);
    for (const [, names] of STATES) {
      expect(names).toHaveLength(4);
      for (const name of names) expect(name).toMatch(/^[\p{L} ’-]+$/u);
    }
  });
});

describe('the name of a state', () => {
  const rows: [code: string, tags: string, value: string, tag: string, isFallback: boolean][] = [
    // In other languages CLDR's.
    ['US', 'nl', 'Verenigde Staten', 'nl', false],
    ['SR', 'nl-SR', 'Suriname', 'nl-SR', false],
    ['BR', 'zh', '巴西', 'zh', false],
    ['US', 'qu', 'Estados Unidos', 'qu', false],
    ['KN', 'it', 'Saint Kitts e Nevis', 'it', false],
    // Languages that CLDR has no names of states in: those of the official language that serves them.
    ['US', 'ht', 'États-Unis d’Amérique', 'fr', true],
    ['US', 'gn', 'Estados Unidos de América', 'es', true],
    ['US', 'ay', 'Estados Unidos de América', 'es', true],
    ['US', 'und-BR', 'Estados Unidos da América', 'pt', false],
    ['SV', 'und', 'El Salvador', 'fr', true],
    ['SV', 'x-foo', 'El Salvador', 'fr', true],
    ['SV', 'i-klingon', 'El Salvador', 'fr', true],
    // The list is weighed as a whole.
    ['HT', 'ht en', 'Haiti', 'en', false],
    ['HT', 'ht nl', 'Haïti', 'nl', false],
    ['GD', 'gn nl', 'Grenada', 'nl', false],
    ['HT', 'ht es fr', 'Haití', 'es', false],
    ['HT', 'jam pt', 'Haiti', 'pt', false],
    ['HT', 'pt jam', 'Haiti', 'pt', false],
    ['HT', 'gl pt', 'Haití', 'gl', false],
    // With no requested language there is no fallback.
    ['HT', '', 'Haïti', 'fr', false],
    // What is no member state is CLDR's in every language.
    ['ES', 'fr-CA', 'Espagne', 'fr', false],
  ];

  it.each(rows)('%s in %j is %s', (code, tags, value, tag, isFallback) => {
    const found = regionName(code, tags.split(' ').filter(Boolean), 'FR');
    expect(found).toEqual({ value, tag, isFallback });
  });

  const refusals: [tags: string, refused: Locale[], tag: string, isFallback: boolean][] = [
    ['ht', ['FR'], 'es', true],
    ['ht en', ['FR'], 'en', false],
    ['ht en', ['FR', 'EN'], 'es', true],
    ['nl', ['EN', 'ES', 'FR', 'PT'], 'nl', false],
    ['', ['EN', 'ES', 'FR', 'PT'], 'es', true],
    ['', ['FR'], 'es', false],
  ];

  it.each(refusals)('for %j without %j is in %s', (tags, refused, tag, isFallback) => {
    const found = regionName('HT', tags.split(' ').filter(Boolean), 'ES', refused);
    expect(found).toMatchObject({ tag, isFallback });
  });
});

describe('a name that is stored in some locales', () => {
  const texts = { ES: 'Ciberseguridad', FR: 'Cybersécurité' };
  const rows: [tags: string, value: string, tag: string, isFallback: boolean][] = [
    ['fr-CA', 'Cybersécurité', 'fr', false],
    ['ht', 'Cybersécurité', 'fr', true],
    ['en', 'Ciberseguridad', 'es', true],
    ['en fr', 'Cybersécurité', 'fr', true],
    ['ht es', 'Ciberseguridad', 'es', false],
    ['gl fr', 'Cybersécurité', 'fr', false],
    ['x-foo fr', 'Cybersécurité', 'fr', false],
    ['nl', 'Ciberseguridad', 'es', true],
    ['', 'Ciberseguridad', 'es', true],
  ];

  it.each(rows)('requested in %j: %s', (tags, value, tag, isFallback) => {
    const languageTags = tags.split(' ').filter(Boolean);
    expect(storedName(texts, languageTags, LOCALES)).toEqual({ value, tag, isFallback });
  });

  it('is in a refused language only where there is no other', () => {
    expect(storedName(texts, [], ['FR', 'ES', 'EN', 'PT'], ['FR'])).toMatchObject({ tag: 'es' });
    expect(storedName({ FR: 'Cybersécurité' }, [], LOCALES, ['FR'])).toEqual({
      value: 'Cybersécurité',
      tag: 'fr',
      isFallback: true,
    });
  });

  it('is no fallback in the first locale of the order, where nothing is requested', () => {
    expect(storedName(texts, [], ['FR', 'ES', 'EN', 'PT'])).toMatchObject({ isFallback: false });
  });

  it('is null where there is none', () => {
    expect(storedName({}, ['fr'], LOCALES)).toBeNull();
  });
});

const MONTHS =
  `janvier/janeiro février/fevereiro mars/março avril/abril mai/maio juin/junho juillet/julho
  août/agosto septembre/setembro octobre/outubro novembre/novembro décembre/dezembro`
    .split(/\s+/)
    .map((names, index): string[] => [String(index + 1).padStart(2, '0'), ...names.split('/')]) as [
    string,
    string,
    string,
  ][];

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
    // The region of another language does not apply to this text.
    ['EN', 'fr-CA es-PE', '', 'en', 'September 10, 2012'],
    ['FR', 'en-CA', 'fr-HT', 'fr-HT', '10 septembre 2012'],
    ['FR', '', 'en-CA fr-CA', 'fr-CA', '10 septembre 2012'],
    ['FR', 'ht', 'fr-HT', 'fr-HT', '10 septembre 2012'],
    // CLDR has no English of Suriname or of the Caribbean as a whole; there, the day comes first.
    ['EN', 'nl', 'nl-SR', 'en-SR', '10 September 2012'],
    ['EN', 'en', 'nl-SR', 'en-SR', '10 September 2012'],
    ['EN', 'en-029', '', 'en-029', '10 September 2012'],
    ['EN', 'en-AW', '', 'en-AW', '10 September 2012'],
    ['EN', 'en-JM', '', 'en-JM', '10 September 2012'],
    ['EN', '', 'fr-HT', 'en', 'September 10, 2012'],
    ['EN', '', 'es-MX', 'en', 'September 10, 2012'],
    ['EN', 'en-PR', '', 'en-PR', 'September 10, 2012'],
    ['EN', 'en-419', '', 'en-419', 'September 10, 2012'],
    ['EN', 'und', '', 'en', 'September 10, 2012'],
    ['EN', 'x-foo', '', 'en', 'September 10, 2012'],
    // Neither another calendar nor other digits come in by a tag.
    ['EN', 'en-u-ca-buddhist-nu-thai', '', 'en-u-ca-buddhist-nu-thai', 'September 10, 2012'],
  ];

  it.each(rows)(
    'of a text in %s for %j and %j is in %s',
    (locale, requestedTags, audience, tag, text) => {
      const tags = [requestedTags, audience].map((list) => list.split(' ').filter(Boolean));
      const found = regionalTag(locale, tags[0] ?? [], tags[1] ?? []);
      expect([found, dateText('2012-09-10', found)]).toEqual([tag, text]);
    },
  );

  it.each([
    ['fr', '1er mai 2023'],
    ['fr-CA', '1er mai 2023'],
    ['fr-HT', '1er mai 2023'],
    ['fr-CH', '1er mai 2023'],
    ['fr-u-ca-buddhist-nu-thai', '1er mai 2023'],
    ['pt', '1º de maio de 2023'],
    ['pt-BR', '1º de maio de 2023'],
    ['pt-PT', '1 de maio de 2023'],
    ['pt-AO', '1 de maio de 2023'],
    ['pt-MZ', '1 de maio de 2023'],
    ['es', '1.º de mayo de 2023'],
    ['es-419', '1.º de mayo de 2023'],
    ['es-MX', '1.º de mayo de 2023'],
    ['es-US', '1.º de mayo de 2023'],
    ['es-ES', '1 de mayo de 2023'],
    ['en', 'May 1, 2023'],
    ['en-JM', '1 May 2023'],
  ])('on the first of a month in %s: %s', (tag, text) => {
    expect(dateText('2023-05-01', tag)).toBe(text);
    // No other day of the month is an ordinal.
    for (const day of ['02', '10', '11', '21', '31']) {
      expect(dateText(`2023-05-${day}`, tag)).not.toMatch(/er|º/);
    }
  });

  it.each(MONTHS)('of the first of month %s', (month, french, portuguese) => {
    expect(dateText(`2024-${month}-01`, 'fr-CA')).toBe(`1er ${french} 2024`);
    expect(dateText(`2024-${month}-01`, 'pt-BR')).toBe(`1º de ${portuguese} de 2024`);
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
    ['EN', [], ['nl-SR'], 'en-SR'],
    ['EN', [], ['pt-BR'], 'en'],
    ['PT', [], ['en-JM'], 'pt'],
  ] as const)('of a text in %s requested as %j by an audience with %j is %s', (...row) => {
    const [locale, requested, audience, expected] = row;
    expect(regionalTag(locale, requested, audience)).toBe(expected);
  });
});
