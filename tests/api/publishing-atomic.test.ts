import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { LOCALES, TAG_OF } from '../../src/kernel/locale.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { PressOffice } from '../support/publishing.js';
import { Staff } from '../support/staff.js';

const ROUNDS = 8;
const READERS = 4;
const NUMBER = '601/12';

let gateway: TestApp;
let office: PressOffice;
let staff: Staff;

beforeAll(async () => {
  gateway = await createTestApp();
  office = new PressOffice(gateway);
  staff = new Staff(gateway.database);
});
afterAll(() => gateway.close());

interface Text {
  readonly title: { readonly value: string };
}

type Texts = Readonly<Record<'en' | 'es' | 'fr' | 'pt', Text | null>>;

interface Seen {
  readonly one: (Texts & { readonly edition: number; readonly locales: object[] }) | null;
  readonly list: { readonly totalCount: number; readonly nodes: (Texts & { edition: number })[] };
  readonly found: { readonly totalCount: number; readonly nodes: { readonly edition: number }[] };
}

const texts = LOCALES.map((locale) => {
  const tag = TAG_OF[locale];
  return `${tag}: localized(languages: ["${tag}"], coherence: STRICT) { title { value } }`;
}).join(' ');

const QUERY = `{
  one: release(number: "${NUMBER}") { edition locales { status } ${texts} }
  list: releases(first: 5) { totalCount nodes { edition ${texts} } }
  found: releases(first: 5, search: "paragraph") { totalCount nodes { edition } } }`;

const roundOf = (value: Texts) =>
  LOCALES.map((locale) => value[TAG_OF[locale] as keyof Texts]?.title.value.split(' ')[1] ?? '-');

/** The version that each part of one response shows. */
function versions({ one, list, found }: Seen): string[] {
  if (!one) return [...roundless(list.totalCount), ...roundless(found.totalCount)];
  const [listed] = list.nodes;
  const editions = [one.edition, listed?.edition, found.nodes[0]?.edition].map(String);
  return [...editions, ...roundOf(one), ...(listed ? roundOf(listed) : ['-'])];
}

const roundless = (total: number) => [total === 0 ? 'none' : 'some'];

it('no reader, page, count or search ever sees a part of an edition of four languages', async () => {
  const seen: Seen[] = [];
  let done = false;
  const readers = Array.from({ length: READERS }, async () => {
    while (!done) {
      const { data, errors } = await gateway.query<Seen>(QUERY);
      expect(errors).toEqual([]);
      seen.push(data);
    }
  });
  try {
    const [first, ...others] = LOCALES;
    const story = aRelease(NUMBER).in(first, { title: 'Round 1', body: ['A paragraph.'] });
    for (const locale of others) story.in(locale, { title: 'Round 1', body: ['A paragraph.'] });
    await gateway.given(story);
    await office.publish(NUMBER);
    for (let round = 2; round <= ROUNDS; round += 1) {
      const text = { title: `Round ${round}`, body: ['A paragraph.'] };
      await staff.revise(NUMBER, 'SUBSTANTIVE', text, 'APPROVED');
      for (const locale of others) await staff.translate(NUMBER, locale, text, 'APPROVED');
      expect(await office.publish(NUMBER)).toMatchObject({ edition: round, locales: LOCALES });
    }
    expect((await office.retract(NUMBER)).edition).toBe(ROUNDS + 1);
  } finally {
    done = true;
    await Promise.all(readers);
  }
  const kinds = new Map<string, number>();
  for (const response of seen) {
    const all = new Set(versions(response));
    expect([...all]).toHaveLength(1);
    const [kind = ''] = all;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  expect(kinds.size).toBeGreaterThan(ROUNDS / 2);
  process.stderr.write(
    `atomic: ${seen.length} responses during ${ROUNDS} editions, none inconsistent\n`,
  );
});
