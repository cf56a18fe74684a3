import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { saveTopic } from '../../src/features/audience/index.js';
import { withTransaction } from '../../src/platform/db/index.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp();
  const names = { EN: 'Cyber security', ES: 'Ciberseguridad', FR: 'Cybersécurité' };
  await withTransaction(gateway.database.dataSource, (manager) =>
    saveTopic(manager, 'cyber-security', names),
  );
  await gateway.given(
    aRelease('305/12')
      .dated('2012-09-10')
      .about('cyber-security', 'new-and-unnamed')
      .mentioning('KN', 'US')
      .in('EN')
      .in('ES')
      .in('FR')
      .in('PT')
      .published(),
  );
});

afterAll(() => gateway.close());

const argumentsOf = (tags: string | null, audience: string | null): string => {
  const list = tags === null ? 'null' : JSON.stringify(tags.split(' ').filter(Boolean));
  return `languages: ${list}, audience: ${JSON.stringify(audience)}`;
};

describe('a date is written as in the requested region, else as where the audience lives', () => {
  const rows: [tags: string, audience: string | null, text: string][] = [
    ['fr-CA', null, '10 septembre 2012'],
    ['es-MX', null, '10 de septiembre de 2012'],
    ['es-PE', null, '10 de setiembre de 2012'],
    ['en-CA', null, 'September 10, 2012'],
    ['en-GB', null, '10 September 2012'],
    ['pt-PT', null, '10 de setembro de 2012'],
    ['', 'PE', '10 de setiembre de 2012'],
    ['', 'HT', '10 septembre 2012'],
    ['', 'BR', '10 de setembro de 2012'],
    ['', 'US', 'September 10, 2012'],
    ['', 'BB', '10 September 2012'],
    ['qu', 'PE', '10 de setiembre de 2012'],
    ['ht', null, '10 septembre 2012'],
    ['nl', 'SR', '10 September 2012'],
    ['en-029', null, '10 September 2012'],
    ['fr es-PE', 'PE', '10 septembre 2012'],
  ];

  it.each(rows)('%j for %s: %s', async (tags, audience, text) => {
    const { data } = await gateway.query(
      `{ release(number: "305/12") { localized(${argumentsOf(tags, audience)}) { dateText } } }`,
    );
    expect(data).toEqual({ release: { localized: { dateText: text } } });
  });
});

describe('a state is named as the OAS does, in other languages by CLDR', () => {
  const rows: [tags: string | null, us: string, kn: string, lang: string, isFallback: boolean][] = [
    ['en', 'United States of America', 'Saint Kitts and Nevis', 'en', false],
    ['en-JM', 'United States of America', 'Saint Kitts and Nevis', 'en', false],
    ['es', 'Estados Unidos de América', 'Saint Kitts y Nevis', 'es', false],
    ['fr', 'États-Unis d’Amérique', 'Saint-Kitts-et-Nevis', 'fr', false],
    ['fr-CA', 'États-Unis d’Amérique', 'Saint-Kitts-et-Nevis', 'fr', false],
    ['pt-PT', 'Estados Unidos da América', 'Saint Kitts e Nevis', 'pt', false],
    ['nl', 'Verenigde Staten', 'Saint Kitts en Nevis', 'nl', false],
    ['ht', 'États-Unis d’Amérique', 'Saint-Kitts-et-Nevis', 'fr', true],
    ['ht en', 'United States of America', 'Saint Kitts and Nevis', 'en', false],
    ['gn', 'Estados Unidos de América', 'Saint Kitts y Nevis', 'es', true],
    ['x-foo pt', 'Estados Unidos da América', 'Saint Kitts e Nevis', 'pt', false],
  ];

  it.each(rows)('in %s: %s, %s', async (tags, us, kn, lang, isFallback) => {
    const list = JSON.stringify(tags?.split(' '));
    const { data, headers } = await gateway.query(
      `{ release(number: "305/12") { mentions { name(languages: ${list}) { value lang dir isFallback } } } }`,
    );
    const name = { lang, dir: 'LTR', isFallback };
    expect(data).toEqual({
      release: { mentions: [{ name: { ...name, value: kn } }, { name: { ...name, value: us } }] },
    });
    expect(headers['content-language']).toBe(lang);
  });

  it('also from right to left', async () => {
    const { data } = await gateway.query(
      '{ memberState(code: "BR") { name(languages: ["ar"]) { lang dir } } }',
    );
    expect(data).toEqual({ memberState: { name: { lang: 'ar', dir: 'RTL' } } });
  });
});

describe('a topic is named in the requested language, else in that of the audience', () => {
  const rows: [directive: string, value: string, lang: string, isFallback: boolean][] = [
    ['@inContext(languages: ["fr-CA"])', 'Cybersécurité', 'fr', false],
    ['@inContext(languages: ["ht"])', 'Cybersécurité', 'fr', true],
    ['@inContext(languages: ["gn", "en"])', 'Cyber security', 'en', false],
    ['@inContext(languages: ["gn"])', 'Ciberseguridad', 'es', true],
    ['@inContext(languages: ["pt"])', 'Cyber security', 'en', true],
    ['@inContext(languages: ["pt", "es"])', 'Ciberseguridad', 'es', true],
    ['@inContext(languages: ["nl"], audience: "SR")', 'Cyber security', 'en', true],
    ['@inContext(languages: ["nl"], audience: "HT")', 'Cybersécurité', 'fr', true],
    ['@inContext(audience: "HT")', 'Cybersécurité', 'fr', false],
    ['@inContext(audience: "MX")', 'Ciberseguridad', 'es', false],
    ['@inContext(audience: "BR")', 'Cyber security', 'en', true],
    ['', 'Cyber security', 'en', false],
  ];

  it.each(rows)('%s: %s', async (directive, value, lang, isFallback) => {
    const { data } = await gateway.query(
      `query Q ${directive} { topics { slug name { value lang dir isFallback } } }`,
    );
    expect(data).toEqual({
      topics: [
        { slug: 'cyber-security', name: { value, lang, dir: 'LTR', isFallback } },
        // One that nobody has named yet is in no language at all.
        {
          slug: 'new-and-unnamed',
          name: { value: 'new-and-unnamed', lang: 'zxx', dir: 'LTR', isFallback: true },
        },
      ],
    });
  });

  it('of a release, by an argument of its own', async () => {
    const { data } = await gateway.query(
      `query @inContext(languages: ["en"]) { release(number: "305/12") {
         topics { slug fr: name(languages: ["fr"]) { value } name { value } } } }`,
    );
    const [fr, name] = [{ value: 'Cybersécurité' }, { value: 'Cyber security' }];
    const unnamed = { value: 'new-and-unnamed' };
    expect(data).toEqual({
      release: {
        topics: [
          { slug: 'cyber-security', fr, name },
          { slug: 'new-and-unnamed', fr: unnamed, name: unnamed },
        ],
      },
    });
  });
});

it('names states and topics alike for an audience that names no language', async () => {
  const { data } = await gateway.query(
    `query @inContext(audience: "HT") { memberState(code: "US") { name { value lang isFallback } }
       topics { name { lang } } }`,
  );
  expect(data).toEqual({
    memberState: { name: { value: 'États-Unis d’Amérique', lang: 'fr', isFallback: false } },
    topics: [{ name: { lang: 'fr' } }, { name: { lang: 'zxx' } }],
  });
});
