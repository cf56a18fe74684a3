import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { saveTopic } from '../../src/features/audience/index.js';
import { withTransaction } from '../../src/platform/db/index.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { getPage, hrefOf } from '../support/site.js';
import { Staff } from '../support/staff.js';

const SITE = 'https://press.example';

let gateway: TestApp;
let staff: Staff;

beforeAll(async () => {
  gateway = await createTestApp({
    pages: true,
    site: { publicUrl: `${SITE}/news`, releaseUrl: '{PUBLIC_URL}/{lang}/{slug}' },
    responseCache: { maxBytes: 2 ** 24, maxAge: 1 },
  });
  staff = new Staff(gateway.database);
  await withTransaction(gateway.database.dataSource, async (manager) => {
    await saveTopic(manager, 'education', { EN: 'Education', FR: 'Éducation' });
  });
  await gateway.given(
    aRelease('101/20')
      .about('education')
      .mentioning('HT')
      .in('ES', { title: 'Título </script> uno', body: ['Un **párrafo**.'] })
      .in('EN', { title: 'Title one', body: ['A paragraph.'] })
      .published(),
    aRelease('102/20').in('EN').in('FR').published().retracted(),
    aRelease('103/20').in('EN').in('FR'),
    aRelease('104/20')
      .in('EN', { title: 'First title', body: ['One.'] })
      .in('FR', { title: 'Premier titre', body: ['Un.'] })
      .published()
      .in('FR', { title: 'Second titre', body: ['Un.'] })
      .published(),
  );
});
afterAll(() => gateway.close());

const ES = '/es/101-20-titulo-script-uno';
const EN = '/en/101-20-title-one';
const FR = '/fr/101-20-titulo-script-uno';

describe('the page of a release', () => {
  it('has the text, its facts and its head', async () => {
    const { status, headers, html } = await getPage(gateway, EN);
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(html).toMatch(/^<!DOCTYPE html><html lang="en"/);
    expect(html).toContain('<h1>Title one</h1>');
    expect(html).toContain('<p>A paragraph.</p>');
    expect(html).toContain('E-101/20');
    expect(html).toMatch(/<time datetime="2020-05-04">May 4, 2020<\/time>/i);
    expect(html).toMatch(/"article:published_time" content="\d{4}-\d\d-\d\dT[\d:.]+Z"/);
    expect(html).toContain('href="/news/en?topic=education">Education</a>');
    expect(html).toContain('href="/news/en?state=HT">Haiti</a>');
    expect(hrefOf(html, /<link rel="canonical"[^>]*>/)).toBe(`${SITE}/news${EN}`);
    expect(hrefOf(html, /<link[^>]*hreflang="es"[^>]*>/i)).toBe(`${SITE}/news${ES}`);
    expect(hrefOf(html, /<link[^>]*hreflang="x-default"[^>]*>/i)).toBe(`${SITE}/news${ES}`);
    expect(html).not.toMatch(/<link[^>]*hreflang="fr"/i);
    expect(html).toContain(`href="${SITE}/news/feeds/en.atom"`);
    expect(html).toContain('<meta property="og:title" content="Title one"/>');
  });

  it('has its JSON-LD as a data block in which no markup can end', async () => {
    const { html } = await getPage(gateway, ES);
    const [, json = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(html) ?? [];
    expect(json).not.toContain('<');
    expect(JSON.parse(json)).toMatchObject({
      '@type': 'NewsArticle',
      headline: 'Título </script> uno',
      inLanguage: 'es',
    });
    // The other one is the file of the app.
    expect(
      html.match(/<script(?! type="module" src="\/news\/site\/[^"]*"><\/script>)/g),
    ).toHaveLength(1);
  });

  it('is the original as long as the language is missing, and says so', async () => {
    const { status, headers, html } = await getPage(gateway, FR);
    expect([status, headers['content-language']]).toEqual([200, 'fr, es']);
    expect(html).toContain('<html lang="fr"');
    expect(html).toContain('Pas encore en français. Vous lisez l’original, en espagnol.');
    expect(html).toContain('<h1 lang="es">Título &lt;/script&gt; uno</h1>');
    expect(html).toContain('<div class="');
    expect(html).toMatch(/lang="es"><p>Un <strong>párrafo<\/strong>\.<\/p>/);
    expect(hrefOf(html, /<link rel="canonical"[^>]*>/)).toBe(`${SITE}/news${ES}`);
    expect(html).not.toMatch(/<link[^>]*hreflang/i);
  });

  it('links to the other languages, and marks those that would be a fallback', async () => {
    const { html } = await getPage(gateway, EN);
    expect(html).toMatch(new RegExp(`href="/news${ES}" hreflang="es" lang="es"`, 'i'));
    expect(html).toMatch(
      new RegExp(`href="/news${FR}" hreflang="fr" lang="fr">Français</a><span[^>]*>not yet`, 'i'),
    );
  });

  it('may be stored, revalidated and requested by HEAD', async () => {
    const { headers } = await getPage(gateway, EN);
    expect(headers['cache-control']).toBe('public, max-age=1, must-revalidate');
    expect(headers.vary).toContain('Accept-Encoding');
    const etag = String(headers.etag);
    const again = await getPage(gateway, EN, { 'if-none-match': etag });
    expect([again.status, again.headers.etag, again.html]).toEqual([304, etag, '']);
    const zipped = await getPage(gateway, EN, { 'accept-encoding': 'br' });
    expect([zipped.status, zipped.headers['content-encoding']]).toEqual([200, 'br']);
    const empty = await getPage(gateway, EN, {}, 'HEAD');
    expect([empty.status, empty.headers.etag, empty.html]).toEqual([200, etag, '']);
  });

  it('allows no script but the files of this host', async () => {
    for (const path of [EN, '/en/1-nothing']) {
      const { headers } = await getPage(gateway, path);
      expect(headers['content-security-policy']).toBe(
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      );
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
  });

  it('as the readers of a state get it is not indexed', async () => {
    const { status, html } = await getPage(gateway, `${EN}?audience=ht`);
    expect(status).toBe(200);
    expect(html).toContain('As readers get it in: Haiti.');
    expect(html).toContain('<meta name="robots" content="noindex"/>');
    expect(hrefOf(html, /<link rel="canonical"[^>]*>/)).toBe(`${SITE}/news${EN}`);
  });
});

describe('an address that is not the one of the page', () => {
  it('leads to the present slug for good, if it is a former one', async () => {
    const { status, headers } = await getPage(gateway, '/fr/104-20-premier-titre');
    expect([status, headers.location]).toEqual([301, '/news/fr/104-20-second-titre']);
    expect(headers['cache-control']).toBe('no-cache');
  });

  it('leads to the slug of the language for now, if it is that of another language', async () => {
    const { status, headers } = await getPage(gateway, '/en/101-20-titulo-script-uno?utm=x');
    expect([status, headers.location]).toEqual([302, `/news${EN}`]);
    expect(headers['cache-control']).toBe('no-cache');
  });

  it('leads to that of the original for now, while the language is missing', async () => {
    const { status, headers } = await getPage(gateway, '/fr/101-20-title-one?audience=HT');
    expect([status, headers.location]).toEqual([302, `/news${FR}?audience=HT`]);
  });
});

describe('what is not public', () => {
  it('has the same page as what never was, in the language of the address', async () => {
    const paths = ['102-20-title-of-102-20-in-fr', '103-20-title-of-103-20-in-fr', '999-20-x', 'X'];
    const pages = await Promise.all(paths.map((path) => getPage(gateway, `/fr/${path}`)));
    for (const { status, headers, html } of pages) {
      expect([status, headers['cache-control']]).toEqual([404, 'no-store']);
      expect(headers['content-language']).toBe('fr');
      expect(html).toBe(pages[0]?.html);
    }
    expect(pages[0]?.html).toContain('<h1>Aucun communiqué ici</h1>');
    expect(pages[0]?.html).toContain('<meta name="robots" content="noindex"/>');
  });
});

describe('the same address while French comes, goes and comes again', () => {
  const original = '/fr/105-20-both';
  const own = '/fr/105-20-les-deux';
  const other = '/fr/105-20-tous-les-deux';

  /** The addresses and statuses on the way, at most five. */
  const follow = async (path: string, steps = 5): Promise<string[]> => {
    const { status, headers } = await getPage(gateway, path);
    const { location } = headers;
    if (location === undefined || steps === 0) return [`${path} ${status}`];
    return [`${path} ${status}`, ...(await follow(location.replace('/news', ''), steps - 1))];
  };
  /** Waits until the node has seen the change. */
  const leads = async (path: string, ...expected: string[]): Promise<void> => {
    const deadline = performance.now() + 20_000;
    let found = await follow(path);
    while (String(found) !== String(expected) && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      found = await follow(path);
    }
    expect(found).toEqual(expected);
  };
  const publishFrench = async (title: string): Promise<void> => {
    await staff.translate('105/20', 'FR', { title, body: ['y'] }, 'APPROVED');
    await staff.publish('105/20', ['FR']);
  };

  it('leads to the page at each time, without a loop', async () => {
    await gateway.given(
      aRelease('105/20')
        .in('EN', { title: 'Both', body: ['x'] })
        .published(),
    );
    await leads(original, `${original} 200`);
    expect((await getPage(gateway, original)).html).toContain('Pas encore en français.');

    await publishFrench('Les deux');
    await leads(original, `${original} 302`, `${own} 200`);
    expect((await getPage(gateway, own)).html).toContain('<h1>Les deux</h1>');

    await staff.retract('105/20', ['FR']);
    await leads(own, `${own} 302`, `${original} 200`);
    expect((await getPage(gateway, original)).html).toContain('Non disponible en français.');

    await publishFrench('Tous les deux');
    await leads(own, `${own} 301`, `${other} 200`);
    await leads(original, `${original} 302`, `${other} 200`);

    // A former slug that is the present one again.
    await publishFrench('Les deux');
    await leads(other, `${other} 301`, `${own} 200`);
    await leads(own, `${own} 200`);

    await staff.retract('105/20');
    await leads(own, `${own} 404`);
    await leads(original, `${original} 404`);
  });
});
