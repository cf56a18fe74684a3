import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { saveTopic } from '../../src/features/audience/index.js';
import { withTransaction } from '../../src/platform/db/index.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { getPage, hrefOf } from '../support/site.js';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp({
    pages: true,
    responseCache: { maxBytes: 2 ** 24, maxAge: 1 },
  });
  await withTransaction(gateway.database.dataSource, async (manager) => {
    await saveTopic(manager, 'education', { EN: 'Education', FR: 'Éducation' });
  });
  await gateway.given(
    ...Array.from({ length: 45 }, (_, index) => {
      const day = String((index % 28) + 1).padStart(2, '0');
      const month = index < 28 ? '01' : '02';
      return aRelease(`${200 + index}/19`)
        .dated(`2019-${month}-${day}`)
        .in('EN')
        .published();
    }),
    aRelease('101/20')
      .dated('2020-05-01')
      .about('education')
      .mentioning('HT')
      .in('EN', { title: 'Schools open again', body: ['Every school in the <north> opens.'] })
      .in('FR', { title: 'Les écoles rouvrent', body: ['Chaque école rouvre.'] })
      .published(),
    aRelease('102/20')
      .dated('2020-05-02')
      .in('ES', { title: 'Solo en español', body: ['Nada más.'] })
      .published(),
  );
});
afterAll(() => gateway.close());

const titlesIn = (html: string): string[] =>
  [...html.matchAll(/<h3[^>]*><a[^>]*>(.*?)<\/a><\/h3>/g)].map(([, title]) => title ?? '');

describe('GET /', () => {
  it.each([
    ['fr-CA, en;q=0.5', '/fr'],
    ['ht', '/fr'],
    ['es-419', '/es'],
    ['', '/en'],
  ])('leads the reader of "%s" to %s', async (languages, path) => {
    const { status, headers } = await getPage(gateway, '/', { 'accept-language': languages });
    expect([status, headers.location, headers['cache-control']]).toEqual([302, path, 'no-cache']);
    expect(headers.vary).toContain('Accept-Language');
  });
});

describe('the list', () => {
  it('is newest first, with texts of other languages marked', async () => {
    const { status, headers, html } = await getPage(gateway, '/fr');
    expect([status, headers['content-language']]).toEqual([200, 'fr, en, es']);
    expect(titlesIn(html).slice(0, 2)).toEqual(['Solo en español', 'Les écoles rouvrent']);
    expect(html).toContain('<h3 lang="es"><a href="/fr/102-20-solo-en-espanol">');
    expect(html).toContain('<li>En espagnol</li>');
    expect(html).toMatch(/<time datetime="2020-05-01">1er mai 2020<\/time>/i);
    expect(titlesIn(html)).toHaveLength(20);
  });

  it('has pages forth and back', async () => {
    const first = await getPage(gateway, '/en');
    const second = await getPage(gateway, hrefOf(first.html, /<a rel="next"[^>]*>/) ?? '');
    const third = await getPage(gateway, hrefOf(second.html, /<a rel="next"[^>]*>/) ?? '');
    const all = [first, second, third].flatMap(({ html }) => titlesIn(html));
    expect([new Set(all).size, hrefOf(third.html, /<a rel="next"[^>]*>/)]).toEqual([47, null]);
    expect(hrefOf(first.html, /<a rel="prev"[^>]*>/)).toBeNull();
    const back = await getPage(gateway, hrefOf(third.html, /<a rel="prev"[^>]*>/) ?? '');
    expect(titlesIn(back.html)).toEqual(titlesIn(second.html));
    expect(second.html).toContain('<meta name="robots" content="noindex"/>');
    expect(hrefOf(second.html, /<link rel="canonical"[^>]*>/)).toMatch(/\/en$/);
    expect(first.html).not.toContain('noindex');
    expect(hrefOf(first.html, /<link[^>]*hreflang="x-default"[^>]*>/i)).toMatch(/:\d+\/$/);
  });

  it('is searched, and marks what matches', async () => {
    const { html } = await getPage(gateway, '/en?q=school');
    expect(titlesIn(html)).toEqual(['<mark>Schools</mark> open again']);
    expect(html).toContain('Every <mark>school</mark> in the &lt;north&gt; opens.');
    expect(html).toContain('1 result for “school”');
    expect(html).toMatch(/<input id="q"[^>]*value="school"/);
  });

  it.each([
    ['topic=education', 1],
    ['state=ht', 1],
    ['year=2020', 2],
    ['type=SPEECH', 0],
    ['year=2020&topic=&q=', 2],
  ])('is filtered by %s', async (query, count) => {
    const { status, html } = await getPage(gateway, `/en?${query}`);
    expect([status, titlesIn(html).length]).toEqual([200, count]);
  });

  it('is shown as the readers of a state get it, with the availability', async () => {
    const { html } = await getPage(gateway, '/fr?audience=HT');
    expect(html).toContain('tel que le reçoit le public de cet État\u00a0: Haïti.');
    expect(html).toContain('<li>Entièrement disponible</li>');
    expect(html).toContain('<li>Disponible dans une autre langue</li>');
    expect(html).toContain('href="/fr/101-20-les-ecoles-rouvrent?audience=HT"');
    expect(html).toMatch(/<option value="HT" selected="">Haïti<\/option>/);
  });

  it('ignores unknown parameters, and has no page for impossible values', async () => {
    const plain = await getPage(gateway, '/en');
    expect((await getPage(gateway, '/en?utm_source=x')).html).toBe(plain.html);
    const impossible = [
      'audience=X',
      'state=ZZ',
      'type=NEWS',
      'year=1',
      'after=x',
      'q=a&q=b',
      'topic=A',
    ];
    for (const query of impossible) {
      const { status, html } = await getPage(gateway, `/en?${query}`);
      expect([query, status]).toEqual([query, 404]);
      expect(html).toContain('<h1>No release here</h1>');
    }
  });

  it('works where only the operations of certain clients are allowed', async () => {
    const strict = await createTestApp({
      pages: true,
      operations: { mode: 'registered', manifests: [] },
    });
    const { status } = await strict.query('{ topics { slug } }');
    expect([status, (await getPage(strict, '/en')).status]).toEqual([400, 200]);
    await strict.close();
  });
});

describe('a text of the interface', () => {
  it('that is changed is on the page at once, also on one that was cached', async () => {
    expect((await getPage(gateway, '/es')).html).toContain('Ir al contenido');
    const entry = { namespace: 'site', key: 'skip', locale: 'ES', expectedRevision: 1 };
    const { data, errors } = await gateway
      .as('ADMIN')
      .mutate<{ saveLocaleEntry: object }>(
        'mutation ($input: SaveLocaleEntryInput!) { saveLocaleEntry(input: $input) { __typename } }',
        { variables: { input: { ...entry, value: 'Saltar al contenido' } } },
      );
    expect([errors, data.saveLocaleEntry]).toEqual([[], { __typename: 'LocaleEntryPayload' }]);
    expect((await getPage(gateway, '/es')).html).toContain('Saltar al contenido');
  });
});

describe('the files of the pages', () => {
  it('have a name that changes with them, and may be stored for good', async () => {
    const { html } = await getPage(gateway, '/en');
    const path = hrefOf(html, /<link rel="stylesheet"[^>]*>/) ?? '';
    const { status, headers } = await getPage(gateway, path);
    expect([status, headers['content-type']]).toEqual([200, 'text/css; charset=utf-8']);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await getPage(gateway, '/site/../package.json')).status).toBe(404);
  });
});

describe('the page of the languages', () => {
  it('has the figures as tables and as a drawing', async () => {
    const { status, html } = await getPage(gateway, '/pt/languages');
    expect(status).toBe(200);
    expect(html).toContain('<h1 class="');
    expect(html).toContain('O que existe em cada idioma</h1>');
    expect(html.match(/<caption>/g)).toHaveLength(3);
    expect(html).toMatch(/<svg[^>]*role="img" aria-label="[^"]*janeiro de 2019[^"]*maio de 2020/);
    expect(html).toMatch(/maio de 2020<\/time><\/th><td>2<\/td><td>1<\/td><td>1<\/td><td>1<\/td>/);
    expect(html).toContain('href="/pt?audience=HT">Haiti</a>');
  });

  it('of a year has only that year', async () => {
    const { html } = await getPage(gateway, '/en/languages?year=2019');
    expect(html).not.toContain('May 2020');
    expect(html).toContain('January 2019');
  });
});
