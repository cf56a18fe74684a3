import { MAX_RELEASES } from './max-releases.js';
import { LOCALES, type Locale } from '../kernel/locale.js';
import type { ReleaseType } from '../kernel/release.js';
import type { DemoRelease, DemoStep, DemoText, DemoTexts } from './demo-release.js';
import { drawFacts, type Facts } from './phrases/facts.js';
import { STATES } from './phrases/places.js';
import { renderText } from './phrases/render-text.js';
import { Random } from './random.js';

/** A generated release for load tests. */
export interface GeneratedRelease extends Omit<DemoRelease, 'steps'> {
  /** As first written: the original and the existing translations. */
  readonly texts: DemoTexts;
  /** Locales that were not updated after the revision; empty if there is no revision. */
  readonly staleLocales: Locale[];
  /** A substantive change of one paragraph of the original; present if some locale is stale. */
  readonly revision: GeneratedRevision | null;
}

export interface GeneratedRevision {
  readonly original: DemoText;
  /** The translations that were updated. */
  readonly translations: DemoTexts;
}

const MISSING = 0.15;
const STALE = 0.08;
const ADDRESSED = 0.2;

const FIRST_DAY = Date.UTC(2010, 0, 1);
const LAST_DAY = Date.UTC(2026, 5, 30);
const DAY = 24 * 60 * 60 * 1000;

const TYPES: readonly (readonly [ReleaseType, number])[] = [
  ['PRESS_RELEASE', 70],
  ['ADVISORY', 10],
  ['STATEMENT', 10],
  ['SPEECH', 5],
  ['PHOTO_NEWS', 5],
];

const ORIGINALS: readonly (readonly [Locale, number])[] = [
  ['EN', 50],
  ['ES', 40],
  ['PT', 6],
  ['FR', 4],
];

/** Sequence numbers have five digits. */
const FIRST_NUMBER = 10_001;

/** Speeches have four digits per year: these numbers lie between real ones and those of content/. */
const FIRST_SPEECH = 5_001;

/**
 * Generates `count` releases in four languages: the same ones for the same seed, regardless of `count`; one at a time,
 * so that memory stays bounded. Their numbers have the form of each series (10001/15, AVI-10002/15, FNE-10003,
 * 15-5001), are unique, and never conflict with those of content/.
 *
 * @param count at most {@link MAX_RELEASES}
 * @param seed a whole number; another seed results in other stories and other numbers
 * @throws RangeError if `count` is not a whole number from 0 to {@link MAX_RELEASES}
 */
export function* generateReleases(count: number, seed = 1): Generator<GeneratedRelease> {
  if (!Number.isInteger(count) || count < 0 || count > MAX_RELEASES) {
    throw new RangeError(`count must be a whole number from 0 to ${MAX_RELEASES}`);
  }
  const speechesByYear = new Map<string, number>();
  for (let index = 0; index < count; index += 1) {
    // A separate generator for each release: the random numbers of one do not affect the next.
    const random = new Random(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b));
    yield generateRelease(index, random, speechesByYear);
  }
}

function generateRelease(
  index: number,
  random: Random,
  speechesByYear: Map<string, number>,
): GeneratedRelease {
  const type = random.weighted(TYPES);
  const date = drawDate(random);
  const originalLocale = random.weighted(ORIGINALS);
  const mentions = random.sample(STATES, random.between(1, 5));
  const facts = drawFacts(random, date, mentions);
  const present = LOCALES.filter((locale) => locale === originalLocale || !random.chance(MISSING));
  const staleLocales = present.filter(
    (locale) => locale !== originalLocale && random.chance(STALE),
  );
  return {
    number: numberOf(index, type, date.slice(2, 4), speechesByYear),
    type,
    date,
    originalLocale,
    audiences: random.chance(ADDRESSED) ? random.sample(STATES, random.between(1, 3)) : [],
    mentions,
    topics: topicsOf(facts).slice(0, random.between(0, 3)),
    texts: textsOf(facts, type, present),
    staleLocales,
    revision:
      staleLocales.length > 0 ? revise(facts, type, originalLocale, present, staleLocales) : null,
  };
}

function drawDate(random: Random): string {
  const time = FIRST_DAY + random.between(0, (LAST_DAY - FIRST_DAY) / DAY) * DAY;
  return new Date(time).toISOString().slice(0, 10);
}

/** @param year the last two digits of the year */
function numberOf(
  index: number,
  type: ReleaseType,
  year: string,
  speechesByYear: Map<string, number>,
): string {
  const running = FIRST_NUMBER + index;
  switch (type) {
    case 'ADVISORY':
      return `AVI-${running}/${year}`;
    case 'SPEECH': {
      const speech = speechesByYear.get(year) ?? FIRST_SPEECH;
      speechesByYear.set(year, speech + 1);
      return `${year}-${speech}`;
    }
    case 'PHOTO_NEWS':
      return `FNE-${running}`;
    case 'PRESS_RELEASE':
    case 'STATEMENT':
      return `${running}/${year}`;
  }
}

function topicsOf(facts: Facts): string[] {
  return [...new Set(facts.subjects.map(([topic]) => topic))];
}

function textsOf(facts: Facts, type: ReleaseType, locales: readonly Locale[]): DemoTexts {
  const texts: DemoTexts = {};
  for (const locale of locales) texts[locale] = renderText(facts, type, locale);
  return texts;
}

/** Changes the figure in the third paragraph, and nothing else. */
function revise(
  facts: Facts,
  type: ReleaseType,
  originalLocale: Locale,
  present: readonly Locale[],
  staleLocales: readonly Locale[],
): GeneratedRevision {
  const corrected = { ...facts, percent: facts.percent + 4 };
  const upToDate = present.filter(
    (locale) => locale !== originalLocale && !staleLocales.includes(locale),
  );
  return {
    original: renderText(corrected, type, originalLocale),
    translations: textsOf(corrected, type, upToDate),
  };
}

/** The story of a generated release, as steps like those of the demonstration releases. */
export function stepsOf(release: GeneratedRelease): DemoStep[] {
  const locales = LOCALES.filter((locale) => release.texts[locale] !== undefined);
  const steps: DemoStep[] = [
    { do: 'write', texts: release.texts },
    { do: 'publish', locales },
  ];
  const { revision } = release;
  if (revision !== null) {
    steps.push({ do: 'revise', change: 'SUBSTANTIVE', text: revision.original });
    if (Object.keys(revision.translations).length > 0) {
      steps.push({ do: 'write', texts: revision.translations });
    }
    // A stale translation is carried over, not published again.
    const upToDate = locales.filter((locale) => !release.staleLocales.includes(locale));
    steps.push({ do: 'publish', locales: upToDate });
  }
  return steps;
}
