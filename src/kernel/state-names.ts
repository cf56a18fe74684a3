import type { Locale, PerLocale } from './locale.js';

/**
 * The member states as the OAS names them in running text, in its four languages: its own forms if they differ from
 * CLDR's, otherwise a copy of CLDR's, so that a new version of CLDR renames no state. Additions that the OAS uses in
 * lists (`Venezuela (Bolivarian Republic of)`) are left out. Source: the organization's lists of member states.
 */
export const STATE_NAMES: Readonly<Record<string, PerLocale<string>>> = {
  AG: names('Antigua and Barbuda', 'Antigua y Barbuda', 'Antigua-et-Barbuda', 'Antígua e Barbuda'),
  AR: names('Argentina', 'Argentina', 'Argentine', 'Argentina'),
  BB: names('Barbados', 'Barbados', 'Barbade', 'Barbados'),
  BO: names('Bolivia', 'Bolivia', 'Bolivie', 'Bolívia'),
  BR: names('Brazil', 'Brasil', 'Brésil', 'Brasil'),
  BS: names('Bahamas', 'Bahamas', 'Bahamas', 'Bahamas'),
  BZ: names('Belize', 'Belize', 'Belize', 'Belize'),
  CA: names('Canada', 'Canadá', 'Canada', 'Canadá'),
  CL: names('Chile', 'Chile', 'Chili', 'Chile'),
  CO: names('Colombia', 'Colombia', 'Colombie', 'Colômbia'),
  CR: names('Costa Rica', 'Costa Rica', 'Costa Rica', 'Costa Rica'),
  CU: names('Cuba', 'Cuba', 'Cuba', 'Cuba'),
  DM: names('Dominica', 'Dominica', 'Dominique', 'Dominica'),
  DO: names(
    'Dominican Republic',
    'República Dominicana',
    'République dominicaine',
    'República Dominicana',
  ),
  EC: names('Ecuador', 'Ecuador', 'Équateur', 'Equador'),
  GD: names('Grenada', 'Grenada', 'Grenade', 'Grenada'),
  GT: names('Guatemala', 'Guatemala', 'Guatemala', 'Guatemala'),
  GY: names('Guyana', 'Guyana', 'Guyana', 'Guiana'),
  HN: names('Honduras', 'Honduras', 'Honduras', 'Honduras'),
  HT: names('Haiti', 'Haití', 'Haïti', 'Haiti'),
  JM: names('Jamaica', 'Jamaica', 'Jamaïque', 'Jamaica'),
  KN: names(
    'Saint Kitts and Nevis',
    'Saint Kitts y Nevis',
    'Saint-Kitts-et-Nevis',
    'Saint Kitts e Nevis',
  ),
  LC: names('Saint Lucia', 'Santa Lucía', 'Sainte-Lucie', 'Santa Lúcia'),
  MX: names('Mexico', 'México', 'Mexique', 'México'),
  NI: names('Nicaragua', 'Nicaragua', 'Nicaragua', 'Nicarágua'),
  PA: names('Panama', 'Panamá', 'Panama', 'Panamá'),
  PE: names('Peru', 'Perú', 'Pérou', 'Peru'),
  PY: names('Paraguay', 'Paraguay', 'Paraguay', 'Paraguai'),
  SR: names('Suriname', 'Suriname', 'Suriname', 'Suriname'),
  SV: names('El Salvador', 'El Salvador', 'El Salvador', 'El Salvador'),
  TT: names('Trinidad and Tobago', 'Trinidad y Tobago', 'Trinité-et-Tobago', 'Trinidad e Tobago'),
  US: names(
    'United States of America',
    'Estados Unidos de América',
    'États-Unis d’Amérique',
    'Estados Unidos da América',
  ),
  UY: names('Uruguay', 'Uruguay', 'Uruguay', 'Uruguai'),
  VC: names(
    'Saint Vincent and the Grenadines',
    'San Vicente y las Granadinas',
    'Saint-Vincent-et-Grenadines',
    'São Vicente e Granadinas',
  ),
  VE: names('Venezuela', 'Venezuela', 'Venezuela', 'Venezuela'),
};

function names(en: string, es: string, fr: string, pt: string): Record<Locale, string> {
  return { EN: en, ES: es, FR: fr, PT: pt };
}
