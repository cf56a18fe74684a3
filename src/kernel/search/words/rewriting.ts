/** Rewriting rules: the first one that matches a word is applied. */
export type Rewriting = readonly (readonly [pattern: RegExp, replacement: string])[];

export function rewrite(word: string, rules: Rewriting): string {
  const rule = rules.find(([pattern]) => pattern.test(word));
  return rule ? word.replace(...rule) : word;
}

/** `a>b c>d`: a table of irregular forms, each with its base word. */
export function formsTable(table: string): ReadonlyMap<string, string> {
  return new Map(words(table).map((row) => row.split('>') as [string, string]));
}

export function words(list: string): string[] {
  return list.split(/\s+/).filter(Boolean);
}

/**
 * The suffix of a word that the stemmer would confuse with another. It is not a letter, so it is no other word's stem.
 */
export const WHOLE = '=';
