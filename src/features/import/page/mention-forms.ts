import type { Locale, PerLocale } from '../../../kernel/locale.js';
import type { CountryCode } from './imported.js';

/** CLDR names differ by region within a language: `Vénézuéla` in fr-CA, `Trindade e Tobago` in pt-PT. */
export const CLDR_TAGS: PerLocale<readonly string[]> = {
  EN: ['en'],
  ES: ['es', 'es-419', 'es-MX'],
  FR: ['fr', 'fr-CA'],
  PT: ['pt', 'pt-PT'],
};

/**
 * Forms in use besides those of CLDR and the OAS. `St.`, `&` and hyphens need no separate form. Spanish and Portuguese
 * share *EUA*.
 */
export const OTHER_FORMS: PerLocale<readonly (readonly [CountryCode, string])[]> = {
  EN: [
    ['AR', 'Argentine Republic'],
    ['BR', 'United States of Brazil'],
    ['KN', 'Saint Kitts'],
    ['MX', 'United Mexican States'],
    ['MX', 'United States of Mexico'],
    ['SR', 'Surinam'],
    ['VC', 'Saint Vincent and Grenadines'],
  ],
  ES: [
    ['BR', 'Estados Unidos del Brasil'],
    ['KN', 'Saint Kitts'],
    ['MX', 'Estados Unidos Mexicanos'],
    ['TT', 'Trinidad y Tabago'],
    ['VC', 'San Vicente y Granadinas'],
  ],
  FR: [
    ['DM', 'la Dominique'],
    ['GD', 'la Grenade'],
    ['KN', 'Saint-Kitts'],
    ['MX', 'États-Unis du Mexique'],
    ['MX', 'États-Unis mexicains'],
    ['SR', 'Surinam'],
    ['SV', 'au Salvador'],
    ['SV', 'du Salvador'],
    ['SV', 'le Salvador'],
    ['TT', 'Trinidad-et-Tobago'],
    ['VC', 'Saint-Vincent-et-les-Grenadines'],
  ],
  PT: [
    ['BR', 'Estados Unidos do Brasil'],
    ['KN', 'Saint Kitts'],
    ['KN', 'São Cristóvão e Nevis'],
    ['MX', 'Estados Unidos Mexicanos'],
    ['VC', 'São Vicente e as Granadinas'],
  ],
};

/** Acronyms, as patterns; they are written in capitals. */
export const ACRONYMS: PerLocale<readonly (readonly [CountryCode, string])[]> = {
  EN: [
    ['US', 'U\\. ?S\\.(?: ?A\\.)?'],
    ['US', 'USA?'],
  ],
  ES: [
    ['US', 'EE\\. ?UU\\.?'],
    ['US', 'EE UU'],
    ['US', 'EEUU'],
    ['US', 'E\\. ?U\\. ?A\\.'],
    ['US', '(?:EUA|USA)'],
  ],
  FR: [
    ['US', 'E\\.-U\\.(?:-?A\\.)?'],
    ['US', 'USA'],
  ],
  PT: [
    ['US', 'E\\. ?U\\. ?A\\.'],
    ['US', '(?:EUA|USA)'],
  ],
};

/**
 * Names that also have another meaning. HOMONYM: Granada is the name of the state and of three cities. LISTED:
 * Dominique is also a person, Salvador also a person and a city; they count only in a list of states, or with the
 * article (see {@link OTHER_FORMS}).
 */
export const DOUBTFUL: PerLocale<Readonly<Record<string, 'HOMONYM' | 'LISTED'>>> = {
  EN: {},
  ES: { Granada: 'HOMONYM' },
  FR: { Dominique: 'LISTED', Grenade: 'LISTED', Salvador: 'LISTED' },
  PT: { Granada: 'HOMONYM', Salvador: 'LISTED' },
};

/** The text that follows the name of the city of Granada. */
export const CITY_SUFFIX =
  /^ ?(?:\(|, ?(?:en |na |no )?|en |na )(?:Espana|Espanha|Andalucia|Andaluzia|Nicaragua|Colombia)/;

/**
 * Longer names that contain a state's name without naming the state: a city, a sea, a river, a currency. Names that
 * belong to the state (Panama Canal, Banco do Brasil) are not included. Folded patterns.
 */
export const OTHER_THINGS: PerLocale<readonly string[]> = {
  EN: [
    '(?:Panama|Guatemala|Mexico|Belize) City',
    'Mexico,? D\\. ?F\\.',
    'New Mexico',
    'Gulf of (?:Mexico|Honduras|Venezuela)',
    'British Honduras',
    'Antigua Guatemala',
    'Uruguay Round',
    '(?:Paraguay|Uruguay) River',
    '(?:US|U\\. ?S\\.) ?\\$',
    '(?:US|U\\. ?S\\.) dollars?',
    'United States dollars?',
    'Panama (?:hats?|Papers)',
    'Brazil nuts?',
    'Saint Lucia (?:Hospital|School|Church|Day)',
  ],
  ES: [
    'ciudad (?:de )?(?:Panama|Guatemala|Mexico|Belice|Granada)',
    'Mexico,? D\\. ?F\\.',
    'nuevo Mexico',
    'golfo de (?:Mexico|Honduras|Venezuela)',
    'Honduras Britanica',
    'Colombia Britanica',
    'Antigua Guatemala',
    'nueva (?:Guatemala|Granada)',
    '(?:universidad|provincia|departamento|reino|municipio|alcalde|Luis) de Granada',
    'granada de mano',
    'ronda (?:de |del )?Uruguay',
    'rio (?:Paraguay|Uruguay)',
    'Guyana Francesa',
    'linea del Ecuador',
    '(?:dolar|dolares) de (?:los )?(?:Estados Unidos|EE\\.? ?UU\\.?)',
    'Santa Lucia Cotzumalguapa',
    '(?:hospital|colegio|escuela|iglesia|parroquia|calle) Santa Lucia',
  ],
  FR: [
    'a (?:Panama|Guatemala)',
    'ville de (?:Panama|Guatemala|Belize|Grenade)',
    '(?:universite|province|royaume) de Grenade',
    'nouvelle[- ]Grenade',
    'nouveau[- ]Mexique',
    'golfe du (?:Mexique|Honduras|Venezuela)',
    'Colombie[- ]Britannique',
    'Honduras britannique',
    'Antigua Guatemala',
    "cycle (?:de l'|d')Uruguay",
    'fleuve (?:Paraguay|Uruguay)',
    'dollars? des Etats-Unis',
    'San Salvador',
    'Salvador de Bahia',
    'une Argentine',
    '(?:hopital|ecole|eglise|rue) Sainte[- ]Lucie',
  ],
  PT: [
    'cidade d[eao] (?:Panama|Guatemala|Mexico|Belize|Granada)',
    'novo Mexico',
    'golfo (?:do Mexico|de Honduras|da Venezuela)',
    'Honduras Britanicas?',
    'Guiana (?:Francesa|Holandesa|Britanica|Inglesa)',
    'Antigua Guatemala',
    '(?:universidade|provincia|departamento|reino) de Granada',
    'nova Granada',
    'granada de mao',
    'rodada Uruguai',
    'rio (?:Paraguai|Uruguai)',
    'linha do Equador',
    '(?:dolar|dolares) (?:dos|de) (?:Estados Unidos|EUA)',
    'San Salvador',
    '(?:hospital|colegio|escola|igreja|rua) Santa Lucia',
  ],
};

/** The text that may separate two states in a list. */
export const LIST_JOINT: PerLocale<RegExp> = {
  EN: /^ ?(?:[,;] ?(?:and |or )?|and |or |& ?)(?:the )?$/i,
  ES: /^ ?(?:[,;] ?(?:[yeou] )?|[yeou] )(?:(?:de |del )?(?:el |la |los |las )?)?$/i,
  FR: /^ ?(?:[,;] ?(?:et |ou )?|et |ou )(?:(?:de |du |des |d')?(?:le |la |les |l')?)?$/i,
  PT: /^ ?(?:[,;] ?(?:e |ou )?|e |ou )(?:[oa]s? |d[eoa]s? )?$/i,
};

/** Locales in which Grenada does not share its name with a city, to decide where Granada is ambiguous. */
export const DISTINGUISHES_GRENADA: readonly Locale[] = ['EN', 'FR'];
