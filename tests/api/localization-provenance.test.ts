import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { Staff } from '../support/staff.js';

let gateway: TestApp;

const FULL = {
  title: 'A Roundtable',
  summary: 'What was agreed.',
  body: ['They met.', 'They left.'],
};
const PORTUGUESE = {
  title: 'Uma mesa-redonda',
  summary: 'O que foi acordado.',
  body: ['Reuniram-se.', 'Saíram.'],
};
/** Published before its summary is there. */
const FRENCH = { title: 'Une table ronde', body: ['Ils se sont réunis.', 'Ils sont partis.'] };

beforeAll(async () => {
  gateway = await createTestApp();
  await gateway.given(
    aRelease('1001/12').in('EN', FULL).in('PT', PORTUGUESE).published(),
    aRelease('1002/12')
      .in('ES', { title: 'Una mesa redonda', body: ['Se reunieron.'] })
      .in('EN', { title: 'A roundtable', body: ['They met.'] })
      .published()
      .revised('SUBSTANTIVE', { title: 'Otra mesa redonda', body: ['No se reunieron.'] })
      .published('ES'),
    aRelease('1003/12').in('EN').in('FR').published().retracted('FR'),
    aRelease('1004/12').in('PT').published(),
  );
  const staff = new Staff(gateway.database);
  await staff.translate('1001/12', 'FR', FRENCH, 'APPROVED');
  const waiver = { audience: null, locale: 'FR' as const, reason: 'no summary yet' };
  await staff.publish('1001/12', ['FR'], [waiver]);
  await gateway.database.dataSource.query(
    `INSERT INTO reference.audience_rule (audience, valid_from, required_locales, fallback_chain, stale_policy)
     VALUES ('JM', '2026-01-01', '{EN}', '{EN,ORIGINAL,ES}', 'WITHHOLD')`,
  );
});

afterAll(() => gateway.close());

interface Shown {
  readonly value: string;
  readonly locale: string;
  readonly lang: string;
  readonly isFallback: boolean;
  readonly origin: string;
  readonly freshness: string;
}

const TEXT = 'value locale lang dir isFallback origin freshness';
const RICH = 'value: plainText locale lang dir isFallback origin freshness';

const line = (text: Shown | null): string | null =>
  text && `${text.value} | ${text.lang} ${text.isFallback} ${text.origin} ${text.freshness}`;

/** Title, summary, excerpt and body of a release, each on a line with its provenance. */
async function read(number: string, args: string): Promise<(string | null)[] | null> {
  const { data, errors } = await gateway.query<{
    release: { localized: Record<string, Shown> | null };
  }>(
    `{ release(number: "${number}") { localized(${args}) {
         title { ${TEXT} } summary { ${TEXT} } excerpt { ${TEXT} } body { ${RICH} } } } }`,
  );
  expect(errors).toEqual([]);
  const { localized } = data.release;
  return localized && Object.values(localized).map((text) => line(text));
}

describe('each value has its provenance', () => {
  const original = [
    'A Roundtable | en false ORIGINAL CURRENT',
    'What was agreed. | en false ORIGINAL CURRENT',
    'What was agreed. | en false ORIGINAL CURRENT',
    'They met.\n\nThey left. | en false ORIGINAL CURRENT',
  ];
  const fallback = original.map((text) => text.replace('false', 'true'));
  const portuguese = [
    'Uma mesa-redonda | pt false HUMAN CURRENT',
    'O que foi acordado. | pt false HUMAN CURRENT',
    'O que foi acordado. | pt false HUMAN CURRENT',
    'Reuniram-se.\n\nSaíram. | pt false HUMAN CURRENT',
  ];
  // The French page has no summary of its own: under FIELD it comes from another locale, and reports it.
  const mixed = (from: string) => [
    'Une table ronde | fr false HUMAN CURRENT',
    from,
    from,
    'Ils se sont réunis.\n\nIls sont partis. | fr false HUMAN CURRENT',
  ];
  const rows: [number: string, args: string, shown: (string | null)[] | null][] = [
    ['1001/12', 'languages: ["en"]', original],
    ['1001/12', 'languages: ["es"]', fallback],
    ['1001/12', 'languages: ["pt-PT"]', portuguese],
    ['1001/12', 'languages: ["fr"]', fallback],
    ['1001/12', 'languages: ["fr"], coherence: STRICT', null],
    [
      '1001/12',
      'languages: ["fr"], coherence: FIELD',
      mixed('What was agreed. | en true ORIGINAL CURRENT'),
    ],
    [
      '1001/12',
      'languages: ["fr", "pt"], coherence: FIELD',
      mixed('O que foi acordado. | pt true HUMAN CURRENT'),
    ],
    [
      '1002/12',
      'languages: ["en"]',
      [
        'A roundtable | en false HUMAN STALE',
        null,
        'They met. | en false HUMAN STALE',
        'They met. | en false HUMAN STALE',
      ],
    ],
    [
      '1002/12',
      'audience: "JM"',
      [
        'Otra mesa redonda | es true ORIGINAL CURRENT',
        null,
        'No se reunieron. | es true ORIGINAL CURRENT',
        'No se reunieron. | es true ORIGINAL CURRENT',
      ],
    ],
    ['1002/12', 'languages: ["en"], audience: "JM", coherence: STRICT', null],
  ];

  it.each(rows)('%s(%s)', async (number, args, shown) => {
    expect(await read(number, args)).toEqual(shown);
  });

  it('down to the blocks', async () => {
    interface Body {
      readonly body: { readonly blocks: readonly { readonly key: string }[] };
    }
    const { data } = await gateway.query<{ release: { localized: Body; en: Body } }>(
      `{ release(number: "1001/12") { localized(languages: ["pt"]) { body { blocks { key plainText locale lang freshness } } }
           en: localized(languages: ["en"]) { body { blocks { key } } } } }`,
    );
    const { localized, en } = data.release;
    expect(localized.body.blocks).toEqual([
      {
        key: expect.any(String),
        plainText: 'Reuniram-se.',
        locale: 'PT',
        lang: 'pt',
        freshness: 'CURRENT',
      },
      {
        key: expect.any(String),
        plainText: 'Saíram.',
        locale: 'PT',
        lang: 'pt',
        freshness: 'CURRENT',
      },
    ]);
    const keys = localized.body.blocks.map(({ key }) => ({ key }));
    expect(en.body.blocks).toEqual(keys);
  });

  it('and the response names every language in it', async () => {
    const { headers } = await gateway.query(
      `{ release(number: "1001/12") { localized(languages: ["fr"], coherence: FIELD) { title { lang } summary { lang } } } }`,
    );
    expect(headers['content-language']).toBe('en, fr');
  });
});

describe('the resolution explains why', () => {
  const rows: [number: string, args: string, locale: string | null, trail: string][] = [
    [
      '1001/12',
      '(languages: ["fr"])',
      'EN',
      'FR REQUESTED INCOMPLETE, EN ORIGINAL SERVED, ES DEFAULT NOT_TRIED, PT DEFAULT NOT_TRIED',
    ],
    [
      '1003/12',
      '(languages: ["fr"])',
      'EN',
      'FR REQUESTED RETRACTED, EN ORIGINAL SERVED, ES DEFAULT NOT_TRIED, PT DEFAULT NOT_TRIED',
    ],
    [
      '1002/12',
      '(audience: "JM")',
      'ES',
      'EN AUDIENCE STALE_WITHHELD, ES ORIGINAL SERVED, FR DEFAULT NOT_TRIED, PT DEFAULT NOT_TRIED',
    ],
    [
      '1004/12',
      '(audience: "CA")',
      'PT',
      'EN AUDIENCE NOT_PUBLISHED, FR AUDIENCE NOT_PUBLISHED, PT ORIGINAL SERVED, ES AUDIENCE NOT_TRIED',
    ],
    [
      '1004/12',
      '(languages: ["nl"], audience: "SR")',
      'PT',
      'EN AUDIENCE NOT_PUBLISHED, ES AUDIENCE NOT_PUBLISHED, PT ORIGINAL SERVED, FR DEFAULT NOT_TRIED',
    ],
    ['1004/12', '(languages: ["fr", "ht"], coherence: STRICT)', null, 'FR REQUESTED NOT_PUBLISHED'],
    ['1004/12', '(languages: ["nl"], coherence: STRICT)', null, ''],
    [
      '1004/12',
      '',
      'PT',
      'PT ORIGINAL SERVED, EN DEFAULT NOT_TRIED, ES DEFAULT NOT_TRIED, FR DEFAULT NOT_TRIED',
    ],
  ];

  it.each(rows)('%s%s: %s', async (number, args, locale, trail) => {
    const fields = 'locale isFallback requested audience coherence trail { locale rule outcome }';
    interface Found {
      readonly resolution: { readonly locale: string | null; readonly trail: readonly object[] };
      readonly localized: object | null;
    }
    const { data } = await gateway.query<{ release: Found }>(
      `{ release(number: "${number}") { resolution${args} { ${fields} } localized${args} { resolution { ${fields} } } } }`,
    );
    const { resolution, localized } = data.release;
    expect(resolution.locale).toBe(locale);
    const steps = resolution.trail.map((step) => Object.values(step).join(' '));
    expect(steps.join(', ')).toBe(trail);
    // What is served carries the same decision; where nothing is, only the resolution can explain why.
    expect(localized).toEqual(locale === null ? null : { resolution });
  });
});
