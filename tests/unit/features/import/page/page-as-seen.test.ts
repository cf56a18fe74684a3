import { describe, expect, it } from '@jest/globals';
import { readEmbargo } from '../../../../../src/features/import/page/embargo.js';
import { damageIn } from '../../../../../src/features/import/page/mojibake.js';
import { isFormula } from '../../../../../src/features/import/page/page-chrome.js';
import { readDateline, readDateLine } from '../../../../../src/features/import/page/page-date.js';
import { parsePage, type ReleasePage } from '../../../../../src/features/import/page/parse-page.js';
import { typographyOf } from '../../../../../src/features/import/page/typography.js';
import type { Locale } from '../../../../../src/kernel/locale.js';

function read(text: string, name = 'a.txt'): ReleasePage {
  const result = parsePage(new TextEncoder().encode(text), name);
  if (!result.ok) throw new Error(`${result.reason} ${JSON.stringify(result.vars)}`);
  return result.page;
}

const page = (body: string): ReleasePage =>
  read(
    `Rivers Rise\n\nMay 2, 2019\n\nThe rivers of the region rose.\n\n${body}\n\nReference: E-900/19`,
  );

const notesOf = ({ notes }: ReleasePage): string[] => {
  return notes.map(({ code, original, repaired }) => [code, original, repaired ?? ''].join('|'));
};

describe('a line that is a date', () => {
  it.each([
    ['Washington, D.C., September 10, 2012', '2012-09-10'],
    ['WASHINGTON, D.C., 10 DE SEPTIEMBRE DE 2012', '2012-09-10'],
    ['San José, Costa Rica, 5 de junio de 2013', '2013-06-05'],
    ['Port-au-Prince – le 1er mai 2013', '2013-05-01'],
    ['Brasília, 1º de maio de 2013', '2013-05-01'],
    ['Jan. 5, 2013', '2013-01-05'],
    ['10 févr. 2013', '2013-02-10'],
    ['5 ene. 2013', '2013-01-05'],
    ['3 de fev. de 2013', '2013-02-03'],
    ['Mon., Sept. 10, 2012', '2012-09-10'],
    ['Mar. 5, 2013', '2013-03-05'],
    ['1.º de mayo de 2013', '2013-05-01'],
    ['\u200e\ufeffMay 4, 2026\u200b', '2026-05-04'],
  ])('%s', (line, date) => {
    expect((readDateLine(line) ?? readDateline(line))?.date).toBe(date);
  });

  it.each([
    'September 10-12, 2012',
    'Del 10 al 12 de septiembre de 2012',
    '10 y 11 de septiembre de 2012',
    'May 4, 2026 – May 6, 2026',
    'du 10 au 12 septembre 2012',
    'Applications close on September 10, 2012',
    'The Assembly met in Cochabamba, June 5, 2012',
  ])('is not %s', (line) => {
    expect(readDateLine(line) ?? readDateline(line)).toBeNull();
  });
});

describe('an embargo', () => {
  it.each([
    ['EMBARGOED UNTIL MAY 10, 2099 AT 10:00 A.M.', '2099-05-10T14:00:00.000Z'],
    ['*** EMBARGOED UNTIL 10:00 AM EST, JANUARY 10, 2099 ***', '2099-01-10T15:00:00.000Z'],
    ['Embargoed for release until noon on May 10, 2099', '2099-05-10T16:00:00.000Z'],
    ['EMBARGADO HASTA EL 10 DE MAYO DE 2099 A LAS 10 H', '2099-05-10T14:00:00.000Z'],
    ['BAJO EMBARGO HASTA LAS 18:30 (GMT) DEL 10 DE MAYO DE 2099', '2099-05-10T18:30:00.000Z'],
    ['SOUS EMBARGO JUSQU’AU 10 MAI 2099 À 10h30', '2099-05-10T14:30:00.000Z'],
    ['EMBARGADO ATÉ 10 DE MAIO DE 2099, 10h (horário de Brasília)', '2099-05-10T13:00:00.000Z'],
    ['NOT FOR RELEASE BEFORE MAY 10, 2099', '2099-05-10T04:00:00.000Z'],
    ['EMBARGOED UNTIL THE OPENING OF THE SESSION', null],
    ['EMBARGOED UNTIL MAY 10, 2099, 10:00 Kingston time', null],
    ['HOLD FOR RELEASE', null],
    ['SOB EMBARGO', null],
  ])('%s', (line, until) => {
    const found = readEmbargo(line);
    expect(found).not.toBeNull();
    expect(found?.until?.toISOString() ?? null).toBe(until);
  });

  it.each([
    'Embargo: A History',
    'Assembly Asks for an End to the Embargo',
    'Embargo of Ships Ends',
    'Sin embargo, las aguas bajaron',
  ])('is not %s', (line) => {
    expect(readEmbargo(line)).toBeNull();
  });

  it('belongs to the page, and the next line is the title', () => {
    const found = read(
      'FOR IMMEDIATE RELEASE\n\nEMBARGOED UNTIL:\nMay 10, 2099, 9 a.m.\n\nRivers Rise\n\nMay 2, 2019\n\nThe rivers rose.\n\n###\n\nReference: E-900/19',
    );
    expect(found).toMatchObject({ title: 'Rivers Rise', date: '2019-05-02' });
    expect(found.blocks).toHaveLength(1);
    expect(found.embargo?.until?.toISOString()).toBe('2099-05-10T13:00:00.000Z');
  });
});

describe('what is for newsrooms', () => {
  it.each([
    'FOR IMMEDIATE RELEASE',
    '** For Immediate Release **',
    'PARA PUBLICACIÓN INMEDIATA',
    'POUR DIFFUSION IMMÉDIATE',
    'PARA DIVULGAÇÃO IMEDIATA',
    '###',
    '# # #',
    '-30-',
    '– FIN –',
  ])('%s', (line) => {
    expect(isFormula(line)).toBe(true);
  });

  it.each(['Fin', 'More', '30', 'For immediate release of the prisoners'])('not %s', (line) => {
    expect(isFormula(line)).toBe(false);
  });
});

describe('lines of a text page', () => {
  it.each(['* * *', '- - -', '***', '———', '_____', '• • •'])('%s is no item', (line) => {
    const found = page(`One.\n\n${line}\n\nTwo.`);
    expect(found.blocks.map(({ kind, text }) => `${kind} ${text}`).slice(1)).toEqual([
      'PARAGRAPH One.',
      'PARAGRAPH Two.',
    ]);
    expect(notesOf(found)).toContain(`SEPARATOR|${line}|`);
  });

  it('a line with an asterisk is a footnote, two are a list', () => {
    const one = page('* Provisional figures.');
    expect(one.blocks.at(-1)?.kind).toBe('PARAGRAPH');
    expect(notesOf(one)).toContain('FOOTNOTE|* Provisional figures.|');
    const two = page('* gauges\n* sirens');
    expect(two.blocks.slice(1)).toEqual([
      { kind: 'LIST_ITEM', text: 'gauges' },
      { kind: 'LIST_ITEM', text: 'sirens' },
    ]);
  });

  it('names the words that are broken at the end of a line, and joins none', () => {
    const found = page(
      'The delegates agreed that the care of rivers in the inter-Ameri-\ncan system requires the lasting commitment of all of the Gov-\nernments, and that what each does is to be told every year.',
    );
    expect(found.blocks.at(-1)?.text).toContain('inter-Ameri- can');
    expect(notesOf(found)).toContain('HYPHENATED|inter-Ameri- can|inter-American');
    expect(notesOf(found)).toContain('HYPHENATED|Gov- ernments|Governments');
    expect(notesOf(page('It covers pre- and postwar years.')).join()).not.toContain('HYPHENATED');
  });

  it('repairs quotation marks of windows-1252 that came in as controls, and refuses other controls', () => {
    const found = page('The Minister\u0092s \u0093words\u0094.');
    expect(found.blocks.at(-1)?.text).toBe('The Minister’s “words”.');
    expect(notesOf(found).filter((note) => note.startsWith('CHARACTERS_REPAIRED'))).toHaveLength(2);
    const bytes = new TextEncoder().encode(
      'Rivers\n\nMay 2, 2019\n\nOne \u202etwo\u202c.\n\nReference: E-900/19',
    );
    expect(parsePage(bytes, 'a.txt')).toMatchObject({
      reason: 'CHARACTER_REFUSED',
      vars: { member: 'body.0', character: 'U+202E' },
    });
  });
});

describe('lines of an HTML page', () => {
  const end = '<p>The rivers of the region rose.</p><p>Reference: E-900/19</p>';

  it.each([
    ['a break before the date', `<p><b>Rivers Rise</b><br>May 2, 2019</p>${end}`],
    ['a break within the mark', `<p><b>Rivers Rise<br>May 2, 2019</b></p>${end}`],
    ['a mark before the date', `<h1>Rivers Rise</h1><p>\u200eMay 2, 2019</p>${end}`],
    [
      'no width before the label',
      `<h1>Rivers Rise</h1><p>May 2, 2019</p>${end.replace('Ref', '\u200bRef')}`,
    ],
    [
      'a break before the label',
      `<h1>Rivers Rise</h1><p>May 2, 2019</p>${end.replace('</p><p>Ref', '<br>Ref')}`,
    ],
  ])('%s', (_name, html) => {
    const found = read(html, 'a.html');
    expect(found).toMatchObject({ title: 'Rivers Rise', date: '2019-05-02', number: '900/19' });
    expect(found.blocks.map(({ text }) => text)).toEqual(['The rivers of the region rose.']);
  });

  it('names what is hidden, struck out, nested or written out', () => {
    const found = read(
      `<h1>Rivers Rise</h1><p>May 2, 2019</p><p hidden>Draft</p><noscript>Switch on</noscript><p>One <s>two</s> 10<sup>a+b</sup>.</p><ul><li>a<ul><li>b</li></ul></li></ul>${end}`,
      'a.html',
    );
    expect(notesOf(found)).toEqual([
      'HIDDEN|Draft|',
      'HIDDEN|Switch on|',
      'STRUCK|two|',
      'SCRIPT_WRITTEN|10<sup>a+b</sup>|10^(a+b)',
      'NESTED|b|',
    ]);
  });
});

describe('damage', () => {
  it.each([
    ['misiÃ³n', 'misión'],
    ['Ã‰xito', 'Éxito'],
    ['MISIÃ“N', 'MISIÓN'],
    ['Â«CitaÂ»', '«Cita»'],
    ['20Â°C', '20°C'],
    ['lâ€™eau', 'l’eau'],
    ['misiÃƒÂ³n', 'misión'],
    ['Å“uvre', 'œuvre'],
    ['misi\ufffdn', null],
    ['misi?n', null],
    ['20Â %', null],
  ])('%s', (text, repaired) => {
    expect(damageIn(text).map((found) => found.repaired)).toEqual([repaired]);
  });

  it.each(['SÃO PAULO', '“IRMÔ', 'ÂGE', 'MAÇÃ, IRMÃ', 'a.php?id=3', '¿Qué? Sí', 'Ready?Set'])(
    'not in %s',
    (text) => {
      expect(damageIn(text).filter(({ original }) => original !== 'Ready?Set')).toEqual([]);
    },
  );
});

describe('typography', () => {
  it.each<[Locale, string, string]>([
    ['EN', 'It\'s "well" done', 'APOSTROPHES It’s, QUOTES “well”'],
    ['ES', 'Dijo "sí"', 'QUOTES «sí»'],
    ['FR', 'Il dit "oui"', 'QUOTES «\u00a0oui\u00a0»'],
    [
      'FR',
      'Quoi ? Oui; non : « bon »',
      'SPACES Quoi\u202f?, SPACES Oui\u202f;, SPACES non\u00a0:, SPACES «\u00a0bon\u00a0»',
    ],
    ['ES', '« bueno »', 'SPACES «bueno»'],
    ['PT', 'Espere...', 'ELLIPSIS Espere…'],
    ['EN', 'One -- two', 'DASHES One — two'],
    ['EN', 'Peru - Chile', 'DASHES Peru – Chile'],
  ])('%s %s', (locale, text, expected) => {
    const found = typographyOf(text, locale);
    const shown = found.map(({ code, repaired }) => `${code} ${repaired}`).sort();
    expect(shown).toEqual(expected.split(', ').sort());
  });

  it.each<[Locale, string]>([
    ['EN', '“It’s well,” he said—and left…'],
    ['FR', '«\u00a0Oui\u00a0», dit-elle\u00a0: quoi\u202f? À 10\u00a0h 30, www.oas.org/fr?x=1'],
    ['ES', '«Sí», dijo. ¿Y ahora?'],
  ])('nothing to mend: %s %s', (locale, text) => {
    expect(typographyOf(text, locale)).toEqual([]);
  });
});
