import { stemmer } from '@orama/stemmers/portuguese';

import { foldLetters } from '../fold.js';
import { formsTable, rewrite, type Rewriting, WHOLE, words } from './rewriting.js';

const IRREGULAR = formsTable(`
  sois>sol leis>lei reis>rei maes>mae herois>heroi bois>boi comboios>comboio cidada>cidadao cidadas>cidadao irma>irmao
  irmas>irmao alema>alemao alemas>alemao crista>cristao cristas>cristao orfa>orfao orfas>orfao
  facto>fato factos>fato optimo>otimo optima>otima disse>dizer disseram>dizer diz>dizer dizem>dizer fez>fazer
  fizeram>fazer feito>fazer feitos>fazer feita>fazer faz>fazer fazem>fazer
`);

/** Spellings from before the agreement of 1990. */
const SPELLING: Rewriting = [
  [
    /^((?:in|re)?(?:dire|proje|obje|sele|cole|ele|efe|exa|corre|atra|aspe|arquite|a|prote|adje|dete))c(?=[ct])/,
    '$1',
  ],
  [/^((?:ado|o|rece|perce|conce|exce|inte))p(?=c)/, '$1'],
];

/** Nouns whose ending the stemmer mistakes for that of a verb, of a plural or of the other gender. */
const INVARIABLE = new Set(
  words(`
    pais caos cais interes mes materia lapis tenis gratis
    universidade casa porta moda mae pai papel papa mao plata geral orgao mar hora
  `),
);

/** Words whose -es the stemmer would remove like a plural ending; inglesa loses its -a. */
const ORIGINS =
  /^(?:ingl|franc|portugu|japon|holand|irland|escoc|nepal|senegal|tailand|finland|marqu|cort|burgu)es$/;

const PLURALS: Rewriting = [
  // Adjectives and nouns in -ária, which the stemmer mistakes for a conditional.
  [/(.{4})arias?$/, '$1ario'],
  [/[oa]es$/, 'ao'],
  [/aos$/, 'ao'],
  [/aises$/, 'ais'],
  [/eses$/, 'es'],
  [/zes$/, 'z'],
  [/res$/, 'r'],
  [/ns$/, 'm'],
  [/ais$/, 'al'],
  [/(.{2})eis$/, '$1el'],
  [/(.{2})ois$/, '$1ol'],
  [/(az)uis$/, '$1ul'],
  [/([^aeiou])is$/, '$1il'],
];

/** Unstressed -il forms its plural in -eis, like -el. */
const UNSTRESSED =
  /^(facil|dificil|util|inutil|fragil|fertil|infertil|esteril|docil|agil|habil|inabil|missil|textil|reptil|projetil|versatil|volatil|portatil|simil|verossimil|ductil|movil|fossil)$/;

/** @param word in lower case without accents. @returns the common stem of all forms of the word */
export function portugueseStem(word: string): string {
  const base = IRREGULAR.get(word) ?? rewrite(word, SPELLING);
  const singular = singularOf(base);
  if (INVARIABLE.has(singular)) return singular + WHOLE;
  if (ORIGINS.test(singular)) return singular;
  return endingOf(foldLetters(stemmer(accented(singular))));
}

function singularOf(word: string): string {
  if (INVARIABLE.has(word) || ORIGINS.test(word)) return word;
  const short = word.replace(/s$/, '');
  if (INVARIABLE.has(short)) return short;
  const singular = word.length > 3 ? rewrite(word, PLURALS) : word;
  return singular.replace(UNSTRESSED, (form) => form.replace(/il$/, 'el'));
}

/** Restores the accents by which the stemmer recognizes suffixes. */
function accented(word: string): string {
  return word.replace(/cao$/, 'ção').replace(/ao$/, 'ão');
}

function endingOf(stem: string): string {
  return stem
    .replace(/(nom|log|graf|sof|metr|arqu|pat|histor|estrateg|energ|teor)i$/, '$1')
    .replace(/craci?$/, 'crat');
}
