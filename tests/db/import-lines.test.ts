import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { read, readText } from '../support/imported-pages.js';
import { createImporting, type Importing } from '../support/importing.js';

let gateway: Importing;

beforeAll(async () => {
  gateway = await createImporting();
});
afterAll(() => gateway.close());

function release(number: string, changes: object = {}): object {
  return {
    number,
    type: 'PRESS_RELEASE',
    date: '2021-04-05',
    originalLocale: 'EN',
    audiences: [],
    topics: [],
    texts: { EN: { title: `Title of ${number}`, summary: null, body: 'The first paragraph.' } },
    ...changes,
  };
}

const line = (value: object): string => JSON.stringify(value);

async function importLines(lines: readonly (string | Buffer)[], json = false) {
  const parts = lines.flatMap((part) => [Buffer.from(part), Buffer.from('\n')]);
  await gateway.files({ 'a.jsonl': Buffer.concat(parts) });
  return gateway.import(['a.jsonl'], { publish: true, json });
}

describe('a line', () => {
  it('imports all that it contains, and creates a new topic', async () => {
    const { ok, lines } = await importLines([
      line(
        release('AVI-801/21', {
          type: 'ADVISORY',
          originalLocale: 'ES',
          audiences: ['HT', 'CA'],
          mentions: ['BO'],
          topics: ['reef-restoration', 'cyber-security'],
          texts: {
            ES: {
              title: 'Título',
              summary: 'Resumen.',
              body: '# Apartado\n\n> «Cita».\n\n- Punto',
            },
            PT: { title: 'Título em português', summary: null, body: 'Parágrafo.' },
          },
        }),
      ),
    ]);
    expect({ ok, lines }).toMatchObject({
      ok: true,
      lines: expect.arrayContaining([
        'a.jsonl: AVI-801/21 imported',
        '  states mentioned: Bolivia',
        '  AVI-801/21: edition 1 published in Spanish and Portuguese',
      ]),
    });
    const { data } = await gateway.query(`{ release(number: "AVI-801/21") {
      type date originalLocale audiences { code } mentions { code } topics { slug }
      localized(languages: ["es"]) { summary { value } body { blocks { kind plainText } } }
    } }`);
    expect(data).toEqual({
      release: {
        type: 'ADVISORY',
        date: '2021-04-05',
        originalLocale: 'ES',
        audiences: [{ code: 'CA' }, { code: 'HT' }],
        mentions: [{ code: 'BO' }],
        topics: expect.arrayContaining([{ slug: 'cyber-security' }, { slug: 'reef-restoration' }]),
        localized: {
          summary: { value: 'Resumen.' },
          body: {
            blocks: [
              { kind: 'HEADING', plainText: 'Apartado' },
              { kind: 'QUOTE', plainText: '«Cita».' },
              { kind: 'LIST_ITEM', plainText: 'Punto' },
            ],
          },
        },
      },
    });
  });

  it.each([
    ['absent: found in the text', undefined, ['CL', 'PE']],
    ['an empty list: none', [], []],
    ['given: those and no others', ['UY'], ['UY']],
  ])('with mentions that are %s', async (_, mentions, found) => {
    const texts = {
      EN: { title: 'On Granada', summary: null, body: 'Peru met Chile in the city of Granada.' },
    };
    const number = `81${found.length}/21`;
    await importLines([line(release(number, { mentions, texts }))]);
    const codes = (await read(gateway, number, 'en'))?.mentions.map(({ code }) => code);
    expect(codes?.sort()).toEqual(found);
  });

  it('that exists already changes nothing, and one that differs revises', async () => {
    const same = line(release('820/21'));
    await importLines([same]);
    expect((await importLines([same])).lines.at(-1)).toBe('Import finished: 1 unchanged.');
    const texts = { EN: { title: 'New', summary: null, body: 'The first paragraph.' } };
    const { lines } = await importLines([line(release('820/21', { texts, date: '2021-04-06' }))]);
    expect(lines[0]).toBe('a.jsonl: E-820/21 updated');
    expect(await read(gateway, '820/21', 'en')).toMatchObject({ date: '2021-04-06', edition: 2 });
  });
});

it('takes two lines of one number in their order', async () => {
  const lineOf = (title: string) => {
    return line(release('821/21', { texts: { EN: { title, summary: null, body: 'Text.' } } }));
  };
  const { lines } = await importLines([lineOf('One'), lineOf('Two'), lineOf('Three')]);
  expect(lines.at(-1)).toBe('Import finished: 1 release imported, 2 updated, and 3 published.');
  expect((await readText(gateway, '821/21', 'en')).title.value).toBe('Three');
});

const BROKEN: [line: string | Buffer, reason: string, expected: string][] = [
  ['not JSON', 'LINE_NOT_JSON', 'not a JSON object'],
  ['[]', 'LINE_NOT_JSON', 'not a JSON object'],
  ['{"number":"830/21"', 'LINE_NOT_JSON', 'not a JSON object'],
  [line(release('no number')), 'LINE_MEMBER_INVALID', '“number” is not valid'],
  [line(release('830/21', { date: '2021-02-30' })), 'LINE_MEMBER_INVALID', '“date” is not valid'],
  [line(release('830/21', { mentions: ['XX'] })), 'LINE_MEMBER_INVALID', '“mentions.0” is not'],
  [line(release('830/21', { mention: [] })), 'LINE_MEMBER_UNKNOWN', '“mention” is unknown'],
  [line(release('830/21', { date: undefined })), 'LINE_MEMBER_MISSING', '“date” is missing'],
  [
    line(release('830/21', { originalLocale: 'PT' })),
    'LINE_MEMBER_MISSING',
    '“texts.PT” is missing',
  ],
  [line(release('25/21')), 'LINE_NUMBER_INVALID', 'Write 025/21.'],
  [
    bodied('Text\u001d.'),
    'CHARACTER_REFUSED',
    'texts.EN.body: the text contains the character U+001D',
  ],
  [
    line(release('830/21')).replace('"date":', '"date":"2021-01-01","date":'),
    'LINE_MEMBER_TWICE',
    '“date” appears twice',
  ],
  [bodied('Text.\n\n<script>x</script>'), 'BODY_HTML', 'texts.EN.body, line 3: HTML blocks'],
  [
    Buffer.from(line(release('830/21')).replace('Title', 'Tïtle'), 'latin1'),
    'FILE_BINARY',
    'UTF-8',
  ],
  ['"'.padEnd(7_000_000, 'x'), 'LINE_TOO_LONG', 'at most 2,000,000 characters'],
  ['['.repeat(100_000), 'LINE_NOT_JSON', 'not a JSON object'],
];

function bodied(body: string): string {
  return line(release('830/21', { texts: { EN: { title: 'T', summary: null, body } } }));
}

describe('broken lines among good ones', () => {
  const all = [
    line(release('840/21')),
    '',
    ...BROKEN.map(([text]) => text),
    line(release('841/21')),
  ];

  it('are refused by their number with the reason, and the good ones go in', async () => {
    const { ok, lines } = await importLines(all);
    expect(ok).toBe(false);
    for (const [index, [, , expected]] of BROKEN.entries()) {
      const start = `a.jsonl, line ${index + 3}: refused. `;
      const reported = lines.find((text) => text.startsWith(start));
      expect([start, reported]).toEqual([start, expect.stringContaining(expected)]);
    }
    expect(await read(gateway, '840/21', 'en')).not.toBeNull();
    expect(await read(gateway, '841/21', 'en')).not.toBeNull();
    expect(await read(gateway, '830/21', 'en')).toBeNull();
  });

  it('are one document each with --json', async () => {
    const { documents } = await importLines(all, true);
    const refused = documents.filter(({ outcome }) => outcome === 'REFUSED');
    expect(refused).toEqual(
      BROKEN.map(([, reason, expected], index) => {
        const message = expect.stringContaining(expected);
        return { source: 'a.jsonl', line: index + 3, outcome: 'REFUSED', reason, message };
      }),
    );
  });
});

it('refuses a title that is too long to be indexed, and goes on', async () => {
  const wide = { EN: { title: '漢'.repeat(1_000), summary: null, body: 'Text.' } };
  const { ok, lines } = await importLines([
    line(release('850/21', { texts: wide })),
    line(release('851/21')),
  ]);
  expect(ok).toBe(false);
  expect(lines[0]).toMatch(/^a\.jsonl, line 1: refused\. texts\.EN\.title: the text is too long/);
  expect(await read(gateway, '851/21', 'en')).not.toBeNull();
});

it('reads lines as Windows writes them, with a mark at the start and none at the end', async () => {
  const text = `\uFEFF${line(release('860/21'))}\r\n\r\n${line(release('861/21'))}`;
  await gateway.files({ 'w.NDJSON': text });
  const { lines } = await gateway.import(['w.NDJSON'], { publish: true });
  expect(lines.at(-1)).toBe('Import finished: 2 releases imported and 2 published.');
});

it('names a file that is missing or has no release in it', async () => {
  await gateway.files({ 'empty.jsonl': '' });
  const { ok, lines } = await gateway.import(['missing.jsonl', 'empty.jsonl']);
  expect(ok).toBe(false);
  expect(lines[0]).toBe(
    'missing.jsonl: refused. The file cannot be read: no such file or folder (ENOENT).',
  );
  const alone = await gateway.import(['empty.jsonl']);
  expect(alone.lines).toEqual(['Import finished: there were no releases to import.']);
});

it('counts a long file instead of naming each release, and names what is refused', async () => {
  const many = Array.from({ length: 30 }, (_, index) => line(release(`${900 + index}/21`)));
  const { lines } = await importLines([...many, 'broken']);
  expect(lines.filter((text) => text.endsWith(' imported'))).toHaveLength(20);
  expect(lines).toContain('From here on, only refusals and notes are listed one by one.');
  expect(lines.at(-2)).toContain('a.jsonl, line 31: refused.');
  expect(lines.at(-1)).toBe('Import finished: 30 releases imported, 1 refused, and 30 published.');
});
