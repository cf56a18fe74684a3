import { describe, expect, it } from '@jest/globals';
import type { DemoText } from '../../../src/demo/demo-release.js';
import { generateReleases, stepsOf } from '../../../src/demo/generate.js';
import { MAX_RELEASES } from '../../../src/demo/max-releases.js';
import type { GeneratedRelease } from '../../../src/demo/generate.js';
import { demoReleases, demoTopics } from '../../../src/demo/releases.js';
import { LOCALES } from '../../../src/kernel/locale.js';
import { isReleaseNumber } from '../../../src/kernel/reference-code.js';
import { numbersIn, titleFaults, typographyFaults } from '../../support/demo-faults.js';

const releases = [...generateReleases(3000)];

const share = (part: number, whole: number): number => part / whole;
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function presentIn(release: GeneratedRelease) {
  return LOCALES.flatMap((locale) => {
    const text = release.texts[locale];
    return text ? [{ locale, text, release }] : [];
  });
}

const all = releases.flatMap(presentIn);
const translations = all.filter(({ locale, release }) => locale !== release.originalLocale);

const segmentsOf = ({ title, summary, body }: DemoText): string[] => [
  title,
  summary ?? '',
  ...body.map(({ text }) => text),
];

describe('generated releases', () => {
  it('are the same for the same seed, however many are taken', () => {
    expect([...generateReleases(50, 7)]).toEqual([...generateReleases(120, 7)].slice(0, 50));
    expect([...generateReleases(50, 7)]).not.toEqual([...generateReleases(50, 8)]);
  });

  it('have numbers of their own, in the form of their series', () => {
    const numbers = releases.map(({ number }) => number);
    expect(new Set(numbers).size).toBe(releases.length);
    expect(numbers.filter((number) => !isReleaseNumber(number))).toEqual([]);
    const written = new Set(demoReleases().map(({ number }) => number));
    expect(numbers.filter((number) => written.has(number))).toEqual([]);
    const otherYear = releases.filter(({ number, date, type }) => {
      const year = date.slice(2, 4);
      if (type === 'SPEECH') return !number.startsWith(`${year}-`);
      return type !== 'PHOTO_NEWS' && !number.endsWith(`/${year}`);
    });
    expect(otherYear).toEqual([]);
  });

  it('stay within five digits', () => {
    expect(() => [...generateReleases(MAX_RELEASES + 1)]).toThrow(RangeError);
    expect(() => [...generateReleases(-1)]).toThrow(RangeError);
    expect([...generateReleases(0)]).toEqual([]);
  });

  it('lack about 15 % of their translations, and have let about 8 % of the others go stale', () => {
    const possible = releases.length * 3;
    expect(share(possible - translations.length, possible)).toBeGreaterThan(0.13);
    expect(share(possible - translations.length, possible)).toBeLessThan(0.17);
    const stale = releases.reduce((sum, { staleLocales }) => sum + staleLocales.length, 0);
    expect(share(stale, translations.length)).toBeGreaterThan(0.065);
    expect(share(stale, translations.length)).toBeLessThan(0.095);
  });

  it('are spread over years, types, languages, states and topics', () => {
    const dates = releases.map(({ date }) => date).sort();
    expect(dates[0]?.slice(0, 4)).toBe('2010');
    expect(dates.at(-1)?.slice(0, 4)).toBe('2026');
    expect(new Set(releases.map(({ type }) => type)).size).toBe(5);
    const originals = (locale: string) =>
      share(
        releases.filter((release) => release.originalLocale === locale).length,
        releases.length,
      );
    expect(originals('EN') + originals('ES')).toBeGreaterThan(0.85);
    expect(originals('PT')).toBeGreaterThan(0.03);
    expect(originals('FR')).toBeGreaterThan(0.02);
    const addressed = releases.filter(({ audiences }) => audiences.length > 0).length;
    expect(share(addressed, releases.length)).toBeGreaterThan(0.17);
    expect(share(addressed, releases.length)).toBeLessThan(0.23);
    expect(new Set(releases.flatMap(({ mentions }) => mentions)).size).toBe(35);
    expect(new Set(releases.map(({ mentions }) => mentions.length))).toEqual(
      new Set([1, 2, 3, 4, 5]),
    );
    const slugs = new Set(demoTopics().map(({ slug }) => slug));
    expect(releases.flatMap(({ topics }) => topics).filter((topic) => !slugs.has(topic))).toEqual(
      [],
    );
    expect(new Set(releases.map(({ topics }) => topics.length))).toEqual(new Set([0, 1, 2, 3]));
  });

  it('have the lengths of real ones, and titles that differ', () => {
    expect(mean(all.map(({ text }) => text.title.length))).toBeGreaterThan(70);
    expect(mean(all.map(({ text }) => text.title.length))).toBeLessThan(100);
    expect(mean(all.map(({ text }) => text.summary?.length ?? 0))).toBeGreaterThan(230);
    expect(mean(all.map(({ text }) => text.summary?.length ?? 0))).toBeLessThan(290);
    const paragraphs = all.flatMap(({ text }) => text.body.map((block) => block.text.length));
    expect(paragraphs.length).toBe(all.length * 6);
    expect(mean(paragraphs)).toBeGreaterThan(350);
    expect(mean(paragraphs)).toBeLessThan(450);
    expect(new Set(all.map(({ text }) => text.title)).size / all.length).toBeGreaterThan(0.9);
  });

  it('follow the typography of each language', () => {
    const faults = all
      .slice(0, 800)
      .flatMap(({ locale, text }) => [
        ...titleFaults(locale, text.title).map((fault) => `${fault}: ${text.title}`),
        ...segmentsOf(text).flatMap((segment) =>
          [...typographyFaults(locale, segment), ...(segment.match(/undefined|NaN/gu) ?? [])].map(
            (fault) => `${fault}: ${segment}`,
          ),
        ),
      ]);
    expect(faults).toEqual([]);
  });

  it('join no preposition to an article, and use "e" before i in Spanish', () => {
    const whole = { EN: '', ES: '', FR: '', PT: '' };
    for (const { locale, text } of all.slice(0, 1500)) whole[locale] += segmentsOf(text).join('\n');
    const found = [
      ...whole.ES.matchAll(/(?<!\p{L})(?:(?:de|a) el |y h?i(?![ae])\p{L}*)/giu),
      ...whole.FR.matchAll(/(?<!\p{L})(?:(?:de|à) les? |de [aeiouéèê]\p{L}*)/giu),
      ...whole.PT.matchAll(/(?<!\p{L})(?:de|em|por) [oa]s? /giu),
    ];
    expect(found.map(([words]) => words)).toEqual([]);
  });

  it('have the same facts in every language, and in the texts updated after a revision', () => {
    for (const release of releases.slice(0, 400)) {
      const values = presentIn(release).map(({ locale, text }) =>
        segmentsOf(text).map((segment) => numbersIn(locale, segment)),
      );
      expect(values).toEqual(values.map(() => values[0]));
      if (!release.revision) continue;
      const { original, translations: revised } = release.revision;
      const now = numbersIn(release.originalLocale, segmentsOf(original).join(' '));
      for (const locale of LOCALES) {
        const text = revised[locale];
        if (text) expect(numbersIn(locale, segmentsOf(text).join(' '))).toEqual(now);
      }
    }
  });

  it('revise one paragraph of the original where a translation is stale, and only there', () => {
    for (const { texts, originalLocale, staleLocales, revision } of releases) {
      expect(revision !== null).toBe(staleLocales.length > 0);
      if (!revision) continue;
      const before = segmentsOf(texts[originalLocale] as DemoText);
      const changed = segmentsOf(revision.original).filter((text, index) => text !== before[index]);
      expect(changed).toHaveLength(1);
      for (const locale of staleLocales) expect(texts[locale]).toBeDefined();
      const present = LOCALES.filter((locale) => revision.translations[locale]);
      const expected = LOCALES.filter(
        (locale) => texts[locale] && locale !== originalLocale && !staleLocales.includes(locale),
      );
      expect(present).toEqual(expected);
    }
  });

  it('come as the same steps as the written ones', () => {
    const whole = releases.find(({ revision }) => revision === null);
    const stale = releases.find(
      ({ revision }) => revision && Object.keys(revision.translations).length > 0,
    );
    expect(stepsOf(whole!).map((step) => step.do)).toEqual(['write', 'publish']);
    expect(stepsOf(stale!).map((step) => step.do)).toEqual([
      'write',
      'publish',
      'revise',
      'write',
      'publish',
    ]);
  });

  it('take less than 3 seconds for 5,000', () => {
    const start = process.cpuUsage();
    let count = 0;
    for (const release of generateReleases(5000)) count += release.number ? 1 : 0;
    const { user, system } = process.cpuUsage(start);
    expect(count).toBe(5000);
    expect((user + system) / 1e6).toBeLessThan(3);
  });
});
