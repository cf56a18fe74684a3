import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { Locale } from '../../src/kernel/locale.js';
import { page, read, readText } from '../support/imported-pages.js';
import { createImporting, type Importing } from '../support/importing.js';
import { Staff } from '../support/staff.js';
import { SAMPLES, type SamplePage, textPage } from '../support/pages.js';

let gateway: Importing;
let staff: Staff;

beforeAll(async () => {
  gateway = await createImporting();
  staff = new Staff(gateway.database);
});
afterAll(() => gateway.close());

/** Imports and publishes pages of one number, in one call. */
async function bring(
  number: string,
  pages: Partial<Record<Locale, Partial<Omit<SamplePage, 'reference'>>>>,
  options: { publish?: boolean; force?: boolean; dryRun?: boolean; original?: Locale } = {},
) {
  const locales = Object.keys(pages) as Locale[];
  const names = locales.map((locale) => `${number.replace('/', '-')}-${locale}.txt`);
  for (const [index, locale] of locales.entries()) {
    await gateway.files({ [names[index] ?? '']: textPage(page(locale, number, pages[locale])) });
  }
  return gateway.import(names, { publish: true, ...options });
}

/** Everything that is written down of releases, and how often. */
async function history(): Promise<unknown> {
  const count = (table: string) => `(SELECT count(*) FROM ${table})`;
  const [row] = await gateway.database.dataSource.query<unknown[]>(
    `SELECT ${count('authoring.translation_revision')} AS revisions,
            ${count('authoring.source_version')} AS sources,
            ${count('authoring.edition')} AS editions,
            ${count('published.change_log')} AS changes,
            (SELECT sum(revision) FROM authoring.release) AS facts`,
  );
  return row;
}

const [first = '', second = '', third = '', last = ''] = SAMPLES.EN.paragraphs;
const NEW_FIGURE = [first, second, third, last.replace('$1.5', '$1.8')];
const NEW_COMMA = [first.replace('this week opened', 'this week, opened'), second, third, last];

describe('the same files again', () => {
  it('change nothing, alone or together', async () => {
    const pages = { EN: {}, FR: {}, PT: { paragraphs: [SAMPLES.PT.paragraphs.join(' ')] } };
    await bring('720/17', pages);
    const before = await history();
    for (const again of [pages, { FR: {} }, { PT: pages.PT }, { EN: {} }]) {
      const { ok, lines } = await bring('720/17', again);
      expect(ok).toBe(true);
      expect(lines.at(-1)).toBe('Import finished: 1 unchanged.');
    }
    expect(await history()).toEqual(before);
  });

  it('publish what was imported before without being published', async () => {
    await bring('721/17', { EN: {} }, { publish: false });
    expect(await read(gateway, '721/17', 'en')).toBeNull();
    const { lines } = await bring('721/17', { EN: {} });
    expect(lines.at(-1)).toBe('Import finished: 1 unchanged and 1 published.');
    expect(await read(gateway, '721/17', 'en')).toMatchObject({ edition: 1 });
  });
});

describe('a changed file', () => {
  it('makes a new edition, in which the translations are out of date and otherwise the same', async () => {
    await bring('722/17', { EN: {}, ES: {} });
    const { lines } = await bring('722/17', { EN: { paragraphs: NEW_FIGURE } });
    expect(lines).toEqual(
      expect.arrayContaining([
        '722-17-EN.txt: E-722/17 updated',
        '  722/17: edition 2 published in English',
        '  Spanish: out of date, because the original has changed',
      ]),
    );
    const spanish = await readText(gateway, '722/17', 'es');
    expect(spanish.body.blocks.map(({ freshness }) => freshness)).toEqual([
      'CURRENT',
      'CURRENT',
      'CURRENT',
      'STALE',
    ]);
    expect(spanish.title.freshness).toBe('CURRENT');
    expect(spanish.body.blocks.map(({ plainText }) => plainText)).toEqual(SAMPLES.ES.paragraphs);
  });

  it('is a minor change where only the typography is another', async () => {
    await bring('723/17', { EN: {}, FR: {} });
    const { lines } = await bring('723/17', { EN: { paragraphs: NEW_COMMA } });
    expect(lines).toContain('  French: does not yet include a minor change to the original');
    const french = await readText(gateway, '723/17', 'fr');
    expect(french.body.freshness).toBe('MINOR_DRIFT');
    expect(french.body.blocks[0]?.freshness).toBe('MINOR_DRIFT');
  });

  it('waits for readers without --publish', async () => {
    await bring('724/17', { EN: {} });
    const { lines } = await bring('724/17', { EN: { title: 'Another Title' } }, { publish: false });
    expect(lines).toContain('724-17-EN.txt: E-724/17 updated');
    expect((await readText(gateway, '724/17', 'en')).title.value).toBe(SAMPLES.EN.title);
  });

  it('brings a new date, a new title and its new address', async () => {
    await bring('725/17', { EN: {} });
    await bring('725/17', { EN: { date: 'March 2, 2017', title: 'Course on Floods Opens' } });
    expect(await read(gateway, '725/17', 'en')).toMatchObject({
      date: '2017-03-02',
      edition: 2,
      localized: { title: { value: 'Course on Floods Opens' } },
    });
  });

  it('that catches up with the original is current again', async () => {
    await bring('726/17', { EN: {}, ES: {} });
    await bring('726/17', { EN: { paragraphs: NEW_FIGURE } });
    const caughtUp = SAMPLES.ES.paragraphs.map((text) => text.replace('1,5', '1,8'));
    const { lines } = await bring('726/17', { ES: { paragraphs: caughtUp } });
    expect(lines).toContain('  726/17: edition 3 published in Spanish');
    expect((await readText(gateway, '726/17', 'es')).body.freshness).toBe('CURRENT');
  });
});

describe('a text that staff have edited since', () => {
  const edited = { title: 'De la main de la rédaction', body: SAMPLES.FR.paragraphs };

  it('is refused by name, and the other languages go in', async () => {
    await bring('727/17', { EN: {}, FR: {}, ES: {} });
    await staff.translate('727/17', 'FR', edited, 'APPROVED');
    const { ok, lines } = await bring('727/17', {
      FR: { title: 'Autre titre' },
      ES: { title: 'Otro título' },
    });
    expect(ok).toBe(false);
    expect(lines).toContain(
      '727-17-FR.txt: refused. Staff have edited F-727/17 since its last import. To replace it anyway, use --force.',
    );
    expect((await readText(gateway, '727/17', 'es')).title.value).toBe('Otro título');
    expect((await readText(gateway, '727/17', 'fr')).title.value).toBe(SAMPLES.FR.title);
  });

  it('is replaced by --force, and is then an imported one again', async () => {
    await bring('728/17', { EN: {}, FR: {} });
    await staff.translate('728/17', 'FR', edited, 'APPROVED');
    const changes = { FR: { title: 'Titre forcé' } };
    expect((await bring('728/17', changes, { force: true })).ok).toBe(true);
    expect((await readText(gateway, '728/17', 'fr')).title.value).toBe('Titre forcé');
    expect((await bring('728/17', { FR: { title: 'Encore un' } })).ok).toBe(true);
  });

  it('is refused where it is the original, whose facts stay as well', async () => {
    await bring('729/17', { EN: {}, ES: {} });
    await staff.revise('729/17', 'SUBSTANTIVE', { title: 'By Staff', body: SAMPLES.EN.paragraphs });
    const { ok } = await bring('729/17', {
      EN: { title: 'By Import', date: 'March 9, 2017' },
      ES: { title: 'Otro título' },
    });
    expect(ok).toBe(false);
    const release = await read(gateway, '729/17', 'es');
    expect(release).toMatchObject({
      date: '2017-03-01',
      localized: { title: { value: 'Otro título' } },
    });
  });
});

describe('a trial run', () => {
  it('reports what would happen and saves nothing', async () => {
    await bring('730/17', { EN: {} });
    const before = await history();
    const trial = { dryRun: true };
    const revised = await bring('730/17', { EN: { paragraphs: NEW_FIGURE } }, trial);
    const created = await bring('731/17', { EN: {}, FR: {} }, trial);
    expect(revised.lines[0]).toBe('Dry run: nothing is saved. This is what would happen:');
    expect(revised.lines).toContain('730-17-EN.txt: E-730/17 updated');
    expect(created.lines).toContain('  731/17: edition 1 published in English and French');
    expect(await history()).toEqual(before);
  });
});

describe('the language of the original', () => {
  it.each<[string, Parameters<typeof bring>[2], string]>([
    ['cannot be changed', { original: 'FR' }, 'in another language (EN)'],
    ['need not be stated for a release that is there', {}, ''],
  ])('%s', async (_, options, reason) => {
    await bring('732/17', { EN: {} });
    const { ok, lines } = await bring('732/17', { FR: {} }, options);
    expect(ok).toBe(reason === '');
    expect(lines.join('\n')).toContain(reason);
  });

  it('must be among the files of a release that is new', async () => {
    const { ok, lines } = await bring('733/17', { EN: {}, ES: {} }, { original: 'PT' });
    expect(ok).toBe(false);
    expect(lines[0]).toMatch(/^733-17-EN\.txt, 733-17-ES\.txt: refused\. .*\(PT\) is missing/);
  });

  it('is given once: two files with the same text are refused, and the others go in', async () => {
    await gateway.files({
      'twice-1.txt': textPage(page('EN', '734/17')),
      'twice-2.txt': textPage(page('EN', '734/17', { title: 'Another' })),
      'once.txt': textPage(page('EN', '735/17')),
    });
    const names = ['twice-1.txt', 'once.txt', 'twice-2.txt'];
    const { ok, lines } = await gateway.import(names, { publish: true });
    expect(ok).toBe(false);
    expect(lines[0]).toContain('E-734/17 appears twice: it is also in twice-1.txt.');
    expect(await read(gateway, '734/17', 'en')).toBeNull();
    expect(await read(gateway, '735/17', 'en')).not.toBeNull();
  });
});

describe('what staff have taken back', () => {
  it('does not come out again by an import, unless it is forced', async () => {
    await bring('740/17', { EN: {}, FR: {}, ES: {} });
    await staff.retract('740/17', ['FR']);
    const { ok, lines } = await bring('740/17', { EN: {}, FR: {}, ES: { title: 'Otro título' } });
    expect(ok).toBe(false);
    expect(lines).toContain(
      '740-17-FR.txt: refused. F-740/17 has been retracted since it was published. To publish it again anyway, use --force.',
    );
    expect((await read(gateway, '740/17', 'fr'))?.localized).toBeNull();
    expect((await readText(gateway, '740/17', 'es')).title.value).toBe('Otro título');
    // Without publishing, nothing prevents a text from being imported.
    expect((await bring('740/17', { FR: {} }, { publish: false })).ok).toBe(true);
    expect((await bring('740/17', { FR: {} }, { force: true })).ok).toBe(true);
    expect((await readText(gateway, '740/17', 'fr')).title.value).toBe(SAMPLES.FR.title);
  });

  it('as a whole stays away in every language', async () => {
    await bring('741/17', { EN: {}, PT: {} });
    await staff.retract('741/17', null);
    const { ok, lines } = await bring('741/17', { EN: {}, PT: {} });
    expect({ ok, refused: lines.filter((line) => line.includes('refused. ')).length }).toEqual({
      ok: false,
      refused: 2,
    });
    expect((await bring('741/17', { ES: {} })).lines[0]).toMatch(
      /^741-17-ES\.txt: refused\. 741\/17 has/,
    );
    expect(await read(gateway, '741/17', 'en')).toBeNull();
  });
});
