import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { saveTopic } from '../../src/features/audience/index.js';
import { withTransaction } from '../../src/platform/db/index.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { asLines, itemOf, itemsOf } from '../support/feed-reader.js';
import { Staff } from '../support/staff.js';

const SITE = 'https://press.example';

let gateway: TestApp;
let staff: Staff;

beforeAll(async () => {
  gateway = await createTestApp({
    site: { publicUrl: `${SITE}/api`, releaseUrl: `${SITE}/{lang}/news/{slug}` },
  });
  staff = new Staff(gateway.database);
  await withTransaction(gateway.database.dataSource, async (manager) => {
    await saveTopic(manager, 'education', { EN: 'Education', FR: 'Éducation' });
  });
  await gateway.given(
    aRelease('101/20').about('education').in('EN').in('FR').in('ES').published(),
    aRelease('102/20').in('ES').published(),
    aRelease('103/20')
      .about('education')
      .in('PT')
      .in('FR', { title: 'Titre *premier*', body: ['Un **mot**.', 'Deux.'] })
      .published(),
    aRelease('104/20').in('EN').in('FR').published().retracted('FR'),
    aRelease('105/20').in('EN').in('FR').published().retracted(),
    aRelease('106/20').in('EN').in('FR'),
  );
});
afterAll(() => gateway.close());

describe('a feed', () => {
  it('of a language has what is really published in it, newest first', async () => {
    expect(asLines(await itemsOf(gateway, 'fr'))).toEqual(['F-103/20 fr', 'F-101/20 fr']);
    expect(asLines(await itemsOf(gateway, 'es'))).toEqual(['C-102/20 es', 'C-101/20 es']);
    expect(asLines(await itemsOf(gateway, 'pt'))).toEqual(['P-103/20 pt']);
  });

  it('of an audience has everything, as the audience gets it', async () => {
    expect(asLines(await itemsOf(gateway, 'fr/HT'))).toEqual([
      'E-104/20 en*',
      'F-103/20 fr',
      'C-102/20 es*',
      'F-101/20 fr',
    ]);
    // Brazil's own chain comes after the requested language.
    expect(asLines(await itemsOf(gateway, 'es/BR'))).toContain('P-103/20 pt*');
  });

  it('gives plain titles, HTML, topics by their names and the pages of other languages', async () => {
    const item = await itemOf(gateway, 'fr', '103/20');
    expect(item).toMatchObject({
      title: 'Titre premier',
      summary: 'Un mot. Deux.',
      content_html: '<p>Un <strong>mot</strong>.</p>\n<p>Deux.</p>',
      url: `${SITE}/fr/news/103-20-titre-premier`,
      tags: ['Éducation'],
      _alternates: {
        links: [{ language: 'pt', url: `${SITE}/pt/news/103-20-title-of-103-20-in-pt` }],
      },
      _text: { is_fallback: false, freshness: 'CURRENT', origin: 'HUMAN' },
    });
  });

  it('names itself and its author in its own language', async () => {
    const reply = await fetch(new URL('/feeds/fr/HT.json', gateway.url));
    expect(reply.headers.get('content-language')).toBe('en, es, fr');
    expect(await reply.json()).toMatchObject({
      language: 'fr',
      title: 'Communiqués de presse de l’OEA en français\u00A0: Haïti',
      authors: [{ name: 'Organisation des États américains' }],
      feed_url: `${SITE}/api/feeds/fr/HT.json`,
      home_page_url: `${SITE}/`,
      _alternates: {
        links: ['en', 'es', 'pt'].map((language) => {
          return { language, url: `${SITE}/api/feeds/${language}/HT.json` };
        }),
      },
    });
  });
});

describe('what happens to a release', () => {
  it('a correction is the same entry with a later time, and comes first', async () => {
    const before = await itemOf(gateway, 'en', '101/20');
    await staff.revise(
      '101/20',
      'SUBSTANTIVE',
      { title: 'Corrected', body: ['New.', 'Two.'] },
      'APPROVED',
    );
    await staff.publish('101/20', ['EN']);
    const [after] = await itemsOf(gateway, 'en');
    expect(after).toMatchObject({ id: before.id, title: 'Corrected' });
    expect(after?.date_published).toBe(before.date_published);
    expect(after && after.date_modified > before.date_modified).toBe(true);
  });

  it('a correction of one language is no news in another, but its text is stale', async () => {
    const lines = asLines(await itemsOf(gateway, 'fr'));
    expect(lines).toEqual(['F-103/20 fr', 'F-101/20 fr']);
    expect((await itemOf(gateway, 'fr', '101/20'))._text.freshness).toBe('STALE');
  });

  it('a translation takes the place of a fallback, in the same entry', async () => {
    const before = await itemOf(gateway, 'fr/HT', '102/20');
    await staff.translate('102/20', 'FR', { title: 'Enfin', body: ['Un.', 'Deux.'] }, 'APPROVED');
    await staff.publish('102/20', ['FR']);
    const [after] = await itemsOf(gateway, 'fr/HT');
    expect(after).toMatchObject({
      id: before.id,
      title: 'Enfin',
      language: 'fr',
      date_published: before.date_published,
    });
    expect(after && after.date_modified > before.date_modified).toBe(true);
    expect(asLines(await itemsOf(gateway, 'fr'))[0]).toBe('F-102/20 fr');
    // A Spanish reader got nothing new.
    expect(asLines(await itemsOf(gateway, 'es'))).toEqual(['C-102/20 es', 'C-101/20 es']);
  });

  it('a language that is taken back is gone from its feed, and news where another text steps in', async () => {
    const before = await itemOf(gateway, 'fr/HT', '103/20');
    await staff.retract('103/20', ['FR']);
    expect(asLines(await itemsOf(gateway, 'fr'))).not.toContain('F-103/20 fr');
    const [after] = await itemsOf(gateway, 'fr/HT');
    expect(after).toMatchObject({ id: before.id, language: 'pt', _alternates: { links: [] } });
    expect(after && after.date_modified > before.date_modified).toBe(true);
  });

  it('a release that is taken back is gone from all', async () => {
    await staff.retract('103/20');
    for (const name of ['fr', 'pt', 'fr/HT', 'pt/BR']) {
      expect(asLines(await itemsOf(gateway, name)).join()).not.toContain('103/20');
    }
  });

  it('has the same entry in all three formats, and another one in each feed', async () => {
    const { id } = await itemOf(gateway, 'fr', '101/20');
    for (const format of ['atom', 'rss']) {
      const reply = await fetch(new URL(`/feeds/fr.${format}`, gateway.url));
      expect(await reply.text()).toContain(`>${id}<`);
    }
    const names = ['fr', 'en', 'fr/HT', 'fr/CA'];
    const ids = await Promise.all(names.map((name) => itemOf(gateway, name, '101/20')));
    expect(new Set(ids.map((item) => item.id)).size).toBe(names.length);
  });
});

it('a feed has the 50 newest releases, in few statements', async () => {
  const numbers = Array.from({ length: 55 }, (_, index) => `${200 + index}/20`);
  await gateway.given(...numbers.map((number) => aRelease(number).in('PT').published()));
  const items = asLines(await itemsOf(gateway, 'pt'));
  expect(items).toHaveLength(50);
  expect([items[0], items[49]]).toEqual(['P-254/20 pt', 'P-205/20 pt']);
  const before = gateway.snapshots.length;
  await itemsOf(gateway, 'pt/BR');
  expect(gateway.snapshots.slice(before).flatMap(({ log }) => log)).toHaveLength(4);
  await itemsOf(gateway, 'pt/BR');
  expect(gateway.snapshots.slice(before + 1).flatMap(({ log }) => log)).toHaveLength(2);
});
