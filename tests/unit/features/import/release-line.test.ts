import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ImportedRelease } from '../../../../src/features/import/page/imported.js';
import {
  formatReleaseLine,
  MAX_LINE_LENGTH,
  parseReleaseLine,
} from '../../../../src/features/import/release-line.js';
import { LOCALES } from '../../../../src/kernel/locale.js';
import { BLOCK_KINDS, RELEASE_TYPES } from '../../../../src/kernel/release.js';

const COUNTRIES = new Set(['AR', 'BR', 'CA', 'GD', 'HT', 'US']);

const line = {
  number: '411/19',
  type: 'PRESS_RELEASE',
  date: '2019-05-02',
  originalLocale: 'PT',
  audiences: ['HT', 'BR', 'HT'],
  topics: ['water', 'health'],
  texts: {
    PT: {
      title: 'Estados reveem o plano da *água*',
      summary: null,
      body: 'O plano vale por cinco anos.\n\n## Metas\n\n- rios\n- lagos\n\n> “Vale a pena.”',
    },
    EN: { title: 'States Review the Water Plan', body: 'The plan runs for five years.' },
  },
};

function parse(value: unknown) {
  return parseReleaseLine(JSON.stringify(value), 7, COUNTRIES);
}

describe('parseReleaseLine', () => {
  it('reads a line', () => {
    expect(parse(line)).toEqual({
      ok: true,
      line: 7,
      embargo: null,
      notes: [],
      release: {
        number: '411/19',
        type: 'PRESS_RELEASE',
        date: '2019-05-02',
        originalLocale: 'PT',
        audiences: ['BR', 'HT'],
        mentions: null,
        topics: ['health', 'water'],
        texts: {
          PT: {
            title: 'Estados reveem o plano da *água*',
            summary: null,
            blocks: [
              { kind: 'PARAGRAPH', text: 'O plano vale por cinco anos.' },
              { kind: 'HEADING', text: 'Metas' },
              { kind: 'LIST_ITEM', text: 'rios' },
              { kind: 'LIST_ITEM', text: 'lagos' },
              { kind: 'QUOTE', text: '“Vale a pena.”' },
            ],
          },
          EN: {
            title: 'States Review the Water Plan',
            summary: null,
            blocks: [{ kind: 'PARAGRAPH', text: 'The plan runs for five years.' }],
          },
        },
      },
    });
  });

  it('composes characters and reports it', () => {
    const texts = { PT: { title: 'a\u0301gua', body: 'e\u0301' } };
    const result = parse({ ...line, texts });
    expect(result).toMatchObject({ ok: true, release: { texts: { PT: { title: 'água' } } } });
    expect(result.ok && result.notes).toEqual([
      { code: 'NFC', original: 'texts.PT', repaired: null, block: null },
      { code: 'NFC', original: 'texts.PT', repaired: null, block: null },
    ]);
  });

  it('preserves mentions that are given, also none', () => {
    expect(parse({ ...line, mentions: ['US', 'AR'] })).toMatchObject({
      release: { mentions: ['AR', 'US'] },
    });
    expect(parse({ ...line, mentions: [] })).toMatchObject({ release: { mentions: [] } });
  });

  it.each(['AVI-127/13', 'FNE-4622', 'FNF-21184', '12-0031', '9001/12', '10001/15'])(
    'takes the number %s',
    (number) => {
      expect(parse({ ...line, number })).toMatchObject({ ok: true, release: { number } });
    },
  );

  const pt = line.texts.PT;
  it.each([
    ['LINE_MEMBER_UNKNOWN', { member: 'titel' }, { ...line, titel: 'x' }],
    [
      'LINE_MEMBER_UNKNOWN',
      { member: 'texts.PT.boby' },
      { ...line, texts: { PT: { ...pt, boby: '' } } },
    ],
    ['LINE_MEMBER_UNKNOWN', { member: 'texts.DE' }, { ...line, texts: { PT: pt, DE: pt } }],
    ['LINE_MEMBER_MISSING', { member: 'number' }, { ...line, number: undefined }],
    ['LINE_MEMBER_MISSING', { member: 'texts' }, { ...line, texts: undefined }],
    ['LINE_MEMBER_MISSING', { member: 'texts.PT.title' }, { ...line, texts: { PT: { body: '' } } }],
    ['LINE_MEMBER_MISSING', { member: 'texts.PT' }, { ...line, texts: { EN: line.texts.EN } }],
    ['LINE_MEMBER_MISSING', { member: 'type' }, { ...line, type: undefined }],
    [
      'LINE_NUMBER_INVALID',
      { number: 'E-411/19', written: '411/19' },
      { ...line, number: 'E-411/19' },
    ],
    ['LINE_NUMBER_INVALID', { number: '25/24', written: '025/24' }, { ...line, number: '25/24' }],
    ['LINE_NUMBER_INVALID', { number: '7/2024', written: '007/24' }, { ...line, number: '7/2024' }],
    ['LINE_MEMBER_INVALID', { member: 'number' }, { ...line, number: 411 }],
    ['LINE_MEMBER_INVALID', { member: 'date' }, { ...line, date: '2019-02-30' }],
    ['LINE_MEMBER_INVALID', { member: 'date' }, { ...line, date: '2019-5-2' }],
    ['LINE_MEMBER_INVALID', { member: 'type' }, { ...line, type: 'press_release' }],
    ['LINE_MEMBER_INVALID', { member: 'originalLocale' }, { ...line, originalLocale: 'pt' }],
    ['LINE_MEMBER_INVALID', { member: 'audiences.1' }, { ...line, audiences: ['BR', 'FR'] }],
    ['LINE_MEMBER_INVALID', { member: 'mentions.0' }, { ...line, mentions: ['br'] }],
    ['LINE_MEMBER_INVALID', { member: 'topics.0' }, { ...line, topics: ['Big Water'] }],
    [
      'LINE_MEMBER_INVALID',
      { member: 'texts.PT.title' },
      { ...line, texts: { PT: { ...pt, title: ' ' } } },
    ],
    [
      'CHARACTER_REFUSED',
      { member: 'texts.PT.body', character: 'U+0000' },
      { ...line, texts: { PT: { ...pt, body: 'a\0' } } },
    ],
    [
      'CHARACTER_REFUSED',
      { member: 'texts.PT.body', character: 'U+D800' },
      { ...line, texts: { PT: { ...pt, body: '\ud800' } } },
    ],
    [
      'TEXT_TOO_LONG',
      { member: 'texts.PT.title' },
      { ...line, texts: { PT: { ...pt, title: 'a'.repeat(1_001) } } },
    ],
    [
      'BODY_TABLE',
      { member: 'texts.PT.body', line: 3 },
      { ...line, texts: { PT: { ...pt, body: 'a\n\n|b|c|\n|-|-|' } } },
    ],
    [
      'BODY_CODE',
      { member: 'texts.PT.body', line: 1 },
      { ...line, texts: { PT: { ...pt, body: '```\na' } } },
    ],
    ['LINE_NOT_JSON', {}, [line]],
    ['LINE_NOT_JSON', {}, null],
  ])('refuses %s %j', (reason, vars, value) => {
    expect(parse(value)).toEqual({ ok: false, line: 7, reason, vars });
  });

  it.each([
    [
      'LINE_MEMBER_TWICE',
      JSON.stringify(line).replace('"PT":', '"PT":{"title":"a","body":"b"},"PT":'),
    ],
    ['LINE_MEMBER_TWICE', JSON.stringify(line).replace('"title":', '"\\u0074itle":"a","title":')],
    ['LINE_NOT_JSON', '{"number":'],
    ['LINE_NOT_JSON', ''],
    ['LINE_MEMBER_UNKNOWN', JSON.stringify(line).replace('{', '{"__proto__":{"type":"SPEECH"},')],
    ['LINE_TOO_LONG', ' '.repeat(MAX_LINE_LENGTH + 1)],
    ['LINE_NOT_JSON', '['.repeat(1_000_000)],
  ])('refuses %s', (reason, text) => {
    expect(parseReleaseLine(text, 1, COUNTRIES)).toMatchObject({ ok: false, line: 1, reason });
  });
});

describe('formatReleaseLine', () => {
  const words = fc.string({
    unit: fc.constantFrom(...'ab é*_#->`[]\\\n\u00a0“'),
    minLength: 1,
    maxLength: 12,
  });
  const inline = words.map((text) => `a${text}`);
  const text = fc.record({
    title: inline,
    summary: fc.option(inline),
    blocks: fc.array(fc.record({ kind: fc.constantFrom(...BLOCK_KINDS), text: inline }), {
      maxLength: 5,
    }),
  });
  const states = fc.array(fc.constantFrom(...COUNTRIES));
  const release: fc.Arbitrary<ImportedRelease> = fc.record({
    number: fc.constantFrom('001/12', 'AVI-127/13', 'FNE-1'),
    type: fc.constantFrom(...RELEASE_TYPES),
    date: fc.constantFrom('2012-02-29', '2019-05-02'),
    originalLocale: fc.constant('FR' as const),
    audiences: states,
    mentions: fc.option(states),
    topics: fc.array(fc.constantFrom('b', 'a', 'c-d')),
    texts: fc.record({ EN: text, ES: text, PT: text, FR: text }, { requiredKeys: ['FR'] }),
  });

  it('writes what it reads as the same bytes', () => {
    fc.assert(
      fc.property(release, (value) => {
        const written = formatReleaseLine(value);
        const read = parseReleaseLine(written, 1, COUNTRIES);
        expect(read.ok && formatReleaseLine(read.release)).toBe(written);
      }),
      { numRuns: 150 },
    );
  });

  it('has one order whatever order it is given', () => {
    const shuffled = {
      texts: { EN: line.texts.EN, PT: { body: pt().body, title: pt().title } },
      topics: ['health', 'water'],
      audiences: ['BR', 'HT'],
      originalLocale: 'PT',
      date: line.date,
      number: line.number,
      type: line.type,
    };
    const [a, b] = [parse(line), parse(shuffled)];
    expect(a.ok && b.ok && formatReleaseLine(a.release) === formatReleaseLine(b.release)).toBe(
      true,
    );
    expect(a.ok && Object.keys(JSON.parse(formatReleaseLine(a.release)).texts)).toEqual(
      LOCALES.filter((locale) => locale === 'EN' || locale === 'PT'),
    );
  });

  function pt() {
    return line.texts.PT;
  }
});
