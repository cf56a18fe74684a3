import type { Locale } from '../../src/kernel/locale.js';

/** What docs/language.md decides and a machine can see, beside the typography of demo-faults.ts. */
export interface LanguageRule {
  readonly locale: Locale;
  readonly fault: string;
  readonly pattern: RegExp;
  readonly bad: readonly string[];
  readonly good: readonly string[];
}

const rule = (
  locale: Locale,
  fault: string,
  pattern: RegExp,
  { bad, good = [] }: { bad: readonly string[]; good?: readonly string[] },
): LanguageRule => ({ locale, fault, pattern, bad, good });

/** Words of another variety, as whole words. */
function foreign(locale: Locale, variety: string, words: string, good: string[]): LanguageRule {
  const list = words.split(' ').map((word) => word.replaceAll('_', ' '));
  const pattern = new RegExp(`(?<!\\p{L})(?:${list.join('|')})(?!\\p{L})`, 'iu');
  return rule(locale, `a word of ${variety}`, pattern, { bad: list, good });
}

const english: LanguageRule[] = [
  foreign(
    'EN',
    'British English',
    'programme programmes neighbour neighbourhood colour favour labour behaviour honour organisation organise organised realise defence licence pupil pupils metre metres learnt whilst digitalize digitalise cheque',
    ['the program, a center, 11 meters', 'the Centre department of Haiti'],
  ),
  rule(
    'EN',
    'no serial comma',
    /\p{Lu}[\p{L} ]+, (?:the )?\p{Lu}[\p{L} ]+(?<!Antigua|Kitts|Trinidad|Vincent) and (?:the )?\p{Lu}/u,
    {
      bad: ['Argentina, Brazil and Chile', 'English, French, Portuguese and Spanish'],
      good: ['Haiti, Jamaica, and Peru', 'Saint Lucia, and Saint Vincent and the Grenadines'],
    },
  ),
  rule('EN', 'no comma after the year', /\b\p{Lu}\p{Ll}+ \d{1,2}, \d{4} \p{Ll}/u, {
    bad: ['On May 14, 2013 the schools'],
    good: ['On May 14, 2013, the schools', 'May 14, 2013.'],
  }),
  rule(
    'EN',
    'a number without its comma',
    /(?<![\d,./-])(?!(?:19|20)\d\d(?!\d))\d{4,}(?![\d/-])/u,
    {
      bad: ['1840 women', '11600 students'],
      good: ['1,840 women in 2024', '9002/13'],
    },
  ),
  rule('EN', 'a dollar without its state', /(?<!\b(?:US|Canadian|\p{Lu}\p{L}+) )\bdollars\b/u, {
    bad: ['640,000 dollars', '1.2 million dollars'],
    good: ['640,000 US dollars', '3.5 million Canadian dollars'],
  }),
];

const spanish: LanguageRule[] = [
  foreign(
    'ES',
    'Spain',
    'financiación archivero archiveros añadir añade añadió ordenador ordenadores móvil coste costes vosotros vuestro vuestra en_directo contactar_con fallo_de_la aparcamiento implantar_un',
    ['el financiamiento, los costos, una falla, agregar, en vivo'],
  ),
  rule('ES', 'a point between thousands', /\d\.\d{3}(?!\d)/u, {
    bad: ['11.600 estudiantes'],
    good: ['11\u202f600 estudiantes', '1,2 millones'],
  }),
  rule(
    'ES',
    'four digits with a separator',
    /(?<![\d\u202f])\d[ \u00a0\u202f]\d{3}(?![\d\u202f])/u,
    {
      bad: ['1\u202f840 alcaldesas', '1 840 alcaldesas'],
      good: ['1840 alcaldesas', '21\u202f840 votos'],
    },
  ),
  rule('ES', 'five digits without a separator', /(?<![\d/-])\d{5,}(?![\d/-])/u, {
    bad: ['11600 estudiantes'],
    good: ['11\u202f600 estudiantes', '10001/15'],
  }),
  rule('ES', 'the first of a month as a plain number', /(?<![\d.,])1 de \p{Ll}+/u, {
    bad: ['el 1 de mayo'],
    good: ['el 1.º de mayo', 'el 21 de mayo'],
  }),
  rule('ES', 'a dollar without its state', /\bdólares\b(?! (?:estadounidenses|canadienses))/u, {
    bad: ['640\u202f000 dólares'],
    good: ['dólares estadounidenses', 'dólares canadienses'],
  }),
  rule('ES', 'an English abbreviation of a zone', /\b(?:EDT|EST)\b/u, {
    bad: ['10:00 EDT'],
    good: ['10:00, hora de Washington (14:00 GMT)'],
  }),
];

const french: LanguageRule[] = [
  foreign(
    'FR',
    'France',
    'master masters mail mails e-mail week-end présentiel parking pouvoirs_locaux',
    ['une maîtrise, un courriel, en présence'],
  ),
  rule(
    'FR',
    'droits de l’homme outside of a name',
    /(?<!(?:Commission|Cour) interaméricaine des )droits de l’homme/iu,
    {
      bad: ['les droits de l’homme'],
      good: ['les droits de la personne', 'la Commission interaméricaine des droits de l’homme'],
    },
  ),
  rule('FR', 'Américains with a capital', /États Américains/u, {
    bad: ['Organisation des États Américains'],
    good: ['Organisation des États américains'],
  }),
  rule(
    'FR',
    'a plain space between a number and its noun',
    /(?<![\d.,/\u202f-])(?:\d{1,3}(?:\u202f\d{3})*(?:,\d+)?|1er) (?=\p{L})/u,
    {
      bad: ['250 bourses', '1,2 million', '14 mai 2013', '11\u202f600 élèves', '1er mai'],
      good: ['250\u00a0bourses', '14\u00a0mai 2013 à Kingston', 'en 2013 les écoles'],
    },
  ),
  rule(
    'FR',
    'the first of a month as a plain number',
    /(?<![\d,\u202f])1[ \u00a0](?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)/u,
    {
      bad: ['le 1 mai 2012'],
      good: ['le 1er\u00a0mai 2012', 'le 11\u00a0mai 2012'],
    },
  ),
  rule('FR', 'a dollar without its state', /\bdollars\b(?! (?:américains|canadiens))/u, {
    bad: ['640\u202f000\u00a0dollars'],
    good: ['dollars américains', 'dollars canadiens'],
  }),
  rule('FR', 'an hour as in English', /\b(?:EDT|EST)\b|\d:\d\d|\bh[ \u00a0]00\b/u, {
    bad: ['10 h 00', '10:00', '10 h EDT'],
    good: ['10\u00a0h (HAE), 14\u00a0h GMT', '10\u00a0h\u00a030'],
  }),
  rule(
    'FR',
    'des before an adjective',
    /(?<!\p{L})des (?:(?:petits|petites|nouveaux|nouvelles) \p{Ll}|jeunes (?:agri|cherch|dirig|entrepr))/u,
    {
      bad: ['des petits agriculteurs', 'des jeunes entrepreneurs'],
      good: ['de petits agriculteurs', 'l’emploi des jeunes à Roseau'],
    },
  ),
];

const portuguese: LanguageRule[] = [
  foreign(
    'PT',
    'Portugal',
    'equipa equipas facto factos ecrã utilizador utilizadores registo registos no_terreno contacto contactos planear objectivo acção actual projecto projectos telemóvel ficheiro sem_companhia comboio',
    ['a equipe, o usuário, em campo, o registro'],
  ),
  rule('PT', 'estar a and infinitive', /\best(?:á|ão|ava|avam) a \p{Ll}+r\b/u, {
    bad: ['está a fazer'],
    good: ['está fazendo'],
  }),
  rule('PT', 'a space between thousands', /\d[ \u00a0\u202f]\d{3}(?!\d)/u, {
    bad: ['11 600 alunos'],
    good: ['11.600 alunos'],
  }),
  rule('PT', 'the first of a month as a plain number', /(?<![\d.,])1 de \p{Ll}+/u, {
    bad: ['em 1 de maio'],
    good: ['em 1º de maio', 'em 21 de maio'],
  }),
  rule('PT', 'a dollar without its state', /\bdólares\b(?! (?:americanos|canadenses))/u, {
    bad: ['640.000 dólares'],
    good: ['dólares americanos', 'dólares canadenses'],
  }),
  rule('PT', 'an hour as in English', /\b(?:EDT|EST)\b|\d:\d\d/u, {
    bad: ['às 10:00 EDT'],
    good: ['às 10h, horário de Washington (14h GMT)', 'às 10h30'],
  }),
  rule('PT', 'a media advisory by another name', /Aviso à imprensa/u, {
    bad: ['Aviso à imprensa: apresentação'],
    good: ['Aviso de pauta: apresentação'],
  }),
];

export const LANGUAGE_RULES: readonly LanguageRule[] = [
  ...english,
  ...spanish,
  ...french,
  ...portuguese,
];

/** What a text in plain form has against docs/language.md. */
export function languageFaults(locale: Locale, text: string): string[] {
  return LANGUAGE_RULES.filter((each) => each.locale === locale && each.pattern.test(text)).map(
    ({ fault }) => fault,
  );
}
