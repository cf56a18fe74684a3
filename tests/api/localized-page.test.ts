import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { Staff } from '../support/staff.js';

let gateway: TestApp;
let staff: Staff;

beforeAll(async () => {
  gateway = await createTestApp({
    site: { publicUrl: null, releaseUrl: 'https://news.example.org/{lang}/{slug}' },
  });
  staff = new Staff(gateway.database);
});
afterAll(() => gateway.close());

interface Page {
  readonly url: string;
  readonly publishedAt: string;
  readonly modifiedAt: string;
  readonly jsonLd?: { readonly datePublished: string; readonly dateModified: string };
}

const PAGE = 'url publishedAt modifiedAt';

async function page(number: string, language: string): Promise<Page> {
  const document = `query Q($number: String, $languages: [LanguageTag!]) { release(number: $number) {
    localized(languages: $languages, coherence: STRICT) { ${PAGE} jsonLd } } }`;
  const { data, errors } = await gateway.query<{ release: { localized: Page } }>(document, {
    variables: { number, languages: [language] },
  });
  expect(errors).toEqual([]);
  return data.release.localized;
}

/** A synchronized copy in one language. */
function copyIn(language: string) {
  const held = new Map<string, Page>();
  let since: string | null = null;
  return async (number: string): Promise<Page | undefined> => {
    const { data } = await gateway.query<{
      releaseChanges: {
        cursor: string;
        changes: { number: string; localized: Page | null }[];
      };
    }>(
      `query Q($since: String, $languages: [LanguageTag!]) {
        releaseChanges(since: $since, languages: $languages, first: 100) {
          cursor changes { number localized { ${PAGE} } } } }`,
      { variables: { since, languages: [language] } },
    );
    since = data.releaseChanges.cursor;
    for (const change of data.releaseChanges.changes) {
      if (change.localized) held.set(change.number, change.localized);
    }
    return held.get(number);
  };
}

function withoutJsonLd({ url, publishedAt, modifiedAt }: Page): Page {
  return { url, publishedAt, modifiedAt };
}

describe('url, publishedAt and modifiedAt of the locale served', () => {
  it('follow publication, translation, correction and a change that is taken back', async () => {
    await gateway.given(aRelease('701/26').in('EN', { title: 'First' }).published());
    const copy = copyIn('en');
    const first = await page('701/26', 'en');
    expect(first.url).toBe('https://news.example.org/en/701-26-first');
    expect(first.modifiedAt).toBe(first.publishedAt);
    expect(first.jsonLd).toMatchObject({
      datePublished: first.publishedAt,
      dateModified: first.modifiedAt,
    });
    expect(await copy('701/26')).toEqual(withoutJsonLd(first));

    // A translation comes out later: the original is carried over.
    await staff.translate('701/26', 'ES', { title: 'Primero' }, 'APPROVED');
    await staff.publish('701/26');
    expect(await page('701/26', 'en')).toMatchObject(withoutJsonLd(first));
    const spanish = await page('701/26', 'es');
    expect(Date.parse(spanish.publishedAt)).toBeGreaterThan(Date.parse(first.publishedAt));
    expect(spanish.modifiedAt).toBe(spanish.publishedAt);

    // A correction of the original changes its words and not those of the translation.
    await staff.revise('701/26', 'MINOR', { title: 'Second' }, 'APPROVED');
    await staff.publish('701/26');
    const second = await page('701/26', 'en');
    expect(second.url).toBe('https://news.example.org/en/701-26-second');
    expect(second.publishedAt).toBe(first.publishedAt);
    expect(Date.parse(second.modifiedAt)).toBeGreaterThan(Date.parse(spanish.publishedAt));
    expect(second.jsonLd).toMatchObject({ dateModified: second.modifiedAt });
    expect(await page('701/26', 'es')).toMatchObject(withoutJsonLd(spanish));

    // Corrected and corrected back between two visits of a copy: the words are the same, their date is not.
    expect(await copy('701/26')).toEqual(withoutJsonLd(second));
    await staff.revise('701/26', 'MINOR', { title: 'Third' }, 'APPROVED');
    await staff.publish('701/26');
    await staff.revise('701/26', 'MINOR', { title: 'Second' }, 'APPROVED');
    await staff.publish('701/26');
    const back = await page('701/26', 'en');
    expect(back.url).toBe(second.url);
    expect(Date.parse(back.modifiedAt)).toBeGreaterThan(Date.parse(second.modifiedAt));
    expect(await copy('701/26')).toEqual(withoutJsonLd(back));

    // Feeds of one language have the same dates.
    const feed = await fetch(new URL('/feeds/en.json', gateway.url));
    const { items } = (await feed.json()) as {
      items: { url: string; date_published: string; date_modified: string }[];
    };
    const item = items.find(({ url }) => url === back.url);
    expect([item?.date_published, item?.date_modified].map((at) => Date.parse(at ?? ''))).toEqual(
      [back.publishedAt, back.modifiedAt].map((at) => Date.parse(at)),
    );
  });

  it('preserve the first date, and count as modified again after a retraction', async () => {
    await gateway.given(aRelease('702/26').in('EN').in('FR').published());
    const before = await page('702/26', 'fr');
    await staff.retract('702/26', ['FR']);
    await staff.publish('702/26', ['FR']);
    const after = await page('702/26', 'fr');
    expect(after.publishedAt).toBe(before.publishedAt);
    expect(Date.parse(after.modifiedAt)).toBeGreaterThan(Date.parse(before.modifiedAt));
  });

  it('are right for rows that were written before the date was recorded', async () => {
    await gateway.given(
      aRelease('703/26')
        .in('EN', { title: 'Old' })
        .in('PT', { title: 'Antigo' })
        .published()
        .revised('MINOR', { title: 'New' })
        .published('EN'),
    );
    const [english, portuguese] = [await page('703/26', 'en'), await page('703/26', 'pt')];
    await gateway.database.asOwner((owner) =>
      owner.query(
        `UPDATE published.release SET locales =
           (SELECT jsonb_agg(entry - 'modifiedAt') FROM jsonb_array_elements(locales) AS entry)`,
        [],
      ),
    );
    expect(Date.parse(english.modifiedAt)).toBeGreaterThan(Date.parse(english.publishedAt));
    expect(portuguese.modifiedAt).toBe(portuguese.publishedAt);
    expect((await page('703/26', 'en')).modifiedAt).toEqual(english.modifiedAt);
    expect((await page('703/26', 'pt')).modifiedAt).toEqual(portuguese.modifiedAt);
    // The next edition writes them down.
    await staff.translate('703/26', 'ES', { title: 'Antiguo' }, 'APPROVED');
    await staff.publish('703/26');
    expect((await page('703/26', 'en')).modifiedAt).toBe(english.modifiedAt);
    expect((await page('703/26', 'pt')).modifiedAt).toBe(portuguese.modifiedAt);
  });
});
