import { stemmer } from '@orama/stemmers/french';

import { foldLetters } from '../fold.js';
import { formsTable, rewrite, type Rewriting, WHOLE, words } from './rewriting.js';

const IRREGULAR = formsTable(`
  travaux>travail vitraux>vitrail coraux>corail emaux>email baux>bail soupiraux>soupirail yeux>oeil cieux>ciel
  aieux>aieul vieux>vieil vieille>vieil vieilles>vieil nouveau>nouvel nouveaux>nouvel beau>bel beaux>bel
  jumeau>jumel jumeaux>jumel fou>fol fous>fol mou>mol mous>mol longue>long longues>long blanche>blanc
  blanches>blanc franche>franc franches>franc seche>sec seches>sec fraiche>frais fraiches>frais douce>doux
  douces>doux fausse>faux fausses>faux rousse>roux rousses>roux jalouse>jaloux jalouses>jaloux
  favorite>favori favorites>favori clef>cle clefs>cle cles>cle messieurs>monsieur mesdames>madame benigne>benin
  maligne>malin tiers>tiers tierce>tiers absoute>absous dissoute>dissous
`);

/** Nouns whose ending the stemmer mistakes for that of a verb, of a plural or of the other gender. */
const INVARIABLE = new Set(
  words(`
    pays armee annee journee lycee musee idee vallee mer mere pere port acces proces succes progres congres deces
    mois moi fils corps temps cours cour course taux faux doux roux jaloux frais choix voix prix paix croix poids
    bras cas repas pas univers universite organe
  `),
);

const ENDINGS: Rewriting = [
  [/^(.*[^e])aux$/, '$1al'],
  [/eaux$/, 'eau'],
  [/(.{2})oux$/, '$1ou'],
  [/ees?$/, 'e'],
  [/ieres?$/, 'ier'],
  [/(.{2})eres?$/, '$1er'],
  [/trices?$/, 'teur'],
  [/adrices?$/, 'adeur'],
  [/nnetes?$/, 'n'],
  [/erent$/, 'èrent'],
  [/ites?$/, 'ité'],
];

/** -eur, -euse, -eux, -euses, -eurs; those in -ateur belong to a verb, which the stemmer handles. */
const AGENT = /^(.*(?:[^at]|[^a]t))eu(?:r|rs|re|res|se|ses|x)$/;

/** @param word in lower case without accents. @returns the common stem of all forms of the word */
export function frenchStem(word: string): string {
  const base = IRREGULAR.get(word) ?? word;
  const withoutPlural = INVARIABLE.has(base) ? base : base.replace(/[sx]$/, '');
  if (INVARIABLE.has(withoutPlural)) return withoutPlural + WHOLE;
  const singular = base.length > 4 ? rewrite(base, ENDINGS) : base;
  const [, agent] = AGENT.exec(singular) ?? [];
  if (agent !== undefined) return `${agent}eu`;
  return endingOf(foldLetters(stemmer(singular)));
}

function endingOf(stem: string): string {
  return stem
    .replace(/(.{2})f$/, '$1v')
    .replace(/qu$/, 'c')
    .replace(/([a-z])\1$/, '$1')
    .replace(/eux$/, 'eu');
}
