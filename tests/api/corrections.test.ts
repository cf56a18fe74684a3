import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { Locale } from '../../src/kernel/locale.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { Copy, type CopyContext } from '../support/copy.js';
import { eventually, type PublishInput, PressOffice } from '../support/publishing.js';
import { Staff } from '../support/staff.js';

let gateway: TestApp;
let office: PressOffice;
let staff: Staff;

beforeAll(async () => {
  gateway = await createTestApp({ responseCache: { maxBytes: 8 * 2 ** 20, maxAge: 1 } });
  office = new PressOffice(gateway);
  staff = new Staff(gateway.database);
});
afterAll(() => gateway.close());

interface Correction {
  readonly edition: number;
  readonly at: string;
  readonly locales: readonly Locale[];
  readonly note: {
    readonly value: string;
    readonly locale: Locale;
    readonly lang: string;
    readonly isFallback: boolean;
    readonly origin: string;
    readonly freshness: string;
  };
}

interface Seen {
  readonly modifiedAt: string;
  readonly corrections: readonly Correction[];
}

const SEEN = `query ($number: String, $languages: [LanguageTag!], $audience: CountryCode, $coherence: Coherence) {
  release(number: $number) {
    localized(languages: $languages, audience: $audience, coherence: $coherence) {
      modifiedAt
      corrections { edition at locales note { value locale lang isFallback origin freshness } } } } }`;

async function read(number: string, reader: CopyContext): Promise<Seen | null> {
  const { data, errors } = await gateway.query<{ release: { localized: Seen | null } | null }>(
    SEEN,
    { variables: { number, ...reader } },
  );
  expect(errors).toEqual([]);
  return data.release?.localized ?? null;
}

/** `2 EN,FR: the note (fr, fallback)` for each correction. */
async function corrections(number: string, reader: CopyContext): Promise<string[] | null> {
  const seen = await read(number, reader);
  return (
    seen &&
    seen.corrections.map(({ edition, locales, note: { value, lang, isFallback } }) => {
      return `${edition} ${locales.join()}: ${value} (${lang}${isFallback ? ', fallback' : ''})`;
    })
  );
}

const copyFor = (context: CopyContext) => new Copy(gateway.query.bind(gateway), context);

const EN = { languages: ['en'] };
const ES = { languages: ['es'] };
const FR = { languages: ['fr'] };
const PT = { languages: ['pt'] };

const NOTES = [
  { locale: 'EN', text: ' The sum was wrong. ' },
  { locale: 'FR', text: 'La somme était fausse.' },
] as const;

/** Corrects English and French, with a note in both. */
async function correct(number: string, title: string, input: PublishInput = {}) {
  await staff.revise(number, 'SUBSTANTIVE', text(title), 'APPROVED');
  await staff.translate(number, 'FR', text(`${title} en français`), 'APPROVED');
  return office.publish(number, { locales: ['EN', 'FR'], correctionNotes: NOTES, ...input });
}

/** Corrects the original alone. */
async function correctOriginal(number: string, correctionNotes: PublishInput['correctionNotes']) {
  await staff.revise(number, 'MINOR', text('Corrected'), 'APPROVED');
  const locales = [await originalOf(number)];
  return office.publish(number, { locales, correctionNotes });
}

async function originalOf(number: string): Promise<Locale> {
  const { data } = await gateway.query<{ release: { originalLocale: Locale } }>(
    'query ($number: String) { release(number: $number) { originalLocale } }',
    { variables: { number } },
  );
  return data.release.originalLocale;
}

const text = (title: string) => ({ title, body: ['One.'] });
const three = (number: string) =>
  aRelease(number).in('EN', text('First')).in('ES', text('Primero')).in('FR', text('Premier'));

describe('the corrections of a text', () => {
  beforeAll(async () => {
    await gateway.given(three('801/26').published());
  });

  it('come with the edition, newest first, only with the locales that it replaced', async () => {
    expect(await corrections('801/26', EN)).toEqual([]);
    const done = await correct('801/26', 'Second');
    expect(done).toMatchObject({ __typename: 'EditionPayload', edition: 2 });
    const english = await read('801/26', EN);
    expect(english?.corrections).toEqual([
      {
        edition: 2,
        at: done.publishedAt,
        locales: ['EN', 'FR'],
        note: {
          value: 'The sum was wrong.',
          locale: 'EN',
          lang: 'en',
          isFallback: false,
          origin: 'ORIGINAL',
          freshness: 'CURRENT',
        },
      },
    ]);
    expect(english?.modifiedAt).toBe(done.publishedAt);
    expect(await corrections('801/26', FR)).toEqual(['2 EN,FR: La somme était fausse. (fr)']);
    // The Spanish text was carried over.
    expect(await corrections('801/26', ES)).toEqual([]);

    await correctOriginal('801/26', [{ locale: 'ES', text: 'Un error.' }]);
    expect(await corrections('801/26', EN)).toEqual([
      '3 EN: Un error. (es, fallback)',
      '2 EN,FR: The sum was wrong. (en)',
    ]);
    // An edition without a note is no correction, and a text that is confirmed for it is not replaced.
    await correctOriginal('801/26', null);
    expect(await corrections('801/26', EN)).toHaveLength(2);
  });

  it('have the note of the text, else of a requested language, the original, the order', async () => {
    await gateway.given(aRelease('802/26').in('ES', text('Uno')).in('PT', text('Um')).published());
    const correctionNotes = [
      { locale: 'FR', text: 'Faute.' },
      { locale: 'EN', text: 'Mistake.' },
    ] as const;
    await correctOriginal('802/26', correctionNotes);
    // Spanish is served to all of them, and there is no Spanish note.
    const readers: [CopyContext, string[] | null][] = [
      [{ languages: ['fr'] }, ['2 ES: Faute. (fr)']],
      [{ languages: ['es', 'fr'] }, ['2 ES: Faute. (fr, fallback)']],
      [{ audience: 'AR' }, ['2 ES: Mistake. (en, fallback)']],
      [{ languages: ['es'], coherence: 'STRICT' }, []],
      [{ audience: 'AR', coherence: 'STRICT' }, []],
      [{ languages: ['es', 'fr'], coherence: 'STRICT' }, ['2 ES: Faute. (fr, fallback)']],
      [PT, []],
    ];
    for (const [reader, expected] of readers) {
      expect([reader, await corrections('802/26', reader)]).toEqual([reader, expected]);
    }
  });

  it('are hidden by a retraction, and return with the text', async () => {
    await gateway.given(three('803/26').published());
    await correct('803/26', 'Second');
    const copies = [EN, FR].map(copyFor);
    for (const copy of copies) await copy.sync();
    await office.retract('803/26', ['FR']);
    // Nothing of the French is left, not even for those who get the original instead.
    const left = ['2 EN: The sum was wrong. (en)'];
    expect(await corrections('803/26', EN)).toEqual(left);
    expect(await corrections('803/26', FR)).toEqual([left[0]?.replace('(en)', '(en, fallback)')]);
    const stored = await gateway.database.readPool.query<{ count: number }>(
      "SELECT count(*)::int FROM published.text WHERE content::text LIKE '%La somme%' AND number = '803/26'",
    );
    expect(stored.rows[0]?.count).toBe(0);
    for (const [index, context] of [EN, FR].entries()) {
      await copies[index]?.sync();
      const fresh = copyFor(context);
      await fresh.sync();
      expect(copies[index]?.held).toEqual(fresh.held);
    }
    await office.publish('803/26', { locales: ['FR'] });
    expect(await corrections('803/26', FR)).toEqual(['2 EN,FR: La somme était fausse. (fr)']);
    await office.retract('803/26');
    expect(await corrections('803/26', EN)).toBeNull();
  });

  it('are not stored in responses beyond the edition that brings them', async () => {
    await gateway.given(three('804/26').published());
    const cached = async () => {
      const before = gateway.snapshots.length;
      const found = await corrections('804/26', EN);
      return { found, wasCached: gateway.snapshots.length === before };
    };
    await eventually(async () => (await cached()).wasCached);
    await correct('804/26', 'Second');
    expect((await cached()).found).toEqual(['2 EN,FR: The sum was wrong. (en)']);
    await eventually(async () => (await cached()).wasCached);
    await office.retract('804/26', ['FR']);
    expect((await cached()).found).toEqual(['2 EN: The sum was wrong. (en)']);
  });

  it('reach a copy with the text, as a fresh copy has them', async () => {
    await gateway.given(three('805/26').published());
    const contexts: CopyContext[] = [
      EN,
      ES,
      { audience: 'HT' },
      { ...PT, coherence: 'FIELD' },
      { ...FR, coherence: 'STRICT' },
    ];
    const copies = contexts.map(copyFor);
    for (const copy of copies) await copy.sync();
    await correct('805/26', 'Second');
    for (const [index, context] of contexts.entries()) {
      const copy = copies[index];
      await copy?.sync();
      const fresh = copyFor(context);
      await fresh.sync();
      expect(copy?.held).toEqual(fresh.held);
    }
    const notes = copies.map(({ held }) => {
      const own = [...held.values()].find((stored) => stored.includes('"number":"805/26"'));
      return NOTES.map((note) => own?.includes(note.text.trim()));
    });
    const [english, french, none] = [
      [true, false],
      [false, true],
      [false, false],
    ];
    // Portuguese readers get the original.
    expect(notes).toEqual([english, none, french, english, french]);
  });
});

describe('feeds and JSON-LD', () => {
  it('have the corrections in the language of the text', async () => {
    await gateway.given(three('806/26').published());
    const correctionNotes = [{ locale: 'FR', text: 'La <somme> était *fausse*.' }] as const;
    const { publishedAt } = await correct('806/26', 'Second', { correctionNotes });
    const feed = async (name: string) =>
      (await fetch(new URL(`/feeds/${name}`, gateway.url))).text();
    const { items } = JSON.parse(await feed('fr.json')) as {
      items: { content_html: string; _corrections?: object; _text: { reference: string } }[];
    };
    const item = items.find(({ _text }) => _text.reference === 'F-806/26');
    const notes = [{ date: publishedAt, text: 'La <somme> était *fausse*.' }];
    expect(item?._corrections).toEqual({ notes });
    expect(item?.content_html).toContain(
      '<p><em>Correction\u00a0: La &#x3C;somme> était *fausse*.</em></p>',
    );
    const element = `<gateway:correction date="${publishedAt}">La &lt;somme&gt; était *fausse*.</gateway:correction>`;
    for (const name of ['fr.atom', 'fr.rss']) expect(await feed(name)).toContain(element);
    // No note in English: an entry is in one language.
    expect(await feed('en.atom')).not.toContain('somme');

    const jsonLd = async (language: string) => {
      const { data } = await gateway.query<{ release: { localized: { jsonLd: object } } }>(
        `{ release(number: "806/26") { localized(languages: ["${language}"]) { jsonLd } } }`,
      );
      return data.release.localized.jsonLd;
    };
    expect(await jsonLd('fr')).toMatchObject({
      correction: [
        {
          '@type': 'CorrectionComment',
          text: 'La <somme> était *fausse*.',
          datePublished: publishedAt,
          inLanguage: 'fr',
        },
      ],
    });
    for (const language of ['en', 'es']) {
      expect(await jsonLd(language)).not.toHaveProperty('correction');
    }
  });
});

describe('the notes of an edition that is to come', () => {
  it('are nowhere for readers until it is published, and then there', async () => {
    await gateway.given(three('811/26').published());
    const at = await office.inMs(3_600_000);
    const correctionNotes = [{ locale: 'EN', text: 'Embargoed note.' }] as const;
    const done = await correct('811/26', 'Second', { at, correctionNotes });
    expect(done).toMatchObject({ __typename: 'EditionPayload', edition: null });
    expect(await corrections('811/26', EN)).toEqual([]);
    for (const table of ['release', 'text', 'change_log', 'release_trace']) {
      const { rows } = await gateway.database.readPool.query<{ count: number }>(
        `SELECT count(*)::int FROM published.${table} AS t WHERE t::text LIKE '%Embargoed note%'`,
      );
      expect([table, rows[0]?.count]).toEqual([table, 0]);
    }
    await gateway.database.dataSource.query(
      "UPDATE authoring.schedule SET at = clock_timestamp() - interval '1 second'",
    );
    await eventually(async () => (await corrections('811/26', EN))?.length === 1);
    expect(await corrections('811/26', EN)).toEqual(['2 EN,FR: Embargoed note. (en)']);
  });

  it('are dropped if the edition replaces nothing at its instant', async () => {
    await gateway.given(three('812/26').published());
    const at = await office.inMs(3_600_000);
    await correct('812/26', 'Second', { at });
    await office.publish('812/26', { locales: ['EN', 'FR'] });
    await gateway.database.dataSource.query(
      "UPDATE authoring.schedule SET at = clock_timestamp() - interval '1 second'",
    );
    await eventually(async () => (await office.schedule('812/26')) === null);
    expect(await corrections('812/26', EN)).toEqual([]);
  });
});

describe('notes are refused', () => {
  beforeAll(async () => {
    await gateway.given(three('821/26').published(), three('822/26'));
    await staff.revise('821/26', 'MINOR', text('Corrected'), 'APPROVED');
  });

  const note = (text: string, locale: Locale = 'EN') => ({ locale, text });

  it.each<[string, PublishInput['correctionNotes'], string, string]>([
    ['empty', [note(' \u200B ')], 'CORRECTION_NOTE_UNUSABLE', 'correctionNotes.0.text'],
    [
      'of more than 500 characters',
      [note('Fine.', 'FR'), note('x'.repeat(501))],
      'CORRECTION_NOTE_UNUSABLE',
      'correctionNotes.1.text',
    ],
    ['unprintable', [note('a\u202Eb')], 'CORRECTION_NOTE_UNUSABLE', 'correctionNotes.0.text'],
    [
      'two for one locale',
      [note('One.'), note('Two.')],
      'LOCALE_TWICE',
      'correctionNotes.1.locale',
    ],
  ])('%s', async (_, correctionNotes, code, path) => {
    const refused = await office.publish('821/26', { correctionNotes });
    expect(refused).toMatchObject({ __typename: 'ValidationProblem', code });
    expect(refused.path?.join('.')).toBe(path);
    expect(await corrections('821/26', EN)).toEqual([]);
  });

  it.each([
    ['en', 'This edition replaces no text that is public. Publish it without correction notes.'],
    ['es', 'Esta edición no sustituye ningún texto público. Publíquela sin notas de corrección.'],
    ['fr', 'Cette édition ne remplace aucun texte public. Publiez-la sans note de correction.'],
    ['pt', 'Esta edição não substitui nenhum texto público. Publique-a sem notas de correção.'],
  ])('with an edition that replaces nothing, in %s', async (language, message) => {
    const problem = {
      __typename: 'ValidationProblem',
      code: 'CORRECTION_REPLACES_NOTHING',
      path: ['correctionNotes'],
      message,
    };
    const notes = { correctionNotes: [note('A note.')] };
    // A first publication, now or later.
    expect(await office.publish('822/26', notes, language)).toMatchObject(problem);
    const at = await office.inMs(3_600_000);
    expect(await office.publish('822/26', { ...notes, at }, language)).toMatchObject(problem);
    expect(await office.schedule('822/26')).toBeNull();
    expect(await read('822/26', EN)).toBeNull();
  });

  it('with a new language alone, and where nothing has changed', async () => {
    await gateway.given(aRelease('823/26').in('EN', text('First')).published());
    const correctionNotes = [note('A note.')];
    const code = 'CORRECTION_REPLACES_NOTHING';
    expect(await office.publish('823/26', { correctionNotes })).toMatchObject({ code });
    await staff.translate('823/26', 'PT', text('Novo'), 'APPROVED');
    expect(await office.publish('823/26', { correctionNotes })).toMatchObject({ code });
    expect(await office.publish('823/26', { correctionNotes: [] })).toMatchObject({ edition: 2 });
  });

  it('500 characters are accepted', async () => {
    const correctionNotes = [note(`${'é'.repeat(500)}  `)];
    expect(await office.publish('821/26', { correctionNotes })).toMatchObject({ edition: 2 });
    expect(await corrections('821/26', EN)).toEqual([`2 EN: ${'é'.repeat(500)} (en)`]);
  });
});
