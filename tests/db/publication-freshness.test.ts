import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { Staff } from '../support/staff.js';

let gateway: TestApp;
let staff: Staff;

beforeAll(async () => {
  gateway = await createTestApp();
  staff = new Staff(gateway.database);
});
afterAll(() => gateway.close());

/** The freshness of one locale that a reader sees: of the title, of the body, of each block, and of the whole. */
async function freshness(number: string, tag: string): Promise<string> {
  interface Found {
    locales: { locale: string; freshness: string | null }[];
    localized: {
      title: { freshness: string };
      body: { freshness: string; blocks: { freshness: string }[] };
    };
  }
  const { data } = await gateway.query<{ release: Found }>(
    `query ($number: String, $tag: LanguageTag!) { release(number: $number) {
       locales { locale freshness }
       localized(languages: [$tag], coherence: STRICT) {
         title { freshness } body { freshness blocks { freshness } } } } }`,
    { variables: { number, tag } },
  );
  const { locales, localized } = data.release;
  const whole = locales.find(({ locale }) => locale === tag.toUpperCase());
  const blocks = localized.body.blocks.map((block) => short(block.freshness)).join('');
  const { title, body } = localized;
  return `${short(whole?.freshness)} title ${short(title.freshness)} body ${short(body.freshness)} ${blocks}`;
}

const short = (value: string | null | undefined) => value?.charAt(0) ?? '-';

const text = (title: string, ...body: string[]) => ({ title, body });

it('is judged block by block against the original of the same edition', async () => {
  await gateway.given(
    aRelease('541/12')
      .in('EN', text('Title', 'One.', 'Two.', 'Three.'))
      .in('ES', text('Título', 'Uno.', 'Dos.', 'Tres.'))
      .withOwnBodyIn('FR', text('Titre', 'Un et deux.', 'Trois.'))
      .published(),
  );
  expect(await freshness('541/12', 'es')).toBe('C title C body C CCC');

  await staff.revise('541/12', 'MINOR', text('Title', 'One.', 'Two!', 'Three.'), 'APPROVED');
  expect(await freshness('541/12', 'es')).toBe('C title C body C CCC');
  await staff.publish('541/12', ['EN']);
  expect(await freshness('541/12', 'es')).toBe('M title C body M CMC');
  expect(await freshness('541/12', 'fr')).toBe('M title C body M MM');
  expect(await freshness('541/12', 'en')).toBe('C title C body C CCC');

  const changed = text('Title', 'One.', 'Two!', 'Three and a half.');
  await staff.revise('541/12', 'SUBSTANTIVE', changed, 'APPROVED');
  await staff.publish('541/12', ['EN']);
  expect(await freshness('541/12', 'es')).toBe('S title C body S CMS');
  expect(await freshness('541/12', 'fr')).toBe('S title C body S SS');

  const renewed = text('Título', 'Uno.', '¡Dos!', 'Tres y medio.');
  await staff.translate('541/12', 'ES', renewed, 'APPROVED');
  await staff.publish('541/12', ['ES']);
  expect(await freshness('541/12', 'es')).toBe('C title C body C CCC');
  expect(await freshness('541/12', 'fr')).toBe('S title C body S SS');
});

it('is STALE where the original has gained text since', async () => {
  await gateway.given(
    aRelease('542/12').in('EN', text('Title', 'One.')).in('PT', text('Título', 'Um.')).published(),
  );
  await staff.revise('542/12', 'SUBSTANTIVE', text('Title', 'One.', 'Two.'), 'APPROVED');
  await staff.publish('542/12', ['EN']);
  expect(await freshness('542/12', 'pt')).toBe('S title C body S C');
});

it('is CURRENT again where the original returns to its earlier text', async () => {
  await gateway.given(
    aRelease('543/12').in('EN', text('Title', 'One.')).in('PT', text('Título', 'Um.')).published(),
  );
  await staff.revise('543/12', 'SUBSTANTIVE', text('Title', 'Two.'), 'APPROVED');
  await staff.publish('543/12', ['EN']);
  expect(await freshness('543/12', 'pt')).toBe('S title C body S S');
  await staff.revise('543/12', 'SUBSTANTIVE', text('Title', 'One.'), 'APPROVED');
  await staff.publish('543/12', ['EN']);
  expect(await freshness('543/12', 'pt')).toBe('C title C body C C');
});

it('of a translation that is ahead of the public original shows the difference', async () => {
  await gateway.given(
    aRelease('544/12').in('EN', text('Title', 'One.')).in('PT', text('Título', 'Um.')).published(),
  );
  await staff.revise('544/12', 'SUBSTANTIVE', text('Title', 'Two.'), 'DRAFT');
  await staff.translate('544/12', 'PT', text('Título', 'Dois.'), 'APPROVED');
  // What it was made from is not public yet, so against the public original it is stale.
  await expect(staff.publish('544/12', ['PT'])).rejects.toMatchObject({
    vars: { rules: 'PT: STALE' },
  });
});

it('is renewed by publishing a text again that was found still right, word for word', async () => {
  const spanish = text('Título', 'Uno.', 'Dos.');
  const release = aRelease('549/12')
    .in('EN', text('Title', 'One.', 'Two.'))
    .in('ES', spanish)
    .published()
    .revised('SUBSTANTIVE', text('Title', 'One.', 'Two, that is.'))
    .published('EN');
  await gateway.given(release);
  expect(await freshness('549/12', 'es')).toBe('S title C body S CS');

  await gateway.given(
    aRelease('550/12')
      .in('EN', text('Title', 'One.', 'Two.'))
      .in('ES', spanish)
      .published()
      .revised('SUBSTANTIVE', text('Title', 'One.', 'Two, that is.'))
      .published('EN')
      .in('ES', spanish)
      .published('ES'),
  );
  expect(await freshness('550/12', 'es')).toBe('C title C body C CC');
});
