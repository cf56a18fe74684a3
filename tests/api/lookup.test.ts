import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { globalId } from '../../src/platform/graphql/schema/global-id.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { Staff } from '../support/staff.js';

let gateway: TestApp;
let staff: Staff;

beforeAll(async () => {
  gateway = await createTestApp();
  staff = new Staff(gateway.database);
  await gateway.given(
    aRelease('305/12')
      .in('EN', { title: 'The Lost Childhood, a Roundtable' })
      .in('ES', { title: 'La niñez perdida: mesa redonda' })
      .in('PT', { title: 'A infância perdida — mesa-redonda' })
      .published()
      .revised('MINOR', { title: 'A Roundtable on Childhood' })
      .published('EN'),
    aRelease('306/12')
      .in('FR', { title: 'Œuvre d’été' })
      .in('ES', { title: 'Œuvre d’été' })
      .published(),
    aRelease('307/12')
      .in('EN', { title: '北京' })
      .in('ES', { title: 'Retirada' })
      .published()
      .retracted('ES'),
    aRelease('12345/12').in('EN').published(),
    aRelease('AVI-127/13').ofType('ADVISORY').in('ES', { title: 'Aviso' }).published(),
    aRelease('FNE-4622').ofType('PHOTO_NEWS').in('EN', { title: 'Photos' }).published(),
    aRelease('14-0029').in('EN', { title: 'Old series' }).published(),
    aRelease('398/12').in('EN', { title: 'A draft' }),
    aRelease('399/12').in('EN', { title: 'Withdrawn' }).published().retracted(),
  );
});
afterAll(() => gateway.close());

async function findNumber(by: object): Promise<string | null | undefined> {
  const [name = ''] = Object.keys(by);
  const type = name === 'id' ? 'ID' : 'String';
  const { data, errors } = await gateway.query<{ release: { number: string } | null }>(
    `query ($${name}: ${type}) { release(${name}: $${name}) { number } }`,
    { variables: by },
  );
  expect(errors).toEqual([]);
  return data.release && data.release.number;
}

describe('a release is found', () => {
  it.each([
    ['305/12', '305/12'],
    [' 305/12 ', '305/12'],
    ['305%2F12', '305/12'],
    ['305%2f12', '305/12'],
    ['12345/12', '12345/12'],
    ['AVI-127/13', 'AVI-127/13'],
    ['avi-127/13', 'AVI-127/13'],
    ['FNE-4622', 'FNE-4622'],
    ['14-0029', '14-0029'],
    ['305/13', null],
    ['0305/12', null],
    ['305', null],
    ['398/12', null],
    ['399/12', null],
    ['', null],
    ['3'.repeat(10_000), null],
    ["305/12' OR '1'='1", null],
    ['305/12\0', null],
  ])('by its number: %s', async (number, found) => {
    expect(await findNumber({ number })).toBe(found);
  });

  it.each([
    ['E-305/12', '305/12'],
    ['e-305/12', '305/12'],
    ['C-305/12', '305/12'],
    ['P-305/12', '305/12'],
    // The letter names a language, not the release: also where that language is not public.
    ['F-305/12', '305/12'],
    ['p-305%2F12', '305/12'],
    ['E‑305/12', '305/12'],
    ['E–305/12', '305/12'],
    ['305/12', '305/12'],
    ['AVI-127/13', 'AVI-127/13'],
    ['fne-4622', 'FNE-4622'],
    ['X-305/12', null],
    ['E-AVI-127/13', null],
    ['E-398/12', null],
    ['E-399/12', null],
    ['E 305/12', null],
    ['', null],
  ])('by a reference: %s', async (reference, found) => {
    expect(await findNumber({ reference })).toBe(found);
  });

  it.each([
    ['305-12-a-roundtable-on-childhood', '305/12'],
    ['305-12-A-Roundtable-On-Childhood', '305/12'],
    // Its address before it was corrected.
    ['305-12-the-lost-childhood-a-roundtable', '305/12'],
    ['305-12-la-ninez-perdida-mesa-redonda', '305/12'],
    ['305-12-a-infancia-perdida-mesa-redonda', '305/12'],
    ['306-12-oeuvre-d-ete', '306/12'],
    ['306-12-oeuvre-d-ete-fr', '306/12'],
    ['307-12', '307/12'],
    ['avi-127-13-aviso', 'AVI-127/13'],
    ['305-12', null],
    ['305-12-the-lost-childhood', null],
    ['398-12-a-draft', null],
    ['399-12-withdrawn', null],
    ['', null],
    ['\0', null],
    ['x'.repeat(5000), null],
  ])('by an address in any language: %s', async (slug, found) => {
    expect(await findNumber({ slug })).toBe(found);
  });

  it('by its id, and by nothing that resembles one', async () => {
    const id = await staff.idOf('305/12');
    expect(await findNumber({ id: globalId('Release', id) })).toBe('305/12');
    const wrong = [
      id,
      globalId('Release', id, 'more').replace(/.$/, ''),
      globalId('Release', 'x'),
      globalId('Release', null),
      globalId('Release', await staff.idOf('398/12')),
      globalId('Release', await staff.idOf('399/12')),
      `${globalId('Release', id)}=`,
      '',
    ];
    for (const value of wrong)
      expect([value, await findNumber({ id: value })]).toEqual([value, null]);
  });

  it('by the addresses that the readers of each language are given', async () => {
    interface Found {
      releases: { nodes: { number: string; alternates: { slug: string; reference: string }[] }[] };
    }
    const { data } = await gateway.query<Found>(
      '{ releases { nodes { number alternates { slug reference } } } }',
    );
    const addresses = data.releases.nodes.flatMap(({ number, alternates }) => {
      return alternates.map((alternate) => ({ number, ...alternate }));
    });
    expect(addresses).toHaveLength(10);
    expect(new Set(addresses.map(({ slug }) => slug)).size).toBe(10);
    for (const { number, slug, reference } of addresses) {
      expect([await findNumber({ slug }), await findNumber({ reference })]).toEqual([
        number,
        number,
      ]);
    }
  });
});

describe('a release is requested by exactly one of its names', () => {
  it.each([
    ['', 'RELEASE_SELECTOR_UNCLEAR'],
    ['(number: null)', 'RELEASE_SELECTOR_UNCLEAR'],
    ['(id: null, number: null, reference: null, slug: null)', 'RELEASE_SELECTOR_UNCLEAR'],
    ['(number: "305/12", reference: "E-305/12")', 'RELEASE_SELECTOR_UNCLEAR'],
    ['(slug: "x", id: "y")', 'RELEASE_SELECTOR_UNCLEAR'],
    ['(number: "305/12", slug: "")', 'RELEASE_SELECTOR_UNCLEAR'],
    ['(number: "305/12", slug: null)', undefined],
    ['(id: null, reference: "E-305/12")', undefined],
  ])('%s', async (selector, reason) => {
    const { errors, data } = await gateway.query<{ release: object | null }>(
      `{ release${selector} { number } }`,
    );
    expect(errors[0]?.extensions.reason).toBe(reason);
    expect(data.release).toEqual(reason === undefined ? { number: '305/12' } : null);
  });
});

describe('a value that belongs in another argument is refused, and the message names that argument', () => {
  const release = globalId('Release', '0190a6e0-0000-7000-8000-000000000000');
  const localized = globalId('LocalizedRelease', release, ['fr'], null, 'RELEASE');
  it.each([
    ['number', 'E-305/12', 'reference'],
    ['number', ' c‑305%2F12', 'reference'],
    ['number', '305-12-the-lost-childhood', 'slug'],
    ['number', 'AVI-127-13-Aviso', 'slug'],
    ['number', 'fne-4622-photos', 'slug'],
    ['number', release, 'id'],
    ['number', localized, 'node(id:)'],
    ['reference', '14-0029-old-series', 'slug'],
    ['reference', release, 'id'],
    ['slug', '305/12', 'number'],
    ['slug', '999/99', 'number'],
    ['slug', 'P-305/12', 'reference'],
    ['slug', 'FNE-4622', 'number'],
    ['slug', release, 'id'],
    ['id', '305/12', 'number'],
    ['id', 'FNE-4622', 'number'],
    ['id', 'F-305/12', 'reference'],
    ['id', '305-12-la-ninez-perdida-mesa-redonda', 'slug'],
    ['id', localized, 'node(id:)'],
    ['id', globalId('Topic', 'x'), 'node(id:)'],
  ])('%s: %s → %s', async (argument, value, right) => {
    const type = argument === 'id' ? 'ID' : 'String';
    const { data, errors } = await gateway.query(
      `query ($value: ${type}) { release(${argument}: $value) { number } }`,
      { variables: { value }, headers: { 'accept-language': 'en' } },
    );
    expect(data).toEqual({ release: null });
    expect(errors).toMatchObject([
      { extensions: { code: 'BAD_USER_INPUT', reason: 'SELECTOR_MISPLACED' } },
    ]);
    expect(errors[0]?.message).toContain(`“${right}”`);
  });

  it('for staff too', async () => {
    const refused = async (selector: string) => {
      const { errors } = await gateway
        .as('EDITOR')
        .query(`{ editorialRelease(${selector}) { number } }`, {
          headers: { 'accept-language': 'en' },
        });
      return errors.map(({ message }) => message);
    };
    expect(await refused('id: "E-305/12"')).toEqual([expect.stringContaining('“number”')]);
    expect(await refused(`number: "${release}"`)).toEqual([expect.stringContaining('“id”')]);
    expect(await refused('number: "E-999/99"')).toEqual([]);
    expect(await refused(`id: "${release}"`)).toEqual([]);
  });
});

it('the address of a retracted translation leads to what is left of the release', async () => {
  expect(await findNumber({ slug: '307-12-retirada' })).toBe('307/12');
});

it('an address goes on leading to the release after it was withdrawn and published again', async () => {
  await gateway.given(aRelease('310/12').in('EN', { title: 'First' }).published());
  await staff.revise('310/12', 'MINOR', { title: 'Second' }, 'APPROVED');
  await staff.publish('310/12');
  await staff.retract('310/12');
  expect([
    await findNumber({ slug: '310-12-first' }),
    await findNumber({ slug: '310-12-second' }),
  ]).toEqual([null, null]);
  await staff.revise('310/12', 'MINOR', { title: 'First' }, 'APPROVED');
  await staff.publish('310/12');
  expect([
    await findNumber({ slug: '310-12-first' }),
    await findNumber({ slug: '310-12-second' }),
  ]).toEqual(['310/12', '310/12']);
});
