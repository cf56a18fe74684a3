import type { Locale, PerLocale } from '../../locale.js';
import { words } from './rewriting.js';

/** Prefixes that are written separately, with a hyphen, or as one word with the next. */
const EVERYWHERE =
  'anti auto agro audio bi bio contra eco electro eletro euro ex extra foto geo hidro hydro hiper hyper hipo hypo ' +
  'homo ibero indo infra inter intra intro macro mega meso meta micro mili mini mono motor multi nano narco neo ' +
  'neuro para photo pluri poli poly post pos pre pro proto pseudo psico psycho radio re retro semi socio sub super ' +
  'supra tele termo thermo trans tri turbo ultra uni vice video';

const COMBINING: PerLocale<ReadonlySet<string>> = {
  EN: new Set(
    words(
      `${EVERYWHERE} afro air back by child co counter cross cyber decision down e earth fire fore health home
       hand in land law life mid net news non off on out over peace policy rain round sea share ship side stake story tax
       under up war water web well wild work world`,
    ),
  ),
  ES: new Set(
    words(
      `${EVERYWHERE} afro ciber co contra des entre euro medio sobre ante bien mal latino franco e`,
    ),
  ),
  FR: new Set(
    words(
      `${EVERYWHERE} afro avant apres bien co contre cyber demi entre euro franco arriere haut latino mal non sous sur e`,
    ),
  ),
  PT: new Set(
    words(`${EVERYWHERE} afro ante arqui bem ciber co contra entre euro latino mal recem sobre e`),
  ),
};

/** Whether `cyber security` should also be found as `cybersecurity`. @param folded the first of the two words */
export function isCombiningForm(folded: string, locale: Locale): boolean {
  return COMBINING[locale].has(folded);
}
