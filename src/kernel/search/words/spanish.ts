import { stemmer } from '@orama/stemmers/spanish';

import { foldLetters } from '../fold.js';
import { formsTable, rewrite, type Rewriting, WHOLE, words } from './rewriting.js';

/** Other spellings, and forms of irregular verbs that are frequent in releases. */
const IRREGULAR = formsTable(`
  setiembre>septiembre mejico>mexico mejicano>mexicano mejicana>mexicana
  dijo>decir dijeron>decir dice>decir dicen>decir dicho>decir hizo>hacer hicieron>hacer hace>hacer hacen>hacer
  hecho>hacer hechos>hacer puso>poner pusieron>poner puesto>poner tuvo>tener tuvieron>tener pudo>poder
  pudieron>poder quiso>querer quisieron>querer vino>venir vinieron>venir supo>saber supieron>saber
  condujo>conducir redujo>reducir produjo>producir introdujo>introducir tradujo>traducir
`);

const SPELLING: Rewriting = [
  [/^subs(?=[ct])/, 'sus'],
  [/^obscur/, 'oscur'],
  [/^sicolog/, 'psicolog'],
  [/^(?:tras|trans)(?=[pcflmv])/, 'trans'],
];

/** Nouns whose ending the stemmer mistakes for that of a verb or of the other gender. */
const INVARIABLE = new Set(
  words(`
    joven crimen regimen imagen orden origen examen margen virgen volumen resumen certamen dictamen gravamen
    almacen desorden germen interes estres hombro
    universidad casa puerta moda libra plata rama pata copa vela suela foca cera hoja manta pasta punta papa papel
    general generales generico organo mar mares oro hora
  `),
);

/** Words whose -es the stemmer would remove like a plural ending; inglesa loses its -a. */
const ORIGINS =
  /^(?:ingl|franc|portugu|japon|holand|irland|escoc|nepal|senegal|tailand|finland|dan|marqu|cort|burgu)es$/;

const PLURALS: Rewriting = [
  [/iones$/, 'ion'],
  [/ones$/, 'on'],
  [/enes$/, 'en'],
  [/eses$/, 'es'],
  [/ces$/, 'z'],
  [/([lrdnjy])es$/, '$1'],
];

/** Third-person forms in -ió, typed without the accent: otherwise they look like nouns in -io. */
const PRETERITES =
  /^(?:reun|decid|recib|permit|asist|compart|cumpl|exig|elig|suger|sugir|surg|sufr|part|sal|abr|escrib|describ|suscrib|inscrib|defend|ofrec|reconoc|establec|conoc|nac|perd|vend|respond|pretend|atend|extend|comet|promet|somet|transmit|emit|admit|discut|persigu|consigu|sigu|impid|repit|prefir|refir|adquir|ocurr|recurr|concurr|resid|presid|coincid|un|dirig|corrig|insist|exist|persist|resist|consist|viv|mov|promov|resolv|devolv|volv|deb|corr|recorr|aprend|comprend|emprend|sorprend|depend|suspend|entend|trascend|agradec|fallec|permanec|fortalec|pertenec|aparec|desaparec|invirt|convirt|advirt)io$/;

/** Names of disciplines and forms of government, with their adjectives in -ico. */
const SCIENCE = /(nom|log|graf|sof|metr|arqu|scop|fon|pat|histor|estrateg|energ|teor|ciudadan)i$/;

/** @param word in lower case without accents. @returns the common stem of all forms of the word */
export function spanishStem(word: string): string {
  const base = IRREGULAR.get(word) ?? rewrite(word, SPELLING);
  const singular = singularOf(base);
  if (INVARIABLE.has(singular)) return singular + WHOLE;
  if (ORIGINS.test(singular)) return singular;
  return endingOf(foldLetters(stemmer(accented(singular))));
}

function singularOf(word: string): string {
  if (INVARIABLE.has(word) || ORIGINS.test(word)) return word;
  const singular = word.length > 4 ? rewrite(word, PLURALS) : word;
  const short = word.replace(/s$/, '');
  return INVARIABLE.has(short) ? short : singular;
}

/** Restores the accents by which the stemmer recognizes suffixes. */
function accented(word: string): string {
  if (PRETERITES.test(word)) return word.replace(/io$/, 'ió');
  return word.replace(/([cs])ion$/, '$1ión');
}

function endingOf(stem: string): string {
  return stem
    .replace(/z$/, 'c')
    .replace(SCIENCE, '$1')
    .replace(/craci?$/, 'crat');
}
