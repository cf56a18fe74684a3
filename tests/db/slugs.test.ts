import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { asOwner } from '../support/database.js';
import { Staff } from '../support/staff.js';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp();
});
afterAll(() => gateway.close());

async function slugOf(number: string): Promise<string | null> {
  const { data } = await gateway.query<{ release: { localized: { slug: string } } | null }>(
    `{ release(number: "${number}") { localized { slug } } }`,
  );
  return data.release && data.release.localized.slug;
}

it.each([
  [
    '633/26',
    'AT&amp;T &#8220;Peace &amp; Security&#8221; Canada&#8217;s plan',
    '633-26-at-t-peace-security-canada-s-plan',
  ],
  [
    '634/26',
    'Declaration [Annex](https://www.example.org/documents/annex.pdf) adopted',
    '634-26-declaration-annex-adopted',
  ],
  ['635/26', 'A *new* Đorđe\u200b\u00ad Straße', '635-26-a-new-dorde-strasse'],
])('%s has an address of the words that readers see', async (number, title, slug) => {
  await gateway.given(aRelease(number).in('EN', { title }).published());
  expect(await slugOf(number)).toBe(slug);
});

it.each(['changed', 'retracted'])(
  'preserves the address that a title had by an older rule when its text is %s',
  async (fate) => {
    const number = fate === 'changed' ? '636/26' : '637/26';
    const title = 'AT&amp;T reports';
    await gateway.given(
      aRelease(number)
        .in('EN', { title, body: ['Before.'] })
        .published(),
    );
    const older = `${number.replace('/', '-')}-at-amp-t-reports`;
    for (const table of ['authoring.edition_text', 'authoring.slug', 'published.text']) {
      await asOwner(gateway.database, `ALTER TABLE ${table} DISABLE TRIGGER USER`);
      await asOwner(gateway.database, `UPDATE ${table} SET slug = $1 WHERE slug LIKE $2`, [
        older,
        `${number.replace('/', '-')}-%`,
      ]);
      await asOwner(gateway.database, `ALTER TABLE ${table} ENABLE TRIGGER USER`);
    }
    const staff = new Staff(gateway.database);
    if (fate === 'retracted') await staff.retract(number);
    else await staff.revise(number, 'MINOR', { title, body: ['After.'] }, 'APPROVED');
    await staff.publish(number);
    expect(await slugOf(number)).toBe(older);
  },
);
