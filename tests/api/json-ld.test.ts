import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';

import { loadDemo } from '../../src/cli/demo.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { itemOf } from '../support/feed-reader.js';
import { Staff } from '../support/staff.js';

const SITE = 'https://press.example';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp({
    site: { publicUrl: SITE, releaseUrl: '{PUBLIC_URL}/{lang}/{slug}' },
  });
  await loadDemo(gateway.database.dataSource);
  await gateway.given(
    aRelease('101/20')
      .mentioning('HT')
      .about('education')
      .in('ES', { title: 'Título', summary: 'Un *resumen*.', body: ['Uno.'] })
      .in('FR', { title: 'Titre </script>', summary: 'Un *résumé*.', body: ['Un.'] })
      .in('EN', { title: 'Title', summary: 'A summary.', body: ['One.'] })
      .published()
      .retracted('EN'),
  );
});
afterAll(() => gateway.close());

/** The definitions of schema.org for the properties that we use, and no others. */
const tag = z.enum(['en', 'es', 'fr', 'pt']);
const page = z.url({ protocol: /^https$/ });
const id = z.string().regex(/^urn:uuid:[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
const time = z.iso.datetime();
const words = z.string().min(1);
const organization = z.strictObject({ '@type': z.literal('GovernmentOrganization'), name: words });
const work = { '@type': z.literal('NewsArticle'), '@id': id, inLanguage: tag, url: page };
const article = z.strictObject({
  '@context': z.literal('https://schema.org'),
  ...work,
  mainEntityOfPage: page,
  headline: words,
  description: words,
  datePublished: time,
  dateModified: time,
  identifier: words,
  publisher: organization,
  author: organization,
  isAccessibleForFree: z.literal(true),
  version: z.int().positive(),
  correction: z
    .array(
      z.strictObject({
        '@type': z.literal('CorrectionComment'),
        text: words,
        datePublished: time,
        inLanguage: tag,
      }),
    )
    .nonempty()
    .optional(),
  about: z
    .array(z.strictObject({ '@type': z.literal('Thing'), name: words }))
    .nonempty()
    .optional(),
  mentions: z
    .array(z.strictObject({ '@type': z.literal('Country'), name: words, identifier: words }))
    .nonempty()
    .optional(),
  translationOfWork: z.strictObject(work).optional(),
  workTranslation: z.array(z.strictObject(work)).nonempty().optional(),
});
type Article = z.infer<typeof article>;

async function jsonLd(number: string, languages: string[]): Promise<Article> {
  const { data, errors } = await gateway.query<{ release: { localized: { jsonLd: Article } } }>(
    `query ($number: String!, $languages: [LanguageTag!]) {
       release(number: $number) { localized(languages: $languages) { jsonLd } } }`,
    { variables: { number, languages } },
  );
  expect(errors).toEqual([]);
  return data.release.localized.jsonLd;
}

describe('the JSON-LD of a release', () => {
  it.each(['en', 'es', 'fr', 'pt'])('has the shape of a NewsArticle, in %s', async (language) => {
    const { data, errors } = await gateway.query<{
      releases: { edges: { localized: { jsonLd: Article } }[] };
    }>(`{ releases(first: 50, languages: ["${language}"]) { edges { localized { jsonLd } } } }`);
    expect(errors).toEqual([]);
    const articles = data.releases.edges.map(({ localized }) => localized.jsonLd);
    expect(articles.length).toBeGreaterThan(10);
    expect(articles.flatMap((one) => article.safeParse(one).error?.issues ?? [])).toEqual([]);
    for (const { translationOfWork, workTranslation } of articles) {
      expect([translationOfWork, workTranslation]).toContain(undefined);
    }
  });

  it('names, in the language of the text, what a translation is a translation of', async () => {
    const spanish = await jsonLd('101/20', ['es']);
    const french = await jsonLd('101/20', ['fr']);
    const slug = (rest: string) => `101-20-${rest}`;
    expect(french).toMatchObject({
      inLanguage: 'fr',
      url: `${SITE}/fr/${slug('titre-script')}`,
      headline: 'Titre </script>',
      description: 'Un résumé.',
      identifier: 'F-101/20',
      publisher: { name: 'Organisation des États américains' },
      mentions: [{ name: 'Haïti', identifier: 'HT' }],
      translationOfWork: {
        '@id': spanish['@id'],
        inLanguage: 'es',
        url: `${SITE}/es/${slug('titulo')}`,
      },
    });
    // English was taken back.
    expect(spanish.workTranslation?.map((other) => other['@id'])).toEqual([french['@id']]);
  });

  it('has the id that the entry of a feed has', async () => {
    const item = await itemOf(gateway, 'fr', '101/20');
    expect((await jsonLd('101/20', ['fr']))['@id']).toBe(item.id);
  });

  it('has the same id after a correction, with a later date', async () => {
    const before = await jsonLd('101/20', ['es']);
    const staff = new Staff(gateway.database);
    await staff.revise(
      '101/20',
      'MINOR',
      { title: 'Otro', summary: 'S.', body: ['U.'] },
      'APPROVED',
    );
    await staff.publish('101/20', ['ES']);
    const after = await jsonLd('101/20', ['es']);
    expect(after).toMatchObject({ '@id': before['@id'], headline: 'Otro' });
    expect(after.datePublished).toBe(before.datePublished);
    expect(after.dateModified > before.dateModified).toBe(true);
    expect((await jsonLd('101/20', ['fr'])).dateModified < after.dateModified).toBe(true);
  });

  it('costs a page no statement more', async () => {
    const query = (field: string) =>
      `{ releases(first: 20) { edges { localized { title { value } ${field} } } } }`;
    const statements = async (document: string) => {
      const before = gateway.snapshots.length;
      await gateway.query(document);
      return gateway.snapshots.slice(before).flatMap(({ log }) => log).length;
    };
    expect(await statements(query('jsonLd'))).toBe(await statements(query('')));
  });
});
