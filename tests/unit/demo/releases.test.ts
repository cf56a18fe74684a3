import { describe, expect, it } from '@jest/globals';
import type { DemoRelease, DemoText } from '../../../src/demo/demo-release.js';
import { demoReleases, demoTopics } from '../../../src/demo/releases.js';
import { alignBlocks } from '../../../src/features/import/page/align-blocks.js';
import { LOCALES, type Locale } from '../../../src/kernel/locale.js';
import { isReleaseNumber } from '../../../src/kernel/reference-code.js';
import { renderInline } from '../../../src/kernel/rich-text/index.js';
import { numbersIn, titleFaults, typographyFaults } from '../../support/demo-faults.js';

const releases = demoReleases();

function get(number: string): DemoRelease {
  const found = releases.find((release) => release.number === number);
  if (!found) throw new Error(`no release ${number}`);
  return found;
}

/** Every text in a story, with the original from which it was made. */
function textsOf(release: DemoRelease) {
  const found: { locale: Locale; text: DemoText; original: DemoText; isAligned: boolean }[] = [];
  let original: DemoText | undefined;
  for (const step of release.steps) {
    if (step.do === 'revise') original = step.text;
    if (step.do === 'write') original ??= step.texts[release.originalLocale];
    if (original === undefined) throw new Error(`${release.number} begins without its original`);
    const texts =
      step.do === 'write'
        ? step.texts
        : step.do === 'revise'
          ? { [release.originalLocale]: step.text }
          : {};
    const own = step.do === 'write' ? (step.ownSegments ?? []) : [];
    for (const locale of LOCALES) {
      const text = texts[locale];
      if (text) found.push({ locale, text, original, isAligned: !own.includes(locale) });
    }
  }
  return found;
}

const all = releases.flatMap((release) =>
  textsOf(release).map((entry, index) => ({
    ...entry,
    release,
    name: `${release.number} ${entry.locale} #${index}`,
  })),
);

const segmentsOf = ({ title, summary, body }: DemoText): string[] => [
  title,
  ...(summary === null ? [] : [summary]),
  ...body.map(({ text }) => text),
];

describe('the texts of the demonstration releases', () => {
  it.each(all)('$name follows the typography of its language', ({ locale, text }) => {
    const faults = segmentsOf(text).flatMap((segment) =>
      typographyFaults(locale, segment).map((fault) => `${fault}: ${segment}`),
    );
    expect(faults).toEqual([]);
  });

  it.each(all)('$name has titles and headings in the right case', ({ locale, text }) => {
    const headings = text.body.filter(({ kind }) => kind === 'HEADING').map((block) => block.text);
    expect(headings.flatMap((heading) => titleFaults(locale, heading))).toEqual([]);
    const title = text.title.replace(/^(DRAFT|BORRADOR), /u, '');
    // The draft's mark is in capitals, and the title goes on after it.
    expect(titleFaults(locale, title.charAt(0).toUpperCase() + title.slice(1))).toEqual([]);
  });

  it.each(all)('$name has the length of a press release', ({ text }) => {
    expect(text.title.length).toBeGreaterThan(50);
    expect(text.title.length).toBeLessThanOrEqual(120);
    expect(text.summary?.length ?? 200).toBeGreaterThanOrEqual(180);
    expect(text.summary?.length ?? 200).toBeLessThanOrEqual(320);
    expect(text.body.length).toBeGreaterThanOrEqual(3);
    expect(text.body.length).toBeLessThanOrEqual(7);
  });

  it.each(all)(
    '$name has the same facts as its original',
    ({ locale, text, original, isAligned, release }) => {
      const from = release.originalLocale;
      const values = (of: DemoText, as: Locale) =>
        isAligned
          ? segmentsOf(of).map((segment) => numbersIn(as, segment))
          : numbersIn(as, segmentsOf(of).join(' '));
      expect(values(text, locale)).toEqual(values(original, from));
      expect(text.summary === null).toBe(original.summary === null);
      expect(alignBlocks(original.body, text.body)).toBe(isAligned);
    },
  );

  it.each(all)('$name stands in its own language', ({ locale, text }) => {
    const words = {
      EN: /\bthe\b/giu,
      ES: /\b(?:el|los|las)\b/giu,
      FR: /\bles?\b|\bdes\b/giu,
      PT: /\b(?:o|os|da|em|do)\b/giu,
    };
    const counts = LOCALES.map((candidate) => ({
      candidate,
      count: segmentsOf(text).join(' ').match(words[candidate])?.length ?? 0,
    }));
    counts.sort((a, b) => b.count - a.count);
    expect(counts[0]?.candidate).toBe(locale);
  });
});

/** How a story ends for the public: each locale that was ever out, and how it stands against its original. */
function ending(release: DemoRelease): Partial<Record<Locale, string>> {
  const { originalLocale } = release;
  const made = new Map<Locale, number>();
  const changes: ('SUBSTANTIVE' | 'MINOR')[] = [];
  const state = new Map<Locale, string>();
  const freshness = (locale: Locale): string => {
    const since = changes.slice(made.get(locale));
    if (locale === originalLocale || since.length === 0) return 'CURRENT';
    return since.includes('SUBSTANTIVE') ? 'STALE' : 'MINOR_DRIFT';
  };
  for (const step of release.steps) {
    if (step.do === 'write') {
      for (const locale of LOCALES) if (step.texts[locale]) made.set(locale, changes.length);
    } else if (step.do === 'revise') {
      changes.push(step.change);
    } else if (step.do === 'publish') {
      for (const locale of step.locales) state.set(locale, 'OUT');
      for (const [locale, was] of state) {
        if (was !== 'RETRACTED' || step.locales.includes(locale))
          state.set(locale, freshness(locale));
      }
    } else {
      for (const locale of step.locales ?? state.keys()) state.set(locale, 'RETRACTED');
    }
  }
  return Object.fromEntries(LOCALES.flatMap((l) => (state.has(l) ? [[l, state.get(l)]] : [])));
}

const CURRENT = 'CURRENT';

const stories: readonly [string, string, Locale, Partial<Record<Locale, string>>][] = [
  ['complete', '9001/12', 'EN', { EN: CURRENT, ES: CURRENT, FR: CURRENT, PT: CURRENT }],
  ['French missing', '9002/13', 'EN', { EN: CURRENT, ES: CURRENT, PT: CURRENT }],
  ['Portuguese stale', '9003/17', 'ES', { EN: CURRENT, ES: CURRENT, FR: CURRENT, PT: 'STALE' }],
  [
    'a minor drift',
    'AVI-9004/24',
    'EN',
    { EN: CURRENT, ES: 'MINOR_DRIFT', FR: 'MINOR_DRIFT', PT: 'MINOR_DRIFT' },
  ],
  ['original in Spanish', '9005/19', 'ES', { EN: CURRENT, ES: CURRENT }],
  ['retracted', '9006/20', 'EN', { EN: 'RETRACTED', ES: 'RETRACTED' }],
  ['a speech', '26-9007', 'EN', { EN: CURRENT, ES: CURRENT, FR: CURRENT, PT: CURRENT }],
  ['one locale retracted', 'FNE-9008', 'EN', { EN: CURRENT, ES: CURRENT, FR: 'RETRACTED' }],
  ['one locale only', '9009/21', 'PT', { PT: CURRENT }],
  ['corrected', '9010/22', 'ES', { EN: CURRENT, ES: CURRENT, FR: CURRENT, PT: CURRENT }],
  ['for Haiti and Canada', '9011/25', 'FR', { EN: CURRENT, FR: CURRENT }],
  ['about Suriname', '9012/25', 'EN', { EN: CURRENT, ES: CURRENT, FR: CURRENT, PT: CURRENT }],
  ['a draft', '9013/26', 'EN', {}],
];

describe('the stories of the demonstration releases', () => {
  it.each(stories)('%s: %s', (_, number, originalLocale, outcome) => {
    expect(get(number).originalLocale).toBe(originalLocale);
    expect(ending(get(number))).toEqual(outcome);
  });

  it('are each in the table above, under a number that no real release has', () => {
    expect(releases.map(({ number }) => number).sort()).toEqual(stories.map(([, n]) => n).sort());
    for (const { number, date, type } of releases) {
      expect(isReleaseNumber(number)).toBe(true);
      expect(Number(/9\d{3}/u.exec(number)?.[0])).toBeGreaterThanOrEqual(9001);
      const year = /\/(\d\d)$/u.exec(number)?.[1] ?? /^(\d\d)-/u.exec(number)?.[1];
      if (type !== 'PHOTO_NEWS') expect(year).toBe(date.slice(2, 4));
    }
  });

  it('are published and retracted in order of time, not before their date', () => {
    for (const { date, steps } of releases) {
      const instants = steps.flatMap((step) => ('at' in step && step.at ? [step.at] : []));
      expect(instants).toEqual([...instants].sort());
      expect(instants.every((instant) => instant.slice(0, 10) >= date)).toBe(true);
    }
  });

  it('limit a revision to the blocks of the original, and change something', () => {
    for (const { text, original, locale, release } of all) {
      if (locale !== release.originalLocale) continue;
      expect(text.body.map(({ kind }) => kind)).toEqual(original.body.map(({ kind }) => kind));
    }
    for (const release of releases) {
      const originals = textsOf(release).filter(({ locale }) => locale === release.originalLocale);
      const versions = originals.map(({ text }) => JSON.stringify(text));
      expect(new Set(versions).size).toBe(versions.length);
    }
  });

  it('correct the figure in every language', () => {
    const [wrong, right] = [1250, 1520];
    const texts = textsOf(get('9010/22'));
    for (const locale of LOCALES) {
      const editions = texts
        .filter((entry) => entry.locale === locale)
        .map(({ text }) => numbersIn(locale, segmentsOf(text).join(' ')));
      expect(editions.map((numbers) => numbers.includes(wrong))).toEqual([true, false]);
      expect(editions.map((numbers) => numbers.includes(right))).toEqual([false, true]);
    }
  });

  it('split paragraphs in the Portuguese speech', () => {
    const speech = textsOf(get('26-9007')).find(({ isAligned }) => !isAligned);
    expect(speech?.locale).toBe('PT');
    expect(speech?.text.body.length).toBeGreaterThan(speech?.original.body.length ?? 0);
  });

  it('are addressed to some states where that matters', () => {
    expect(get('9011/25').audiences).toEqual(['CA', 'HT']);
    expect(get('9005/19').audiences).toContain('NI');
    expect(get('9005/19').date < '2023-11-19').toBe(true);
    expect(get('9012/25').mentions).toEqual(['SR']);
  });

  it('cover the types, the blocks and all original languages', () => {
    expect(new Set(releases.map(({ type }) => type)).size).toBe(5);
    expect(new Set(releases.map(({ originalLocale }) => originalLocale)).size).toBe(4);
    const kinds = new Set(all.flatMap(({ text }) => text.body.map(({ kind }) => kind)));
    expect([...kinds].sort()).toEqual(['HEADING', 'LIST_ITEM', 'PARAGRAPH', 'QUOTE']);
    const html = all.map(({ text }) =>
      segmentsOf(text)
        .map((s) => renderInline(s).html)
        .join(''),
    );
    for (const tag of ['<em>', '<strong>', '<a ']) {
      expect(html.some((page) => page.includes(tag))).toBe(true);
    }
  });

  it('name every mentioned state in the text', () => {
    const names = new Intl.DisplayNames('en', { type: 'region' });
    for (const { text, release } of all.filter(({ locale }) => locale === 'EN')) {
      const whole = segmentsOf(text).join(' ');
      for (const code of release.mentions) {
        const name = names.of(code)?.replaceAll('&', 'and').replaceAll('St.', 'Saint') ?? code;
        expect(whole.replaceAll('and the Gren', 'and Gren')).toContain(name);
      }
    }
  });

  it('have topics that exist, with names in four languages', () => {
    const slugs = demoTopics().map(({ slug }) => slug);
    expect(new Set(slugs).size).toBe(slugs.length);
    expect(slugs.length).toBeGreaterThanOrEqual(8);
    for (const { topics } of releases) expect(slugs).toEqual(expect.arrayContaining(topics));
    for (const { names } of demoTopics()) {
      for (const locale of LOCALES) expect(typographyFaults(locale, names[locale])).toEqual([]);
    }
  });
});
