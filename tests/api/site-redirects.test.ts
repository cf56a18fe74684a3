import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { type Locale, LOCALES, TAG_OF } from '../../src/kernel/locale.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { getPage } from '../support/site.js';
import { Staff } from '../support/staff.js';

const NUMBER = '105/20';

let gateway: TestApp;
let staff: Staff;
/** All slugs that the release ever had. */
const slugs = new Set<string>();

beforeAll(async () => {
  gateway = await createTestApp({ pages: true, responseCache: { maxBytes: 2 ** 23, maxAge: 1 } });
  staff = new Staff(gateway.database);
  await gateway.given(
    aRelease(NUMBER)
      .in('EN', { title: 'One', body: ['x'] })
      .published(),
  );
});
afterAll(() => gateway.close());

async function publishFrench(title: string): Promise<void> {
  await staff.translate(NUMBER, 'FR', { title, body: ['y'] }, 'APPROVED');
  await staff.publish(NUMBER, ['FR']);
}

async function correctEnglish(title: string): Promise<void> {
  await staff.revise(NUMBER, 'MINOR', { title, body: ['x'] }, 'APPROVED');
  await staff.publish(NUMBER, ['EN']);
}

async function retractFrench(): Promise<void> {
  await staff.retract(NUMBER, ['FR']);
}

/** The present slugs, once the process has caught up with the change log. */
async function presentSlugs(): Promise<ReadonlyMap<Locale, string>> {
  await gateway.as('EDITOR').mutate('mutation { __typename }');
  const { data } = await gateway.query<{
    release: { alternates: { locale: Locale; slug: string }[] };
  }>(`{ release(number: "${NUMBER}") { alternates { locale slug } } }`);
  return new Map(data.release.alternates.map(({ locale, slug }) => [locale, slug]));
}

/** Each response on the way from an address, until one is no redirect; no more than four. */
async function way(path: string, steps = 4): Promise<string[]> {
  const { status, headers } = await getPage(gateway, path);
  const { location } = headers;
  if (location === undefined || steps === 0) return [`${status} ${path}`];
  expect(headers['cache-control']).toBe('no-cache');
  return [`${status} ${path}`, ...(await way(location, steps - 1))];
}

const STEPS: readonly (readonly [string, () => Promise<void>])[] = [
  ['only the original', async () => Promise.resolve()],
  ['the original has another title', () => correctEnglish('Two')],
  ['French comes', () => publishFrench('Un')],
  ['the original has another title beside French', () => correctEnglish('Three')],
  ['French has another title', () => publishFrench('Deux')],
  ['French goes', () => retractFrench()],
  ['the original has its first title again, without French', () => correctEnglish('One')],
  ['French comes again, with its first title', () => publishFrench('Un')],
  ['French goes again', () => retractFrench()],
  ['French comes again, with another title', () => publishFrench('Trois')],
];

it.each(STEPS)('%s: every address leads to the page at once', async (_what, step) => {
  await step();
  const present = await presentSlugs();
  for (const slug of present.values()) slugs.add(slug);
  for (const locale of LOCALES) {
    const own = present.get(locale);
    const page = `/${TAG_OF[locale]}/${own ?? present.get('EN')}`;
    for (const slug of slugs) {
      const path = `/${TAG_OF[locale]}/${slug}`;
      const isPresent = [...present.values()].includes(slug);
      const status = own !== undefined && !isPresent ? 301 : 302;
      const expected = path === page ? [`200 ${page}`] : [`${status} ${path}`, `200 ${page}`];
      expect(await way(path)).toEqual(expected);
    }
  }
});

it('the whole release goes: no address is left', async () => {
  await staff.retract(NUMBER);
  await gateway.as('EDITOR').mutate('mutation { __typename }');
  for (const locale of LOCALES) {
    for (const slug of slugs) {
      const path = `/${TAG_OF[locale]}/${slug}`;
      expect(await way(path)).toEqual([`404 ${path}`]);
    }
  }
});
