import type { ReleaseType } from '../../kernel/release.js';

/** The facts of one generated release, in the words of one locale. */
export interface Words {
  /** The organ's title form ("CIM", "La CIM"), and its full name as the subject of a sentence. */
  readonly organShort: string;
  readonly organ: string;
  /** With its indefinite article. */
  readonly activity: string;
  readonly subject: string;
  readonly subject2: string;
  readonly subject3: string;
  readonly aim: string;
  readonly aim2: string;
  readonly group: string;
  readonly group2: string;
  /** With its preposition. */
  readonly city: string;
  /** A list of names without articles: used only after a colon. */
  readonly states: string;
  readonly date: string;
  readonly deadline: string;
  readonly days: string;
  readonly months: string;
  readonly people: string;
  readonly projects: string;
  readonly institutions: string;
  readonly amount: string;
  readonly percent: string;
  readonly percent2: string;
  readonly since: string;
  readonly nextYear: string;
}

type Template = (words: Words) => string;

/**
 * Each position has the same number of alternatives in every locale, so that one number selects the same one in all.
 */
export interface Phrasebook {
  readonly titles: Readonly<Record<ReleaseType, readonly Template[]>>;
  readonly summaries: readonly Template[];
  /** Six paragraphs of four sentences; the first sentence is always used, one of the others is left out. */
  readonly paragraphs: readonly (readonly [Template, Template, Template, Template])[];
}

export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "a workshop" → "workshop", "une table ronde" → "table ronde". */
export function withoutArticle(text: string): string {
  return text.slice(text.indexOf(' ') + 1);
}
