import { describe, expect, it } from '@jest/globals';
import type { Locale } from '../../../src/kernel/locale.js';
import { numbersIn, titleFaults, typographyFaults } from '../../support/demo-faults.js';

const good: readonly [Locale, string][] = [
  ['EN', '“It’s 12% more,” she said; see [the site](https://www.oas.org).'],
  ['ES', '“¿De qué sirve?”, preguntó. Creció un 12\u00a0%.'],
  ['FR', '«\u00a0À quoi bon\u202f?\u00a0», dit-elle\u00a0: 12\u00a0% de 1\u202f840.'],
  ['PT', '“E não é que cresceu 12%?”, disse ela: a ideia é boa.'],
];

const bad: readonly [Locale, string][] = [
  ['EN', '"It is," she said.'],
  ['EN', "It's more."],
  ['EN', 'It  is.'],
  ['EN', 'It is “open.'],
  ['EN', 'It is today.'],
  ['EN', 'Cafe\u0301.'],
  ['ES', 'De qué sirve?'],
  ['ES', 'El 12% del total.'],
  ['ES', '«Sí».'],
  ['FR', 'Oui: non.'],
  ['FR', 'Oui : non.'],
  ['FR', 'Oui ?'],
  ['FR', 'Oui\u00a0; non.'],
  ['FR', '« oui\u00a0»'],
  ['FR', '“Oui”'],
  ['FR', 'Les 1 840 autres.'],
  ['PT', 'Uma boa idéia.'],
  ['PT', 'Freqüentemente.'],
  ['PT', 'Cresceu 12 %.'],
];

describe('the checks of the demonstration texts', () => {
  it.each(good)('find nothing in %s %s', (locale, text) => {
    expect(typographyFaults(locale, text)).toEqual([]);
  });

  it.each(bad)('find the fault in %s %s', (locale, text) => {
    expect(typographyFaults(locale, text)).not.toEqual([]);
  });

  it('know the case of titles', () => {
    expect(titleFaults('EN', 'A Network That Answers the Call')).toEqual([]);
    expect(titleFaults('EN', 'A Network that Answers the call')).toEqual(['that', 'call']);
    expect(titleFaults('ES', 'Una red que responde')).toEqual([]);
    expect(titleFaults('ES', 'Una Red Que Responde')).not.toEqual([]);
    expect(titleFaults('FR', 'un réseau')).not.toEqual([]);
  });

  it('read numbers as each language writes them', () => {
    expect(numbersIn('EN', '1,250 of 1.2 million')).toEqual([1.2, 1250]);
    expect(numbersIn('ES', '1.250 de 1,2 millones')).toEqual([1.2, 1250]);
    expect(numbersIn('FR', '1\u202f250 sur 1,2 million')).toEqual([1.2, 1250]);
  });
});
