import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parsePage, type ReleasePage } from '../../../../../src/features/import/page/parse-page.js';
import { LOCALES, type Locale } from '../../../../../src/kernel/locale.js';
import { renderInline } from '../../../../../src/kernel/rich-text/index.js';
import { htmlPage, SAMPLES, textPage } from '../../../../support/pages.js';

const utf8 = new TextEncoder();

function read(text: string, name = 'page.txt'): ReleasePage {
  const result = parsePage(utf8.encode(text), name);
  if (!result.ok) throw new Error(`${result.reason} ${JSON.stringify(result.vars)}`);
  return result.page;
}

function refusal(text: string, name = 'page.txt') {
  return parsePage(utf8.encode(text), name);
}

function plain(page: ReleasePage): string[] {
  return page.blocks.map(({ text }) => renderInline(text).plainText);
}

function dropped(page: ReleasePage): string[] {
  return page.notes.filter(({ code }) => code === 'DROPPED').map(({ original }) => original);
}

const LETTER: Record<Locale, string> = { EN: 'E', ES: 'C', FR: 'F', PT: 'P' };
const EN = SAMPLES.EN;
const english = textPage(EN);

describe.each(LOCALES)('a page in %s', (locale) => {
  const sample = SAMPLES[locale];
  const facts = {
    locale,
    reference: `${LETTER[locale]}-911/17`,
    number: '911/17',
    type: 'PRESS_RELEASE',
    date: '2017-03-01',
    summary: null,
  };

  it('is read from text, to the character', () => {
    const page = read(textPage(sample), 'a.txt');
    expect(page).toMatchObject({ ...facts, source: 'a.txt', title: sample.title });
    expect(page.blocks.every(({ kind }) => kind === 'PARAGRAPH')).toBe(true);
    expect(plain(page)).toEqual(sample.paragraphs);
    expect(dropped(page)).toEqual([...sample.headings, sample.more]);
  });

  it('is read from HTML, to the character', () => {
    const page = read(htmlPage(sample), 'a.html');
    expect(page).toMatchObject({ ...facts, title: sample.title });
    expect(plain(page)).toEqual(sample.paragraphs);
    expect(dropped(page)).toContain(sample.more);
    expect(dropped(page)).toContain('© All rights reserved.');
    expect(JSON.stringify(page)).not.toMatch(/script|steal|framed|color|evil/);
  });

  it.each<[string, (text: string) => string]>([
    ['CRLF', (text) => text.replace(/\n/g, '\r\n')],
    ['CR', (text) => text.replace(/\n/g, '\r')],
    ['a byte order mark', (text) => `\uFEFF${text}`],
    ['line feeds at the end', (text) => `${text}\n\n\n`],
    ['spaces at the ends of lines', (text) => text.replace(/\n/g, ' \t\n')],
    ['no-break spaces at the ends of lines', (text) => text.replace(/\n/g, '\u00a0\n\u00a0')],
    ['many blank lines', (text) => text.replace(/\n\n/g, '\n \n\n\t\n\n')],
    ['no blank lines', (text) => text.replace(/\n\n+/g, '\n')],
    ['a language switch', (text) => `English · Español · Français\n\n${text}`],
    ['a small label', (text) => text.replace(sample.reference, sample.reference.toLowerCase())],
  ])('is the same with %s', (_name, change) => {
    const expected = read(textPage(sample));
    const { notes } = read(change(textPage(sample)));
    expect(read(change(textPage(sample)))).toEqual({ ...expected, notes });
  });
});

describe('parsePage', () => {
  it('suggests what it does not mend', () => {
    const page = read(english.replace('floods.', 'l`eau\u00c3\u00a9  here.'));
    expect(plain(page)[0]).toContain('l`eau\u00c3\u00a9  here.');
    const suggested = page.notes.filter(({ code }) => code === 'REPAIR_SUGGESTED');
    expect(suggested).toEqual([
      { code: 'REPAIR_SUGGESTED', original: 'l`eauÃ', repaired: 'l’eauÃ', block: 0 },
      {
        code: 'REPAIR_SUGGESTED',
        original: 'l`eau\u00c3\u00a9  here.',
        repaired: 'l`eau\u00c3\u00a9 here.',
        block: 0,
      },
      {
        code: 'REPAIR_SUGGESTED',
        original: 'l`eau\u00c3\u00a9',
        repaired: 'l`eau\u00e9',
        block: 0,
      },
      { code: 'REPAIR_SUGGESTED', original: 'Belize´s', repaired: 'Belize’s', block: 1 },
    ]);
  });

  it('composes characters and reports it', () => {
    const page = read(english.replace('floods.', 'cafe\u0301s.'));
    expect(plain(page)[0]).toMatch(/cafés\.$/);
    expect(page.notes).toContainEqual({
      code: 'NFC',
      original: 'cafe\u0301s.',
      repaired: 'cafés.',
      block: 0,
    });
  });

  it('makes headings of sub-headlines and items of what follows', () => {
    const text = english
      .replace(EN.paragraphs[0] ?? '', `- First aim\n- Second aim\n\n$&`)
      .replace(EN.paragraphs[2] ?? '', `- gauges\n- sirens\n\n$&`);
    expect(
      read(text).blocks.map(({ kind, text: inline }) => `${kind} ${inline.slice(0, 10)}`),
    ).toEqual([
      'HEADING First aim',
      'HEADING Second aim',
      'PARAGRAPH The Organi',
      'PARAGRAPH Jamaica sh',
      'LIST_ITEM gauges',
      'LIST_ITEM sirens',
      'PARAGRAPH “A warning',
      'PARAGRAPH The course',
    ]);
  });

  it('preserves what resembles markup as text', () => {
    const odd = '*Stars*, [links](https://a.example), <b>tags</b> & 1. numbers_here_too';
    const page = read(english.replace(EN.title, odd).replace(EN.paragraphs[3] ?? '', `# ${odd}`));
    expect(renderInline(page.title).plainText).toBe(odd);
    expect(plain(page)[3]).toBe(`# ${odd}`);
  });

  it('joins a paragraph that is hard-wrapped, and leaves separate lines apart', () => {
    const long = EN.paragraphs[0] ?? '';
    const wrapped = long.replace(/(.{50,70})(?: |$)/g, '$1\n').trim();
    expect(wrapped).toContain('\n');
    expect(plain(read(english.replace(long, wrapped)))).toEqual(EN.paragraphs);
    const advisory =
      'WHAT: The opening of the course on flood warnings in Kingston\nWHERE: The main hall of the national library in the old town';
    expect(plain(read(english.replace(long, advisory))).slice(0, 2)).toEqual(advisory.split('\n'));
  });

  it('preserves other lines with links', () => {
    const line = 'For more information, please visit the OAS Website or call 555 0100.';
    const page = read(english.replace(EN.more, line));
    expect(plain(page).at(-1)).toBe(line);
  });

  it.each([
    ['For more information, please visit the OAS Website at.'],
    ['For more information, visit the OAS website at https://www.oas.org/en/'],
    ['Para mayor información, por favor visite el sitio Web de la OEA: www.oas.org.'],
  ])('drops %s', (line) => {
    const page = read(english.replace(EN.more, line));
    expect(plain(page)).toEqual(EN.paragraphs);
    expect(dropped(page)).toContain(line);
  });

  it.each([
    ['AVI-127/13', 'ADVISORY', 'AVI-127/13', 'EN'],
    ['FNE-4622', 'PHOTO_NEWS', 'FNE-4622', 'EN'],
    ['FNF-21184', 'PHOTO_NEWS', 'FNF-21184', 'FR'],
    ['17-0031', 'SPEECH', '17-0031', 'EN'],
    ['E-0911/17', 'PRESS_RELEASE', '0911/17', 'EN'],
    ['e-911%2F17', 'PRESS_RELEASE', '911/17', 'EN'],
    ['P\u2011911/17', 'PRESS_RELEASE', '911/17', 'PT'],
  ])('reads the reference %s', (code, type, number, locale) => {
    const page = read(english.replace('E-911/17', code));
    expect(page).toMatchObject({ type, number, locale });
  });

  it.each(LOCALES)('determines %s where the reference does not', (locale) => {
    const text = textPage(SAMPLES[locale]).replace(/[ECFP]-911\/17/, 'FNE-4622');
    expect(read(text)).toMatchObject({ locale, type: 'PHOTO_NEWS' });
  });

  it('notes what does not agree', () => {
    const french = textPage(SAMPLES.FR).replace('1er mars 2017', 'March 1, 2016');
    expect(read(french).notes.map(({ code, original }) => `${code} ${original}`)).toEqual(
      expect.arrayContaining(['LOCALE_DIFFERS 2016-03-01', 'YEAR_DIFFERS F-911/17']),
    );
    const wrongLetter = textPage(SAMPLES.ES).replace('C-911', 'E-911');
    expect(read(wrongLetter)).toMatchObject({ locale: 'EN' });
    expect(read(wrongLetter).notes.map(({ code }) => code)).toContain('LOCALE_DIFFERS');
  });

  it.each([
    ['September 10, 2012', '2012-09-10'],
    ['september 10 2012', '2012-09-10'],
    ['10 September 2012', '2012-09-10'],
    ['Monday, September 10th, 2012', '2012-09-10'],
    ['27 de septiembre de 2012', '2012-09-27'],
    ['27 de setiembre del 2012', '2012-09-27'],
    ['lunes, 1º de octubre de 2012', '2012-10-01'],
    ['12 février 2014', '2014-02-12'],
    ['Le 1er août 2014', '2014-08-01'],
    ['1 mars 2017', '2017-03-01'],
    ['mercredi 29 février 2012', '2012-02-29'],
    ['10 de setembro de 2012.', '2012-09-10'],
    ['segunda-feira, 1.º de março de 2012', '2012-03-01'],
    ['1o de maio de 2012', '2012-05-01'],
    ['31/12/2012', '2012-12-31'],
    ['12/31/2012', '2012-12-31'],
    ['05/05/2012', '2012-05-05'],
    ['2012-09-10', '2012-09-10'],
  ])('reads the date %s', (line, date) => {
    expect(read(english.replace(EN.date, line))).toMatchObject({ date });
  });

  it.each([
    [
      'DATE_IMPOSSIBLE',
      { date: 'February 31, 2017' },
      english.replace(EN.date, 'February 31, 2017'),
    ],
    [
      'DATE_IMPOSSIBLE',
      { date: '29 de febrero de 2017' },
      english.replace(EN.date, '29 de febrero de 2017'),
    ],
    ['DATE_IMPOSSIBLE', { date: '2017-13-01' }, english.replace(EN.date, '2017-13-01')],
    ['DATE_AMBIGUOUS', { date: '03/01/2017' }, english.replace(EN.date, '03/01/2017')],
    ['DATE_MISSING', {}, english.replace(EN.date, '')],
    ['REFERENCE_MISSING', {}, english.replace(EN.reference, '')],
    ['REFERENCE_MISSING', {}, english.replace('E-911/17', 'X-911/17')],
    ['REFERENCE_MISSING', {}, english.replace('E-911/17', '911/17')],
    ['REFERENCE_MISSING', {}, ''],
    [
      'REFERENCE_AMBIGUOUS',
      { references: 'E-910/17, E-911/17' },
      english.replace(EN.reference, 'Reference: E-910/17\n\n$&'),
    ],
    ['TITLE_MISSING', {}, `Media Center\n\n${EN.date}\n\n${EN.reference}`],
    ['BODY_EMPTY', {}, `${EN.title}\n\n${EN.date}\n\n${EN.more}\n\n${EN.reference}`],
    ['TEXT_TOO_LONG', { member: 'title' }, english.replace(EN.title, 'a'.repeat(1_001))],
    [
      'TEXT_TOO_LONG',
      { member: 'body.3' },
      english.replace(EN.paragraphs[3] ?? '', 'ab '.repeat(10_000)),
    ],
    [
      'LOCALE_UNCLEAR',
      { reference: 'FNE-1' },
      `Kingston\n\n${EN.date}\n\nJamaica.\n\nReference: FNE-1`,
    ],
    ['FILE_BINARY', {}, english.replace('week', 'we\0ek')],
    ['FILE_BINARY', {}, english.replace('week', 'we\u0007ek')],
    ['FILE_TOO_LARGE', { megabytes: 2 }, english + ' '.repeat(2 * 1024 * 1024)],
  ])('refuses %s %j', (reason, vars, text) => {
    expect(refusal(text, 'odd.txt')).toEqual({ ok: false, name: 'odd.txt', reason, vars });
  });
});

describe('whatever a paragraph holds', () => {
  const odd = fc.string({
    unit: fc.constantFrom(
      ...'ab é´`*_[]()<>&#;!\\-+1./"“”|~=:\u00a0\u202f\u2011日'.split(''),
      '&amp;',
      '](',
      '  ',
    ),
    minLength: 5,
    maxLength: 60,
  });
  const paragraph = odd.map((text) => `Jamaica ${text.trim()}.`);
  const paragraphs = fc.array(paragraph, { minLength: 1, maxLength: 5 });

  it('text is preserved to the character', () => {
    fc.assert(
      fc.property(paragraphs, (texts) => {
        expect(plain(read(textPage({ ...EN, paragraphs: texts })))).toEqual(texts);
      }),
      { numRuns: 150 },
    );
  });

  it('HTML is preserved to the character, except white space, which is one space', () => {
    const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
    const tags = fc.constantFrom('b', 'i', 'span', 'font', 'em');
    fc.assert(
      fc.property(paragraphs, tags, (texts, tag) => {
        const body = texts.map((text) => {
          const [first = '', ...rest] = escaped(text).split(' ');
          return `<p>${first} <${tag}>${rest.join(' ')}</${tag}></p>`;
        });
        const html = `<h1>T</h1><p>${EN.date}</p>${body.join('')}<p>${EN.reference}</p>`;
        expect(plain(read(html, 'a.html'))).toEqual(texts.map((text) => text.replace(/ +/g, ' ')));
      }),
      { numRuns: 150 },
    );
  });
});

describe('long runs of one character', () => {
  it.each([' ', '\t', '\u00a0', '\\', '*', '"', '.', '[', 'a', '\n', '- ', '`', '´a'])(
    '%j',
    (run) => {
      const long = run.repeat(200_000 / run.length);
      const start = performance.now();
      for (const name of ['a.txt', 'a.html']) {
        expect(typeof refusal(english.replace('week', `<b>a${long}b</b>`), name).ok).toBe(
          'boolean',
        );
        expect(typeof refusal(english.replace('OAS and', `a${long}b`), name).ok).toBe('boolean');
      }
      expect(performance.now() - start).toBeLessThan(10_000);
    },
  );
});

describe('encodings', () => {
  const spanish = SAMPLES.ES;
  const latin = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

  it('reads windows-1252 where the page declares it', () => {
    const html = htmlPage({ ...spanish, paragraphs: ['El ni\u00f1o dijo: \u0093s\u00ed\u0094.'] });
    const declared = html.replace('<head>', '<head><meta charset="ISO-8859-1">');
    const result = parsePage(latin(declared), 'a.htm');
    expect(result.ok && plain(result.page)).toEqual(['El niño dijo: “sí”.']);
  });

  it.each([
    ['FILE_BINARY', htmlPage(spanish)],
    ['FILE_BINARY', `<meta charset=utf-8>${htmlPage(spanish)}`],
    [
      'FILE_ENCODING_UNKNOWN',
      `<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">${htmlPage(spanish)}`,
    ],
  ])('refuses bytes that are no UTF-8: %s', (reason, html) => {
    expect(parsePage(latin(html), 'a.html')).toMatchObject({ ok: false, reason });
  });

  it('reads UTF-16 with its mark, and refuses it without', () => {
    const bytes = new Uint8Array(Buffer.from(`\uFEFF${textPage(spanish)}`, 'utf16le'));
    const result = parsePage(bytes, 'a.txt');
    expect(result.ok && plain(result.page)).toEqual(spanish.paragraphs);
    expect(parsePage(bytes.subarray(2), 'a.txt')).toMatchObject({ reason: 'FILE_BINARY' });
    expect(parsePage(bytes.subarray(0, bytes.length - 1), 'a.txt')).toMatchObject({
      reason: 'FILE_BINARY',
    });
  });
});
