import type { Random } from '../random.js';
import { CITIES } from './places.js';
import { SUBJECTS, type Fourfold } from './subjects.js';
import { ACTIVITIES, AIMS, GROUPS, ORGANS, SMALL_NUMBERS } from './words.js';

/** The content of a generated release, independent of language. */
export interface Facts {
  /** ISO 8601. */
  readonly date: string;
  readonly deadline: string;
  readonly organ: (typeof ORGANS)[number];
  readonly activity: Fourfold;
  /** Three different subjects: the main one, and two that are mentioned. */
  readonly subjects: readonly (typeof SUBJECTS)[number][];
  readonly aims: readonly Fourfold[];
  readonly groups: readonly Fourfold[];
  readonly city: Fourfold;
  /** ISO 3166-1 alpha-2, the host first. */
  readonly states: readonly string[];
  readonly days: Fourfold;
  readonly months: Fourfold;
  readonly people: number;
  readonly projects: number;
  readonly institutions: number;
  /** In dollars. */
  readonly amount: number;
  readonly percent: number;
  readonly percent2: number;
  readonly since: number;
  readonly nextYear: number;
  /** The choice of title and of summary, as a fraction of the alternatives. */
  readonly titleChoice: number;
  readonly summaryChoice: number;
  /** For each of the six paragraphs, which of its sentences 1 to 3 is left out. */
  readonly leftOut: readonly number[];
}

/** The second sentence of the opening lists the states: a single state is not a list. */
function leaveOut(random: Random, stateCount: number): number[] {
  const leftOut = Array.from({ length: 6 }, () => random.between(1, 3));
  if (stateCount < 2) leftOut[0] = 2;
  return leftOut;
}

const DAY = 24 * 60 * 60 * 1000;

export function drawFacts(random: Random, date: string, states: readonly string[]): Facts {
  const year = Number(date.slice(0, 4));
  const host = states[0] ?? '';
  return {
    date,
    deadline: new Date(Date.parse(date) + random.between(30, 120) * DAY).toISOString().slice(0, 10),
    organ: random.pick(ORGANS),
    activity: random.pick(ACTIVITIES),
    subjects: random.sample(SUBJECTS, 3),
    aims: random.sample(AIMS, 2),
    groups: random.sample(GROUPS, 2),
    city: CITIES[host] ?? random.pick(Object.values(CITIES)),
    states,
    days: random.pick(SMALL_NUMBERS),
    months: random.pick(SMALL_NUMBERS),
    people: random.between(24, 480),
    projects: random.between(12, 96),
    institutions: random.between(110, 890),
    // Never whole millions, which Spanish, French and Portuguese would join to the noun with "de".
    amount: random.between(12, 97) * 20_000 + 10_000,
    percent: random.between(41, 88),
    percent2: random.between(11, 39),
    since: year - random.between(2, 9),
    nextYear: year + 1,
    titleChoice: random.next(),
    summaryChoice: random.next(),
    leftOut: leaveOut(random, states.length),
  };
}
