import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { LOCALES, TAG_OF } from '../../src/kernel/locale.js';
import { page, read, readText } from '../support/imported-pages.js';
import { createImporting, type Importing } from '../support/importing.js';
import { htmlPage, SAMPLES, textPage } from '../support/pages.js';

let gateway: Importing;

beforeAll(async () => {
  gateway = await createImporting();
});
afterAll(() => gateway.close());

const paragraphs = (text: { body: { blocks: readonly { plainText: string }[] } }) =>
  text.body.blocks.map(({ plainText }) => plainText);

describe('a page that is imported and published', () => {
  it('reads to the character as it was, with its facts and the states it names', async () => {
    await gateway.files({ 'E-911-17.txt': textPage(SAMPLES.EN) });
    const { ok, lines } = await gateway.import(['E-911-17.txt'], { publish: true });
    expect({ ok, lines }).toEqual({
      ok: true,
      lines: [
        'E-911-17.txt: E-911/17 imported',
        '  original in English, dated March 1, 2017',
        '  states mentioned: Belize, Haiti, Jamaica, Suriname, and United States of America',
        '  911/17: edition 1 published in English',
        '  omitted as part of the page, not of the release: Media Center · Press Release · For more information, please visit the OAS Website at www.oas.org.',
        '  left unchanged: Belize´s. Suggestion: Belize’s',
        'Import finished: 1 release imported and 1 published.',
      ],
    });
    const release = await read(gateway, '911/17', 'en');
    expect(release).toMatchObject({ date: '2017-03-01', originalLocale: 'EN', edition: 1 });
    expect(release?.mentions.map(({ code }) => code).sort()).toEqual([
      'BZ',
      'HT',
      'JM',
      'SR',
      'US',
    ]);
    const text = await readText(gateway, '911/17', 'en');
    expect(text.reference).toBe('E-911/17');
    expect(text.title.value).toBe(SAMPLES.EN.title);
    expect(paragraphs(text)).toEqual(SAMPLES.EN.paragraphs);
  });

  it.each(LOCALES)('reads the same from text and from HTML in %s', async (locale) => {
    const [text, html] = [`${locale}-text`, `${locale}-html`];
    const [asText, asHtml] = [`6${LOCALES.indexOf(locale)}1/17`, `6${LOCALES.indexOf(locale)}2/17`];
    await gateway.files({
      [`${text}.txt`]: textPage(page(locale, asText)),
      [`${html}.html`]: htmlPage(page(locale, asHtml)),
    });
    const names = [`${text}.txt`, `${html}.html`];
    expect((await gateway.import(names, { publish: true })).ok).toBe(true);
    for (const number of [asText, asHtml]) {
      const found = await readText(gateway, number, TAG_OF[locale]);
      expect(found.title).toMatchObject({ value: SAMPLES[locale].title, origin: 'ORIGINAL' });
      expect(paragraphs(found)).toEqual(SAMPLES[locale].paragraphs);
    }
  });
});

describe('the pages of one number', () => {
  const all = Object.fromEntries(LOCALES.map((l) => [`all-${l}.txt`, textPage(page(l, '700/17'))]));

  it('become one release, and the first one given is the original', async () => {
    await gateway.files(all);
    const order = ['FR', 'EN', 'PT', 'ES'].map((locale) => `all-${locale}.txt`);
    const { lines } = await gateway.import(order, { publish: true });
    expect(lines).toContain(
      '  700/17: edition 1 published in English, Spanish, French, and Portuguese',
    );
    for (const locale of LOCALES) {
      const release = await read(gateway, '700/17', TAG_OF[locale]);
      expect(release).toMatchObject({ originalLocale: 'FR', date: '2017-03-01' });
      expect(paragraphs(await readText(gateway, '700/17', TAG_OF[locale]))).toEqual(
        SAMPLES[locale].paragraphs,
      );
    }
  });

  it('have another original where it is given', async () => {
    await gateway.files({
      'e.txt': textPage(page('EN', '701/17')),
      'p.txt': textPage(page('PT', '701/17')),
    });
    await gateway.import(['e.txt', 'p.txt'], { publish: true, original: 'PT' });
    expect(await read(gateway, '701/17', 'pt')).toMatchObject({ originalLocale: 'PT' });
  });

  it('take their day from the original, and a page with another day is named', async () => {
    await gateway.files({
      'e2.txt': textPage(page('EN', '702/17')),
      'c2.txt': textPage(page('ES', '702/17', { date: '3 de marzo de 2017' })),
    });
    const { ok, lines } = await gateway.import(['e2.txt', 'c2.txt'], { publish: true });
    expect(ok).toBe(true);
    expect(lines).toContain(
      '  c2.txt: the date differs from that of the original, which prevails: 2017-03-03',
    );
    expect(await read(gateway, '702/17', 'es')).toMatchObject({ date: '2017-03-01' });
  });

  it('may come one after another: a translation alone joins its release', async () => {
    await gateway.files({
      'e3.txt': textPage(page('EN', '703/17')),
      'f3.txt': textPage(page('FR', '703/17', { date: '2 mars 2017' })),
    });
    await gateway.import(['e3.txt'], { publish: true });
    const { lines } = await gateway.import(['f3.txt'], { publish: true });
    expect(lines).toContain('  703/17: edition 2 published in French');
    const release = await read(gateway, '703/17', 'fr');
    expect(release).toMatchObject({ date: '2017-03-01', originalLocale: 'EN', edition: 2 });
    expect(lines.join('\n')).toContain(
      'differs from that of the original, which prevails: 2017-03-02',
    );
  });
});

describe('a translation', () => {
  it('is current by paragraph where its paragraphs are those of the original', async () => {
    await gateway.files({
      'e4.txt': textPage(page('EN', '704/17')),
      'f4.txt': textPage(page('FR', '704/17')),
    });
    const { documents } = await gateway.import(['e4.txt', 'f4.txt'], { publish: true, json: true });
    expect(documents.find(({ number }) => number === '704/17')).toMatchObject({ ownBody: [] });
    const [first = '', ...rest] = SAMPLES.EN.paragraphs;
    const revised = { paragraphs: [first.replace('this week', 'last week'), ...rest] };
    await gateway.files({ 'e4.txt': textPage(page('EN', '704/17', revised)) });
    await gateway.import(['e4.txt'], { publish: true });
    const french = await readText(gateway, '704/17', 'fr');
    expect(french.body.blocks.map(({ freshness }) => freshness)).toEqual([
      'STALE',
      'CURRENT',
      'CURRENT',
      'CURRENT',
    ]);
  });

  it('that merges paragraphs preserves its own, and is compared with the whole original', async () => {
    const [one = '', two = '', ...more] = SAMPLES.PT.paragraphs;
    const merged = [`${one} ${two}`, ...more];
    await gateway.files({
      'e5.txt': textPage(page('EN', '705/17')),
      'p5.txt': textPage(page('PT', '705/17', { paragraphs: merged })),
    });
    const { lines } = await gateway.import(['e5.txt', 'p5.txt'], { publish: true });
    expect(lines).toContain(
      '  Portuguese: its paragraphs do not correspond one to one to those of the original, so they are stored as its own',
    );
    expect(paragraphs(await readText(gateway, '705/17', 'pt'))).toEqual(merged);
    expect((await readText(gateway, '705/17', 'pt')).body.freshness).toBe('CURRENT');

    const [first = '', ...rest] = SAMPLES.EN.paragraphs;
    const revised = { paragraphs: [...rest.slice(0, 2), 'The course costs $2 million.', first] };
    await gateway.files({ 'e5.txt': textPage(page('EN', '705/17', revised)) });
    await gateway.import(['e5.txt'], { publish: true });
    const portuguese = await readText(gateway, '705/17', 'pt');
    expect(portuguese.title.freshness).toBe('CURRENT');
    expect(portuguese.body.freshness).toBe('STALE');
    expect(paragraphs(portuguese)).toEqual(merged);
  });
});
