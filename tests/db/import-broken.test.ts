import { mkdir } from 'node:fs/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { page, read } from '../support/imported-pages.js';
import { createImporting, type Importing } from '../support/importing.js';
import { htmlPage, textPage } from '../support/pages.js';

let gateway: Importing;

beforeAll(async () => {
  gateway = await createImporting();
});
afterAll(() => gateway.close());

const good = textPage(page('EN', '750/17'));
const MEGABYTE = 1024 * 1024;

const BROKEN: [
  name: string,
  content: string | Uint8Array | null,
  reason: string,
  expected: RegExp,
][] = [
  [
    'unnumbered.txt',
    good.replace(/Reference:.*$/, ''),
    'REFERENCE_MISSING',
    /reference is missing/,
  ],
  [
    'no-such-day.txt',
    good.replace('March 1', 'February 30'),
    'DATE_IMPOSSIBLE',
    /February 30, 2017/,
  ],
  ['undated.txt', good.replace(/\u00a0.*2017/, ''), 'DATE_MISSING', /date is missing/],
  ['picture.jpg', new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16]), 'FILE_BINARY', /not UTF-8 text/],
  ['latin.txt', Buffer.from(good.replace('OAS', 'OÉA'), 'latin1'), 'FILE_BINARY', /UTF-8/],
  ['empty.txt', '', 'REFERENCE_MISSING', /reference is missing/],
  ['large.txt', Buffer.alloc(50 * MEGABYTE, good), 'FILE_TOO_LARGE', /maximum is 2\u00a0MB/],
  ['nested.html', nested(100_000), 'HTML_HOSTILE', /nested too deeply/],
  ['missing.txt', null, 'FILE_UNREADABLE', /ENOENT/],
  ['folder', null, 'FILE_UNREADABLE', /EISDIR/],
];

/** Inside a page that would be sound without it. */
function nested(depth: number): string {
  const sound = htmlPage(page('EN', '750/17'));
  return sound.replace('<table>', '<div><b>'.repeat(depth) + '<table>');
}

const namesOf = () => BROKEN.map(([name]) => name);

async function writeAll(): Promise<void> {
  for (const [name, content] of BROKEN) {
    if (content !== null) await gateway.files({ [name]: content });
  }
  await mkdir(gateway.path('folder'), { recursive: true });
}

describe('broken files among good ones', () => {
  it('are refused by name with the reason, and the good ones go in', async () => {
    await writeAll();
    await gateway.files({ 'good.txt': good, 'last.txt': textPage(page('FR', '751/17')) });
    const { ok, lines } = await gateway.import(['good.txt', ...namesOf(), 'last.txt'], {
      publish: true,
    });
    expect(ok).toBe(false);
    for (const [name, , , expected] of BROKEN) {
      const line = lines.find((text) => text.startsWith(`${name}: refused. `));
      expect([name, line]).toEqual([name, expect.stringMatching(expected)]);
    }
    expect(lines.at(-1)).toBe(
      `Import finished: 2 releases imported, ${BROKEN.length} refused, and 2 published.`,
    );
    expect(await read(gateway, '750/17', 'en')).not.toBeNull();
    expect(await read(gateway, '751/17', 'fr')).not.toBeNull();
  });

  it('are refused one document each with --json', async () => {
    await writeAll();
    const { documents } = await gateway.import(namesOf(), { json: true });
    expect(documents).toEqual([
      ...BROKEN.map(([source, , reason, pattern]) => {
        return { source, outcome: 'REFUSED', reason, message: expect.stringMatching(pattern) };
      }),
      {
        summary: { created: 0, revised: 0, unchanged: 0, refused: BROKEN.length, published: 0 },
        dryRun: false,
      },
    ]);
  });
});

it('reports a good file in one document, with the states and what was dropped', async () => {
  await gateway.files({ 'e.txt': textPage(page('EN', '752/17')) });
  const { ok, documents } = await gateway.import(['e.txt'], { publish: true, json: true });
  expect(ok).toBe(true);
  expect(documents).toContainEqual({
    source: 'e.txt',
    note: 'REPAIR_SUGGESTED',
    original: 'Belize´s',
    repaired: 'Belize’s',
  });
  expect(documents).toContainEqual({
    source: 'e.txt',
    number: '752/17',
    outcome: 'CREATED',
    originalLocale: 'EN',
    date: '2017-03-01',
    mentions: ['BZ', 'HT', 'JM', 'SR', 'US'],
    changed: ['EN'],
    ownBody: [],
    edition: { edition: 1, locales: ['EN'], minorDrift: [], stale: [] },
  });
  expect(documents.at(-1)).toEqual({
    summary: { created: 1, revised: 0, unchanged: 0, refused: 0, published: 1 },
    dryRun: false,
  });
});
