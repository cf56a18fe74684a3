import { afterEach, beforeEach, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { asLines, itemsOf } from '../support/feed-reader.js';
import { createImporting, type Importing } from '../support/importing.js';

let gateway: Importing;
beforeEach(async () => {
  gateway = await createImporting();
});
afterEach(() => gateway.close());

const PAGE = `Press Release\n\nAn Old Release\n\nSeptember 10, 2012\n\nThe Secretary General said on Monday that the work of the Mission in the region is an example for all of the member states.\n\nReference: E-899/12\n`;
const START = '2012-09-10T04:00:00.000Z';

const line = (number: string, date: string, more: object = {}, text: object = {}) =>
  `${JSON.stringify({
    number,
    type: 'PRESS_RELEASE',
    date,
    ...more,
    originalLocale: 'EN',
    texts: { EN: { title: `Title of ${number}`, body: 'A paragraph.', ...text } },
  })}\n`;

interface Read {
  readonly publishedAt: string;
  readonly alternates: { publishedAt: string }[];
  readonly localized: { jsonLd: { datePublished: string; dateModified: string } };
}

async function read(number: string): Promise<Read> {
  const { data, errors } = await gateway.query<{ release: Read }>(
    `query ($number: String) { release(number: $number) { publishedAt alternates { publishedAt }
       localized(languages: ["en"]) { jsonLd } } }`,
    { variables: { number } },
  );
  expect(errors).toEqual([]);
  return data.release;
}

it('a release of the past was public on its own date; a correction preserves it', async () => {
  await gateway.given(aRelease('101/26').in('EN').published());
  await gateway.files({ 'old.txt': PAGE });
  expect((await gateway.import(['old.txt'], { publish: true })).ok).toBe(true);
  const first = await read('899/12');
  expect([first.publishedAt, first.alternates]).toEqual([START, [{ publishedAt: START }]]);
  expect(first.localized.jsonLd).toMatchObject({
    datePublished: '2012-09-10',
    dateModified: '2012-09-10',
  });
  expect(asLines(await itemsOf(gateway, 'en'))).toEqual(['E-101/26 en', 'E-899/12 en']);
  expect(asLines(await itemsOf(gateway, 'en/US'))).toEqual(['E-101/26 en', 'E-899/12 en']);
  const again = await gateway.import(['old.txt'], { publish: true, json: true });
  expect(again.documents.at(-1)).toMatchObject({ summary: { unchanged: 1, published: 0 } });

  await gateway.files({ 'old.txt': PAGE.replace('an example', 'a model') });
  await gateway.import(['old.txt'], { publish: true });
  const corrected = await read('899/12');
  expect([corrected.publishedAt, corrected.localized.jsonLd.datePublished]).toEqual([
    START,
    '2012-09-10',
  ]);
  expect(corrected.localized.jsonLd.dateModified > '2026-01').toBe(true);
  expect(asLines(await itemsOf(gateway, 'en'))).toEqual(['E-899/12 en', 'E-101/26 en']);
});

it('the file and the command override it; the future is refused by name', async () => {
  const today = new Date().toISOString().slice(0, 10);
  await gateway.files({
    'lines.jsonl':
      line('001/12', '2012-01-05', { publishedAt: '2012-01-06' }) +
      line('002/12', '2012-01-05', {}, { publishedAt: '2012-01-05T15:30:00-05:00' }) +
      line('003/12', '2012-01-05', { publishedAt: '2999-01-01' }) +
      line('004/12', '2012-01-05', { publishedAt: '2999-01-01T00:00:00Z' }) +
      line('005/12', '2012-01-05', { publishedAt: 'yesterday' }) +
      line('006/26', today),
  });
  const run = await gateway.import(['lines.jsonl'], { publish: true, json: true });
  const reasons = run.documents.flatMap(({ reason }) => (reason ? [reason] : []));
  expect(reasons).toEqual(['PUBLISHED_AT_FUTURE', 'PUBLISHED_AT_FUTURE', 'LINE_MEMBER_INVALID']);
  expect((await read('001/12')).publishedAt).toBe('2012-01-06T05:00:00.000Z');
  const instant = await read('002/12');
  expect(instant.localized.jsonLd.datePublished).toBe('2012-01-05T20:30:00.000Z');
  // What is dated today comes out with its import.
  const now = Date.parse((await read('006/26')).publishedAt);
  expect(Math.abs(Date.now() - now)).toBeLessThan(600_000);
});

it('what is there already changes by the command alone, and copies learn of it', async () => {
  await gateway.given(aRelease('007/12').in('EN').published());
  const [before] = await gateway.database.dataSource.query(
    'SELECT seq FROM published.change_log_head',
  );
  const exported = await gateway.export();
  await gateway.files({ 'out.jsonl': exported });
  const same = await gateway.import(['out.jsonl'], { publish: true, json: true });
  expect(same.documents.at(-1)).toMatchObject({ summary: { unchanged: 1 } });

  const options = { publish: true, publishedAt: '2012-02-03', json: true };
  const dry = await gateway.import(['out.jsonl'], { ...options, dryRun: true });
  expect(dry.documents.at(-1)).toMatchObject({ summary: { revised: 1 } });
  expect((await read('007/12')).publishedAt).not.toBe('2012-02-03T05:00:00.000Z');
  await gateway.import(['out.jsonl'], options);
  expect((await read('007/12')).publishedAt).toBe('2012-02-03T05:00:00.000Z');
  const [after] = await gateway.database.dataSource.query(
    'SELECT seq FROM published.change_log_head',
  );
  expect(Number(after.seq)).toBe(Number(before.seq) + 1);
  const [one, two] = await gateway.database.dataSource.query(
    'SELECT facts_digest FROM published.release_trace ORDER BY seq DESC LIMIT 2',
  );
  expect(one).not.toEqual(two);
  expect(await gateway.export()).toContain('"publishedAt":"2012-02-03"');
  const repeated = await gateway.import(['out.jsonl'], options);
  expect(repeated.documents.at(-1)).toMatchObject({ summary: { unchanged: 1, published: 0 } });
});

it('an archive leaves the newest of the feeds and the lags of parity as they were', async () => {
  await gateway.given(
    ...Array.from({ length: 3 }, (_, index) =>
      aRelease(`${101 + index}/26`)
        .in('EN')
        .in('FR')
        .published(),
    ),
  );
  const archive = Array.from({ length: 60 }, (_, index) => {
    const day = `2012-${String(1 + Math.floor(index / 28)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`;
    return line(`${201 + index}/12`, day);
  });
  await gateway.files({ 'archive.jsonl': archive.reverse().join('') });
  expect((await gateway.import(['archive.jsonl'], { publish: true })).ok).toBe(true);
  const items = asLines(await itemsOf(gateway, 'en'));
  expect(items).toHaveLength(50);
  expect(items.slice(0, 5)).toEqual([
    'E-103/26 en',
    'E-102/26 en',
    'E-101/26 en',
    'E-260/12 en',
    'E-259/12 en',
  ]);
  const { data } = await gateway.query<{
    parity: { locales: { locale: string; lagMedian: number; simultaneous: number }[] };
  }>('{ parity { locales { locale lagMedian simultaneous } } }');
  expect(data.parity.locales.find(({ locale }) => locale === 'FR')).toMatchObject({
    lagMedian: 0,
    simultaneous: 3,
  });
  expect(data.parity.locales.find(({ locale }) => locale === 'EN')?.simultaneous).toBe(3);
});
