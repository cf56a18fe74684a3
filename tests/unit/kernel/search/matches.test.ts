import { describe, expect, it } from '@jest/globals';

import type { Locale } from '../../../../src/kernel/locale.js';
import { MatchFinder } from '../../../../src/kernel/search/index.js';

/** The text with its matches in brackets. */
function marked(locale: Locale, search: string, text: string): string {
  let result = '';
  let end = 0;
  for (const range of MatchFinder.of(search)?.rangesIn(text, locale) ?? []) {
    expect(range.start).toBeGreaterThanOrEqual(end);
    expect(range.end).toBeGreaterThan(range.start);
    result += `${text.slice(end, range.start)}[${text.slice(range.start, range.end)}]`;
    end = range.end;
  }
  return result + text.slice(end);
}

describe('the matches of a search in a text', () => {
  it.each<[Locale, string, string]>([
    // Stems, in each language.
    ['EN', 'election observed', 'OAS [Observes] [Elections] in Guyana'],
    ['ES', 'elección', 'La OEA observa las [elecciones] en Guyana'],
    ['FR', 'election', 'L’OEA observe les [élections] au Guyana'],
    ['PT', 'eleição', 'A OEA observa as [eleições] na Guiana'],
    // Accents, on either side; composed or not.
    ['ES', 'mision', 'El jefe de la [misión]'],
    ['ES', 'misión', 'El jefe de la [MISION]'],
    ['FR', 'ecole', 'à l’[e\u0301cole] et à l’[école]'],
    // Elision: the article is no word.
    ['FR', 'organisation', 'l’[Organisation] ; d’[organisations], lorsqu’[organisation]'],
    ['FR', "l'Organisation", 'L’[Organisation] des États'],
    ['PT', 'água', 'copo d’[água]'],
    ['EN', 'mission', 'The [mission]’s chief'],
    // Letters that change their length in lower case or without accents.
    ['FR', 'coeur', 'Le [cœur] et le [CŒUR]'],
    ['EN', 'straße', 'In the [STRASSE], in the [Straße]'],
    ['EN', 'office', 'The [oﬃce] is open'],
    ['EN', 'istanbul', 'From [İstanbul] to Rome'],
    ['EN', 'peace', '🕊️🕊️ [peace] 🕊️ [Peace]'],
    ['EN', 'softhyphen', 'A [soft\u00adhyphen] here'],
    // Codes.
    ['EN', 'E-305/12', 'See [E-305/12], and E-305/13'],
    ['EN', '305/12', 'See E-[305/12] and 1305/12'],
    ['ES', 'AG/RES. 2438', 'Resolución [AG]/[RES]. [2438] (XXXIX-O/09)'],
    ['EN', 'covid-19', 'After [COVID-19] and [Covid 19]; covid 20'],
    ['EN', 'e‑305/12', 'See [E‑305/12] there'],
    // Phrases: as a whole, over stop words, not in another order.
    ['EN', '"electoral mission"', 'The [electoral mission] left; mission electoral'],
    ['EN', '"rule of law"', 'The [rule of law], law and rule'],
    ['ES', '"derechos humanos"', 'Los [derechos humanos] y los [Derechos\nHumanos]; humanos'],
    ['EN', '"observes" guyana', 'OAS [Observes] Elections in [Guyana]'],
    // Compounds.
    ['FR', 'cybersécurité', 'la [cyber-sécurité], la [cybersécurité]'],
    ['EN', 'cyber security', '[cybersecurity], [cyber security] and [security]'],
    // Excluded words, alternatives, stop words.
    ['EN', 'mission -chief', 'The [mission]’s chief'],
    ['EN', 'mission -"the chief"', 'The [mission] and the chief'],
    ['EN', '-chief', 'The chief'],
    ['EN', 'peace or war', '[War] and [Peace]'],
    ['EN', 'the of', 'The chief of the mission'],
    // Numbers.
    ['EN', '30000', 'Some [30,000] people, [30 000] more'],
    // Another language has other stems.
    ['FR', 'elections observed', 'OAS Observes [Elections]'],
  ])('%s %s', (locale, search, expected) => {
    const text = expected.replaceAll(/[[\]]/g, '');
    expect(marked(locale, search, text)).toBe(expected);
  });

  it('are none without words', () => {
    expect(MatchFinder.of(null)).toBeNull();
    expect(MatchFinder.of('  \0 ')).toBeNull();
    expect(MatchFinder.of('peace')?.rangesIn('', 'EN')).toEqual([]);
  });

  it('are found in a long text in a bounded time', () => {
    const text = 'peace and quiet 12 12 '.repeat(20_000);
    const start = performance.now();
    const finder = MatchFinder.of('"peace and quiet" or "12 12 peace" or peace');
    expect(finder?.rangesIn(text, 'EN').length).toBeGreaterThan(1_000);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
