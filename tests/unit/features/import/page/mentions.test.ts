import { describe, expect, it } from '@jest/globals';
import { findMentions } from '../../../../../src/features/import/page/mentions.js';
import type { NamedState } from '../../../../../src/features/import/page/state-forms.js';
import type { Locale } from '../../../../../src/kernel/locale.js';

const CODES =
  'AG AR BB BO BR BS BZ CA CL CO CR CU DM DO EC GD GT GY HN HT JM KN LC MX NI PA PE PY SR SV TT US UY VC VE';
const OAS: Record<string, NamedState['oasNames']> = {
  BS: { EN: 'Bahamas (The Commonwealth of)' },
  BZ: { ES: 'Belize' },
  GD: { ES: 'Grenada', PT: 'Grenada' },
  KN: { EN: 'Saint Kitts and Nevis', ES: 'Saint Kitts y Nevis', FR: 'St.-Kitts-et-Nevis' },
  SR: { ES: 'Suriname' },
  SV: { FR: 'El Salvador' },
  VC: { EN: 'Saint Vincent and the Grenadines', FR: 'Saint-Vincent-et-Grenadines' },
  VE: { ES: 'Venezuela (República Bolivariana de)' },
};
const STATES: NamedState[] = CODES.split(' ').map((code) => ({ code, oasNames: OAS[code] }));

function mentions(locale: Locale, text: string): string {
  return findMentions([{ locale, text }], STATES).join(' ');
}

describe('findMentions', () => {
  it.each<[Locale, string, string]>([
    ['EN', 'Peru, Chile and the Bahamas met.', 'BS CL PE'],
    ['EN', 'Canada’s plan, Brazil´s plan, Haiti-led', 'BR CA HT'],
    ['EN', 'the Argentine Republic and the Plurinational State of Bolivia', 'AR BO'],
    ['EN', 'Antigua and Barbuda, Antigua & Barbuda', 'AG'],
    ['EN', 'St. Kitts and Nevis; St Lucia; St. Vincent and the Grenadines', 'KN LC VC'],
    ['EN', 'Saint Kitts & Nevis, Saint Lucia, Saint Vincent and the Grenadines', 'KN LC VC'],
    ['EN', 'the Saint Vincent hospital, Trinidad, Antigua', ''],
    ['EN', 'Dominica and not the others', 'DM'],
    ['EN', 'the Dominican Republic and not the other', 'DO'],
    ['EN', 'Dominican and Mexican ministers', ''],
    ['EN', 'the United States of America', 'US'],
    ['EN', 'the U.S. delegate, the USA, a U.S.-based group and the US team', 'US'],
    ['EN', 'paid US$5 and U.S. $6, or ten US dollars in United States dollars', ''],
    ['EN', 'USAID and LET US BEGIN NOW ALL TOGETHER', ''],
    ['EN', 'the Organization of American States in the Americas and Latin America', ''],
    ['EN', 'the United Mexican States', 'MX'],
    ['EN', 'New Mexico, the Gulf of Mexico, Mexico City, Mexico, D.F.', ''],
    ['EN', 'Mexico City, Mexico', 'MX'],
    ['EN', 'Panama City and Guatemala City', ''],
    ['EN', 'the Panama Canal', 'PA'],
    ['EN', 'San Salvador, Antigua Guatemala, French Guiana, Georgia, Granada', ''],
    ['EN', 'El Salvador and Guyana', 'GY SV'],
    ['EN', 'the Uruguay Round and the Paraguay River', ''],
    ['EN', 'chile peppers, a turkey and a panama', ''],
    ['EN', 'MEXICO AND HAITI', 'HT MX'],
    ['EN', 'Chilean, Perus, Panamanian, Cubans', ''],
    ['EN', 'write to press@Mexico.example or @Peru', ''],
    ['ES', 'el Perú, la Argentina y los Estados Unidos', 'AR PE US'],
    ['ES', 'EE. UU., EE.UU., EEUU o EUA', 'US'],
    ['ES', 'dos dólares de los Estados Unidos', ''],
    ['ES', 'los Estados Unidos Mexicanos', 'MX'],
    ['ES', 'Organización de los Estados Americanos, las Américas', ''],
    ['ES', 'República Dominicana', 'DO'],
    ['ES', 'Dominica', 'DM'],
    ['ES', 'la delegación dominicana; la lista Dominicana', ''],
    ['ES', 'San Salvador', ''],
    ['ES', 'El Salvador', 'SV'],
    ['ES', 'el Salvador del mundo', ''],
    ['ES', 'Ciudad de Panamá, Ciudad de Guatemala, ciudad de México, México D. F.', ''],
    ['ES', 'Nuevo México y el golfo de México', ''],
    ['ES', 'La Antigua Guatemala', ''],
    ['ES', 'Antigua, Guatemala', 'GT'],
    ['ES', 'San Cristóbal y Nieves, Saint Kitts y Nevis', 'KN'],
    ['ES', 'Santa Lucía y San Vicente y las Granadinas', 'LC VC'],
    ['ES', 'el hospital Santa Lucía', ''],
    ['ES', 'Belice', 'BZ'],
    ['ES', 'Belize y Suriname, o Surinam', 'BZ SR'],
    ['ES', 'Guyana Francesa', ''],
    ['ES', 'Guinea Ecuatorial y la línea del Ecuador', ''],
    ['ES', 'República Bolivariana de Venezuela', 'VE'],
    ['ES', 'MEXICO Y PANAMA', 'MX PA'],
    ['ES', 'un chile, la Guyana', 'GY'],
    ['ES', 'Grenada firmó', 'GD'],
    ['ES', 'El Primer Ministro de Granada firmó el acuerdo.', 'GD'],
    ['ES', 'Ecuador, El Salvador, Granada, Guatemala y Haití', 'EC GD GT HT SV'],
    ['ES', 'Barbados, Granada y Nicaragua', 'BB GD NI'],
    ['ES', 'Granada, Nicaragua y Perú', 'GD NI PE'],
    ['ES', 'en Granada, Nicaragua.', 'NI'],
    ['ES', 'en la ciudad de Granada', ''],
    ['ES', 'Granada (España)', ''],
    ['ES', 'Granada (Nicaragua) acogió el foro; Granada quedó contenta.', 'NI'],
    ['ES', 'la Universidad de Granada y la Nueva Granada', ''],
    ['ES', 'una granada de mano. Granada de mano.', ''],
    ['FR', 'le Pérou, la Barbade, l’Équateur et l’Argentine', 'AR BB EC PE'],
    ['FR', 'les États-Unis, les Etats-Unis, les É.-U.', 'US'],
    ['FR', 'les États‑Unis d’Amérique', 'US'],
    ['FR', 'cinq dollars des États-Unis', ''],
    ['FR', 'Saint‑Kitts‑et‑Nevis', 'KN'],
    ['FR', 'St.-Kitts-et-Nevis, Saint-Christophe-et-Niévès', 'KN'],
    ['FR', 'Sainte-Lucie, Saint-Vincent-et-les Grenadines', 'LC VC'],
    ['FR', 'Saint-Vincent-et-Grenadines', 'VC'],
    ['FR', 'la Dominique', 'DM'],
    ['FR', 'République dominicaine', 'DO'],
    ['FR', 'Dominique Martin et le docteur Salvador', ''],
    ['FR', 'Cuba, Dominique, Grenade et Salvador', 'CU DM GD SV'],
    ['FR', 'le Salvador', 'SV'],
    ['FR', 'El Salvador', 'SV'],
    ['FR', 'Salvador de Bahia et San Salvador', ''],
    ['FR', 'à Grenade, une grenade', ''],
    ['FR', 'la Grenade', 'GD'],
    ['FR', 'au Panama', 'PA'],
    ['FR', 'à Panama', ''],
    ['FR', 'à Mexico', ''],
    ['FR', 'la Guyane', ''],
    ['FR', 'le Guyana', 'GY'],
    ['FR', 'la Colombie-Britannique', ''],
    ['FR', 'le Vénézuéla et le Venezuela', 'VE'],
    ['FR', 'Trinité-et-Tobago', 'TT'],
    ['FR', 'l’équateur et le chili', ''],
    ['FR', 'l’Organisation des États Américains', ''],
    ['PT', 'o Peru, a Bolívia, os EUA e o Paraguai', 'BO PE PY US'],
    ['PT', 'Rio Grande do Sul, Brasil', 'BR'],
    ['PT', 'o Banco do Brasil', 'BR'],
    ['PT', 'Cidade do Panamá, Cidade do México, Cidade da Guatemala', ''],
    ['PT', 'Guiana', 'GY'],
    ['PT', 'Guiana Francesa', ''],
    ['PT', 'São Cristóvão e Névis, São Vicente e Granadinas', 'KN VC'],
    ['PT', 'em Salvador, na Bahia', ''],
    ['PT', 'em El Salvador', 'SV'],
    ['PT', 'a cidade de Granada; em Granada', ''],
    ['PT', 'dólares dos Estados Unidos', ''],
    ['PT', 'Rodada Uruguai, rio Uruguai', ''],
    ['PT', 'Trindade e Tobago, Trinidad e Tobago', 'TT'],
    ['PT', 'Estados Unidos do Brasil', 'BR'],
  ])('%s: %s → %s', (locale, text, codes) => {
    expect(mentions(locale, text)).toBe(codes);
  });

  it.each(['EN', 'ES', 'FR', 'PT'] as const)('knows all 35 in a list by CLDR in %s', (locale) => {
    const names = new Intl.DisplayNames([locale.toLowerCase()], { type: 'region' });
    const list = new Intl.ListFormat(locale.toLowerCase());
    const text = list.format(CODES.split(' ').map((code) => names.of(code) ?? ''));
    expect(mentions(locale, `${text}.`)).toBe(CODES);
  });

  it('reads across line ends, no-break spaces and decomposed letters', () => {
    expect(mentions('ES', 'Estados\nUnidos y Costa\u00a0Rica y Me\u0301xico')).toBe('CR MX US');
  });

  it('lets the original decide, and uses others only for Granada', () => {
    const spanish = { locale: 'ES', text: 'El foro se celebró en Granada con Perú.' } as const;
    const find = (...texts: { locale: Locale; text: string }[]) => findMentions(texts, STATES);
    expect(find(spanish)).toEqual(['GD', 'PE']);
    expect(find(spanish, { locale: 'EN', text: 'In Grenada, with Peru.' })).toEqual(['GD', 'PE']);
    expect(find(spanish, { locale: 'EN', text: 'In Granada, with Peru.' })).toEqual(['PE']);
    expect(find(spanish, { locale: 'PT', text: 'Em Granada.' })).toEqual(['GD', 'PE']);
    expect(find({ locale: 'EN', text: 'With Peru.' }, spanish)).toEqual(['PE']);
    expect(find()).toEqual([]);
  });

  it('finds the ten of a roundtable', () => {
    const text =
      'The OAS and the government of Canada met. Speakers came from Argentina, Brazil, Chile, Colombia, ' +
      'Mexico, Panama, Peru, Uruguay and the United States. Canada´s Minister spoke of OAS Member States.';
    expect(mentions('EN', text)).toBe('AR BR CA CL CO MX PA PE US UY');
  });
});
