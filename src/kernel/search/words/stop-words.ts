import type { Locale, PerLocale } from '../../locale.js';
import { words } from './rewriting.js';

/** Stop words, in lower case without accents. */
const STOP_WORDS: PerLocale<ReadonlySet<string>> = {
  EN: new Set(
    words(`
      a about above after again against all am an and any are as at be because been before being below between both
      but by can could did do does doing down during each few for from further had has have having he her here hers
      herself him himself his how i if in into is it its itself just me more most my myself no nor not of off on once
      only or other our ours ourselves out over own same she should so some such than that the their theirs them
      themselves then there these they this those through to too under until up very was we were what when where
      which while who whom why will with would you your yours yourself yourselves us s t dont isnt wasnt doesnt
    `),
  ),
  ES: new Set(
    words(`
      a al algo algunas algunos ante antes aquel aquella aquellas aquellos asi aun aunque como con contra cual cuales
      cuando de del desde donde durante e el ella ellas ellos en entre era eran es esa esas ese eso esos esta estaba
      estaban estan estar estas este esto estos fue fueron ha haber habia habian han hasta hay la las le les lo los
      mas me mi mis mucho muchos muy nada ni no nos nosotros o os otra otras otro otros para pero poco por porque que
      quien quienes se sea sean ser sera seran si sido sin sino sobre son su sus suya suyas suyo suyos tal tambien
      tanto te tiene tienen todo todos toda todas tras tu tus un una unas uno unos y ya yo
    `),
  ),
  FR: new Set(
    words(`
      a ai ainsi alors apres au aussi autre autres aux avaient avait avant avec avoir ayant c car ce ceci cela celle
      celles celui ces cet cette ceux chez comme d dans de des dont du elle elles en encore entre es est et etaient
      etait etant etre eu eux fut furent il ils j je jusqu l la le les leur leurs lors lui m ma mais me meme memes mes
      moi mon n ne ni nos notre nous on ont ou par pas pendant plus pour puis qu quand que quel quelle quelles quels
      qui s sa sans se sera seront ses si soit son sont sous sur t ta te tes toi ton tous tout toute toutes tres tu
      un une vers vos votre vous y
    `),
  ),
  PT: new Set(
    words(`
      a ainda alem algum alguma algumas alguns ante antes ao aos apos aquela aquelas aquele aqueles aquilo as ate cada
      com como contra d da das de dela delas dele deles depois desde dessa desse desta deste do dos durante e ela elas
      ele eles em entre era eram essa essas esse esses esta estao estas estava estavam este estes eu foi foram ha isso
      isto ja la lhe lhes lo los las mais mas me mesmo meu meus minha minhas muito muitos na nao nas nem no nos nossa
      nossas nosso nossos num numa o os ou outra outras outro outros para pela pelas pelo pelos pois por porque
      quais qual quando quanto que quem se seja sejam sem ser sera serao seu seus si sido sob sobre sua suas tal
      tambem tem tinha tinham todo todos toda todas um uma umas uns vos
    `),
  ),
};

/** @param folded in lower case without accents */
export function isStopWord(folded: string, locale: Locale): boolean {
  return STOP_WORDS[locale].has(folded);
}
