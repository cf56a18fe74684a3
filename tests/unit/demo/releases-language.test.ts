import { describe, expect, it } from '@jest/globals';

import type { DemoText, DemoTexts } from '../../../src/demo/demo-release.js';
import { generateReleases } from '../../../src/demo/generate.js';
import { demoReleases, demoTopics } from '../../../src/demo/releases.js';
import { type Locale, LOCALES, TAG_OF } from '../../../src/kernel/locale.js';
import { renderInline } from '../../../src/kernel/rich-text/index.js';
import { STATE_NAMES } from '../../../src/kernel/state-names.js';
import { LANGUAGE_RULES, languageFaults } from '../../support/language-rules.js';

const plain = ({ title, summary, body }: DemoText): string[] =>
  [title, summary ?? '', ...body.map(({ text }) => text)].map(
    (markdown) => renderInline(markdown).plainText,
  );

const inEach = (texts: DemoTexts): [Locale, string][] =>
  LOCALES.flatMap((locale) => {
    const text = texts[locale];
    return text ? plain(text).map((segment): [Locale, string] => [locale, segment]) : [];
  });

const written = demoReleases().flatMap(({ originalLocale, steps }) =>
  steps.flatMap((step) => {
    if (step.do === 'write') return inEach(step.texts);
    return step.do === 'revise' ? inEach({ [originalLocale]: step.text }) : [];
  }),
);
const generated = [...generateReleases(1200)].flatMap(({ texts }) => inEach(texts));
const topics = demoTopics().flatMap(({ names }) =>
  LOCALES.map((locale): [Locale, string] => [locale, names[locale]]),
);

describe('the rules of docs/language.md', () => {
  it.each(
    LANGUAGE_RULES.flatMap((rule) => rule.bad.map((text) => [rule.locale, text, rule.fault])),
  )('%s: find “%s” (%s)', (locale, text, fault) => {
    expect(languageFaults(locale as Locale, text)).toContain(fault);
  });

  it.each(LANGUAGE_RULES.flatMap(({ locale, good }) => good.map((text) => [locale, text])))(
    '%s: let “%s” be',
    (locale, text) => {
      expect(languageFaults(locale as Locale, text)).toEqual([]);
    },
  );
});

describe.each([
  ['the demonstration releases', written],
  ['their topics', topics],
  ['generated releases', generated],
] as const)('%s', (_, segments) => {
  it.each(LOCALES)('follow docs/language.md in %s', (locale) => {
    const own = segments.filter(([each]) => each === locale);
    expect(own.length).toBeGreaterThan(0);
    expect(
      own.flatMap(([, text]) => languageFaults(locale, text).map((fault) => `${fault}: ${text}`)),
    ).toEqual([]);
  });
});

/** The states named one after the other: "Argentine, le Brésil, le Chili et la Colombie". */
function listsOfStates(locale: Locale, text: string): string[][] {
  const names = Object.values(STATE_NAMES)
    .map((state) => state[locale])
    .sort((a, b) => b.length - a.length);
  const article = '(?:the |el |la |los |las |le |les |l’|o |a |os |as |du |de la |d’|do |da )?';
  const name = `${article}(?:${names.join('|')})`;
  const list = new RegExp(
    `${name}(?:(?:, (?:(?:and|y|e|et) )?| (?:and|y|e|et) )${name}){2,}`,
    'gu',
  );
  const one = new RegExp(names.join('|'), 'gu');
  return (text.match(list) ?? []).map((found) => found.match(one) ?? []);
}

describe('lists of states', () => {
  it.each(LOCALES)('are sorted as %s sorts', (locale) => {
    const compare = new Intl.Collator(TAG_OF[locale]).compare;
    const lists = [...written, ...generated]
      .filter(([each]) => each === locale)
      .flatMap(([, text]) => listsOfStates(locale, text));
    expect(lists.length).toBeGreaterThan(20);
    expect(lists.filter((list) => list.join() !== list.toSorted(compare).join())).toEqual([]);
  });

  it.each([
    ['EN', 'St. Vincent & Grenadines, St. Kitts, St. Lucia, Trinidad & Tobago'],
    ['ES', 'Surinam, Granada, San Cristóbal y Nieves, Belice'],
    ['FR', 'Saint-Christophe-et-Niévès, Vénézuéla, Bélize'],
    ['PT', 'São Cristóvão e Névis'],
  ] as const)('have the names of the OAS in %s', (locale, others) => {
    const wrong = new RegExp(`(?:${others.split(', ').join('|')})(?!\\p{L})`, 'u');
    const segments = [...written, ...generated].filter(([each]) => each === locale);
    expect(segments.filter(([, text]) => wrong.test(text))).toEqual([]);
  });
});
