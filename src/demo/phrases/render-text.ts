import { dateText, regionName } from '../../kernel/display-name.js';
import { LOCALES, TAG_OF, perLocale, type Locale, type PerLocale } from '../../kernel/locale.js';
import type { ReleaseType } from '../../kernel/release.js';
import type { DemoBlock, DemoText } from '../demo-release.js';
import { english } from './english.js';
import type { Facts } from './facts.js';
import { french, frenchSpacing } from './french.js';
import type { Phrasebook, Words } from './phrasebook.js';
import { portuguese } from './portuguese.js';
import { spanish } from './spanish.js';
import type { Fourfold } from './subjects.js';

const PHRASEBOOKS: PerLocale<Phrasebook> = {
  EN: english,
  ES: spanish,
  FR: french,
  PT: portuguese,
};

interface Formats {
  date(iso: string): string;
  number(value: number): string;
  states(codes: readonly string[]): string;
}

/** CLDR separates thousands with a point in Spanish; see docs/language.md. */
function grouped(locale: Locale, number: string): string {
  return locale === 'ES' ? number.replaceAll('.', '\u202f') : number;
}

// CLDR formatters are expensive to create: one set per locale, created once.
const FORMATS = perLocale(formatsOf);

function formatsOf(locale: Locale): Formats {
  const tag = TAG_OF[locale];
  const numbers = new Intl.NumberFormat(tag);
  const list = new Intl.ListFormat(tag, { type: 'conjunction' });
  const collator = new Intl.Collator(tag);
  return {
    date: (iso) => dateText(iso, tag),
    number: (value) => grouped(locale, numbers.format(value)),
    states: (codes) => {
      const names = codes.map((code) => regionName(code, [tag], locale).value);
      return list.format(names.toSorted(collator.compare));
    },
  };
}

function wordsOf(facts: Facts, locale: Locale): Words {
  const column = LOCALES.indexOf(locale);
  const format = FORMATS[locale];
  const pick = (words: Fourfold | undefined): string => words?.[column] ?? '';
  const subject = (index: number): string => facts.subjects[index]?.[column + 1] ?? '';
  return {
    organShort: pick(facts.organ.short),
    organ: pick(facts.organ.full),
    activity: pick(facts.activity),
    subject: subject(0),
    subject2: subject(1),
    subject3: subject(2),
    aim: pick(facts.aims[0]),
    aim2: pick(facts.aims[1]),
    group: pick(facts.groups[0]),
    group2: pick(facts.groups[1]),
    city: pick(facts.city),
    states: format.states(facts.states),
    date: format.date(facts.date),
    deadline: format.date(facts.deadline),
    days: pick(facts.days),
    months: pick(facts.months),
    people: format.number(facts.people),
    projects: format.number(facts.projects),
    institutions: format.number(facts.institutions),
    amount: format.number(facts.amount),
    percent: String(facts.percent),
    percent2: String(facts.percent2),
    since: String(facts.since),
    nextYear: String(facts.nextYear),
  };
}

/** The same facts in one of the four locales: a title, a summary and six paragraphs. */
export function renderText(facts: Facts, type: ReleaseType, locale: Locale): DemoText {
  const book = PHRASEBOOKS[locale];
  const words = wordsOf(facts, locale);
  const spaced = locale === 'FR' ? frenchSpacing : (text: string): string => text;
  const choose = (templates: readonly ((w: Words) => string)[], choice: number): string =>
    spaced(templates[Math.floor(choice * templates.length)]?.(words) ?? '');
  const body = book.paragraphs.map((sentences, index): DemoBlock => {
    const remaining = sentences.filter((_, position) => position !== facts.leftOut[index]);
    return {
      kind: 'PARAGRAPH',
      text: spaced(remaining.map((sentence) => sentence(words)).join(' ')),
    };
  });
  return {
    title: choose(book.titles[type], facts.titleChoice),
    summary: choose(book.summaries, facts.summaryChoice),
    body,
  };
}
