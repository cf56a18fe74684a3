import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { Random } from '../../src/demo/random.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, createTwin, type TestApp, type Twin } from '../support/app.js';

/** 5,000 and more by hand. */
const PAIRS = Number(process.env['PAIRS'] ?? 400);

let caching: TestApp;
let records: Twin;
let twin: Twin;
let tokens: readonly (string | null)[];

beforeAll(async () => {
  caching = await createTestApp({
    responseCache: { maxBytes: 16 * 2 ** 20, maxAge: 1 },
    readModelBytes: 16 * 2 ** 20,
  });
  await caching.given(
    aRelease('101/20').in('EN').in('FR').in('ES').in('PT').published(),
    aRelease('102/20').in('ES').in('EN').published(),
    aRelease('103/20').in('FR').published(),
    aRelease('104/20').in('PT').in('FR').published().retracted('FR'),
    aRelease('105/20').in('EN').in('FR').in('PT'),
  );
  records = await createTwin(caching, { readModelBytes: 16 * 2 ** 20 });
  twin = await createTwin(caching);
  const staff = [caching.as('EDITOR'), caching.as('TRANSLATOR', 'FR'), caching.as('REVISER', 'PT')];
  await staff[0]?.mutate('mutation { __typename }');
  tokens = [
    null,
    null,
    null,
    ...(await Promise.all(
      staff.map(async (one) => (await one.headers())['authorization'] ?? null),
    )),
  ];
});

afterAll(async () => {
  await records.close();
  await twin.close();
  await caching.close();
});

const OPERATIONS = `
query Detail($number: String!, $languages: [LanguageTag!], $audience: CountryCode, $coherence: Coherence, $length: Int) {
  viewer { account { name } }
  release(number: $number) {
    localized(languages: $languages, audience: $audience, coherence: $coherence) {
      id reference dateText title { value lang isFallback } excerpt(maxLength: $length) { value } resolution { requested trail { locale outcome } } } } }
query Context($number: String!, $languages: [LanguageTag!], $audience: CountryCode, $coherence: Coherence) @inContext(languages: $languages, audience: $audience, coherence: $coherence) {
  localization { requested audience { code } coherence chain }
  release(number: $number) { localized { dateText summary { value } } resolution { locale isFallback } } }
query List($languages: [LanguageTag!], $audience: CountryCode, $coherence: Coherence, $length: Int) {
  releases(first: $length, languages: $languages, audience: $audience, coherence: $coherence) {
    pageInfo { hasNextPage } edges { cursor node { number } localized { title { value lang } } } } }
query Staff($number: String!) { editorialRelease(number: $number) { number } release(number: $number) { number } }`;

/** Everything that may count; a value is one of a list, by its place. */
const CHOICES = {
  operationName: ['Detail', 'Context', 'List', 'Detail', 'Context', 'Staff'],
  number: ['101/20', '102/20', '103/20', '104/20', '105/20', '106/20'],
  languages: [
    undefined,
    null,
    [],
    ['fr'],
    ['fr-CA'],
    ['pt'],
    ['pt-PT'],
    ['es', 'fr'],
    ['fr', 'es'],
    ['ht'],
    ['nl'],
  ],
  audience: [undefined, null, 'CA', 'HT', 'BR', 'SR', 'US'],
  coherence: [undefined, 'RELEASE', 'FIELD', 'STRICT'],
  length: [undefined, 1, 2, 20, 21, 50],
  acceptLanguage: [undefined, 'fr', 'fr-CA', 'en', 'es;q=0.9, pt', 'pt, es;q=0.9', 'qu', '*'],
  accept: [undefined, 'application/json', 'application/graphql-response+json'],
  role: [0, 1, 2, 3, 4, 5],
  method: ['POST', 'GET'],
  spaces: ['', ' ', '\n'],
} as const;

type Name = keyof typeof CHOICES;
type Picked = Record<Name, number>;

function value<N extends Name>(picked: Picked, name: N): (typeof CHOICES)[N][number] {
  const choices = CHOICES[name] as readonly unknown[];
  return choices[picked[name]] as (typeof CHOICES)[N][number];
}

function pick(random: Random): Picked {
  const names = Object.keys(CHOICES) as Name[];
  return Object.fromEntries(
    names.map((name) => [name, random.between(0, CHOICES[name].length - 1)]),
  ) as Picked;
}

/** The same but for one thing. */
function neighbour(picked: Picked, random: Random): Picked {
  const names = Object.keys(CHOICES) as Name[];
  const name = names[random.between(0, names.length - 1)] ?? 'number';
  const step = random.between(1, CHOICES[name].length - 1);
  return { ...picked, [name]: (picked[name] + step) % CHOICES[name].length };
}

async function requestText(url: string, picked: Picked): Promise<string> {
  const token = tokens[value(picked, 'role')];
  const variables = Object.fromEntries(
    (['number', 'languages', 'audience', 'coherence', 'length'] as const).map((name) => [
      name,
      value(picked, name),
    ]),
  );
  const body = { query: OPERATIONS, operationName: value(picked, 'operationName'), variables };
  const headers: Record<string, string> = { 'apollo-require-preflight': '1' };
  const [language, accept] = [value(picked, 'acceptLanguage'), value(picked, 'accept')];
  headers['accept-language'] = language ?? '';
  if (accept) headers['accept'] = accept;
  if (token) headers['authorization'] = token;
  const response =
    value(picked, 'method') === 'POST'
      ? await fetch(url, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify(body) + value(picked, 'spaces'),
        })
      : await fetch(
          `${url}?${String(new URLSearchParams({ ...body, variables: JSON.stringify(variables) }))}`,
          { headers },
        );
  const text = (await response.text()).replace(/"requestId":"[^"]*"/g, '"requestId":""');
  // Content-Language may or may not include a text that an error removed from the response.
  const isWhole = !text.includes('"errors"');
  const contentHeaders = ['content-type', ...(isWhole ? ['content-language'] : [])].map((name) =>
    response.headers.get(name),
  );
  return JSON.stringify([response.status, contentHeaders, text]);
}

/** One program caches whole responses, the other the records that they are made of. */
const APPS = { 'cached responses': () => caching, 'cached records': () => records };

it.each([
  ['cached responses', PAIRS],
  ['cached records', PAIRS],
] as const)(
  "%s: never one reader's for another, in %i pairs that differ in one thing",
  async (what, pairs) => {
    const cache = APPS[what]();
    const random = new Random(Number(process.env['SEED'] ?? 1));
    const crossed: unknown[] = [];
    let hits = 0;
    let total = 0;
    let whole = 0;
    for (let pair = 0; pair < pairs; pair += 1) {
      const one = pick(random);
      const other = neighbour(one, random);
      const [right, otherRight] = [
        await requestText(twin.url, one),
        await requestText(twin.url, other),
      ];
      for (const [picked, expected] of [
        [one, right],
        [other, otherRight],
        [one, right],
        [other, otherRight],
      ] as const) {
        const before = cache.snapshots.length;
        if ((await requestText(cache.url, picked)) !== expected) crossed.push([picked, expected]);
        total += 1;
        if (!expected.includes('errors')) whole += 1;
        if (cache.snapshots.length === before) hits += 1;
      }
    }
    process.stdout.write(
      `${what}: ${pairs} pairs, ${total} responses, ${whole} without an error, ${hits} of them without a query to the database; crossed: ${crossed.length}\n`,
    );
    expect(crossed).toEqual([]);
    expect(whole).toBeGreaterThan(total / 4);
    expect(hits).toBeGreaterThan(total / 8);
  },
  900_000,
);
