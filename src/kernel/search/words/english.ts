import { stem } from 'porter2';

import { formsTable, rewrite, type Rewriting, WHOLE, words } from './rewriting.js';

const IRREGULAR = formsTable(`
  women>woman buses>bus gases>gas children>child men>man feet>foot teeth>tooth mice>mouse geese>goose oxen>ox
  criteria>criterion phenomena>phenomenon indices>index matrices>matrix appendices>appendix
  crises>crisis theses>thesis hypotheses>hypothesis emphases>emphasis diagnoses>diagnosis oases>oasis
  parentheses>parenthesis syntheses>synthesis lives>life wives>wife knives>knife wolves>wolf halves>half
  shelves>shelf thieves>thief loaves>loaf calves>calf selves>self leaves>leaf
  met>meet held>hold said>say spoke>speak spoken>speak began>begin begun>begin gave>give given>give took>take
  taken>take wrote>write written>write chose>choose chosen>choose led>lead sent>send built>build brought>bring
  sought>seek taught>teach thought>think bought>buy made>make paid>pay won>win kept>keep lost>lose told>tell
  understood>understand stood>stand went>go gone>go came>come became>become grew>grow grown>grow knew>know
  known>know saw>see seen>see shown>show drew>draw drawn>draw broke>break broken>break drove>drive driven>drive
  rose>rise risen>rise fell>fall fallen>fall felt>feel dealt>deal spent>spend bound>bind fought>fight caught>catch
  ran>run sold>sell swore>swear sworn>swear heard>hear meant>mean undertook>undertake undertaken>undertake
  overcame>overcome withdrew>withdraw withdrawn>withdraw arose>arise arisen>arise forgot>forget forgotten>forget
  grey>gray cheque>check tyre>tire plough>plow sceptic>skeptic sceptical>skeptical aluminium>aluminum
  artefact>artifact cosy>cozy enquiry>inquiry enquiries>inquiry enquire>inquire disc>disk gaol>jail jewellery>jewelry
  sulphur>sulfur draught>draft kerb>curb storey>story storeys>story practise>practice
  practised>practiced practising>practicing licence>license licences>license pretence>pretense defence>defense
  defences>defense offence>offense offences>offense ageing>aging sizeable>sizable likeable>likable saleable>salable
  moveable>movable useable>usable liveable>livable mould>mold moustache>mustache pyjamas>pajamas whilst>while
  amongst>among towards>toward connexion>connection doughnut>donut yoghurt>yogurt omelette>omelet axe>ax
  programme>program programmes>program programmed>program programming>program gramme>gram grammes>gram
  kilogramme>kilogram kilogrammes>kilogram
`);

/** Words that Porter's stemmer confuses with others, with the stem to use instead. */
const EXCEPTIONS = formsTable(`
  organ>organ organs>organ university>university universities>university authority>authority authorities>authority
  important>important importance>important importantly>important executive>executive executives>executive
  experiment>experiment experiments>experiment experimental>experiment emergency>emergency
  emergencies>emergency several>several customs>customs rational>rational news>news
  arms>arms media>media international>international internationally>international
  analysis>analyz analyses>analyz analyst>analyz analysts>analyz analytical>analyz analytic>analyz
`);

/** American spelling, and one form for -ise and -ize. */
const SPELLING: Rewriting = [
  [
    /^((?:mis|un|re)?(?:behavi|demean|endeav|neighb|harb|fav|hon|lab|belab|col|discol|hum|rum|vap|sav|arm|cand|clam|ferv|glam|od|parl|rig|splend|tum|val|vig|ard|succ|flav|enam))our/,
    '$1or',
  ],
  [
    /^((?:epi|kilo|centi|milli|deci|amphi|hydro|theo)?(?:cent|theat|met|lit|lust|spect|fib|calib|sab|somb|meag|goit|nit|sepulch))re(s?)$/,
    '$1er$2',
  ],
  [/^(.*cent)r(ed|ing)$/, '$1er$2'],
  [/^(dial|catal|anal|monol|prol|epil)ogue/, '$1og'],
  [/(acknowled|jud|abrid|lod|dislod)gement/, '$1gment'],
  [/^(an|leuk|h|p|gyn|orthop|encyclop|medi|arch|f|aesth|primev|f)ae(?=[mdrcolvst])/, '$1e'],
  [/^aesth/, 'esth'],
  [/^foet/, 'fet'],
  [/^oe(?=s)/, 'e'],
  [/^manoeuv(?:re|er)/, 'maneuver'],
  [/^manoeuvr/, 'maneuver'],
  [/^diarrhoe/, 'diarrhe'],
];

const IZE = /^(.{2,})i[sz](?:e|es|ed|ing|er|ers|ation|ations|ational|able)$/;
const YZE = /^(.{2,}l)y[sz](?:e|es|ed|ing|er|ers)$/;

/** @param word in lower case without accents. @returns the common stem of all forms of the word */
export function englishStem(word: string): string {
  const base = IRREGULAR.get(word) ?? rewrite(word, SPELLING);
  const exception = EXCEPTIONS.get(base);
  if (exception !== undefined) return exception + WHOLE;
  const [, analyzed] = YZE.exec(base) ?? [];
  if (analyzed !== undefined) return `${analyzed}yz${WHOLE}`;
  const [, ized] = IZE.exec(base) ?? [];
  if (ized !== undefined && (/i[sz]ation/.test(base) || isIze(base))) return `${ized}iz`;
  const stemmed = stem(base);
  // travelled and traveled, skilful and skillful
  return stemmed.length > 4 ? stemmed.replace(/ll/g, 'l') : stemmed;
}

const NO_SUFFIX = new Set(
  words(`
    advise revise supervise improvise televise devise exercise promise compromise premise praise raise appraise
    rise arise sunrise moonrise wise otherwise likewise clockwise enterprise surprise comprise reprise apprise prise
    disguise guise franchise merchandise expertise precise concise noise poise treatise paradise cruise bruise demise
    excise incise circumcise advertise chastise despise disease size seize prize maize capsize downsize resize
    oversize raze liaise braise tortoise porpoise turquoise malaise cerise valise chemise disfranchise enfranchise
    vise anise mayonnaise polonaise marquise reprise turquoise
  `),
);

function isIze(word: string): boolean {
  const infinitive = word.replace(/(i[sz])(?:e|es|ed|ing|er|ers|able)$/, '$1e');
  return !NO_SUFFIX.has(infinitive) && word.length > 6;
}
