/** Superscripts that exist in Unicode (apart from UTR #51: no emoji); the letters are modifier letters. */
const RAISED = pairs('0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺-⁻−⁻–⁻=⁼(⁽)⁾nⁿiⁱ');
const RAISED_LETTERS = pairs('aªbᵇcᶜdᵈeᵉfᶠgᵍhʰjʲkᵏlˡmᵐoºpᵖrʳsˢtᵗuᵘvᵛwʷxˣyʸzᶻTᵀ');
const LOWERED = pairs('0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊-₋−₋–₋=₌(₍)₎');
const LOWERED_LETTERS = pairs('aₐeₑhₕiᵢjⱼkₖlₗmₘnₙoₒpₚrᵣsₛtₜuᵤvᵥxₓ');

function pairs(text: string): ReadonlyMap<string, string> {
  const chars = [...text];
  return new Map(chars.flatMap((char, at) => (at % 2 === 0 ? [[char, chars[at + 1] ?? '']] : [])));
}

export interface WrittenScript {
  readonly text: string;
  /** Whether Unicode has no such characters, so that the text is written in another way. */
  readonly isSpelledOut: boolean;
}

const ORDINAL =
  /^(?:st|nd|rd|th|d|r?ers?|[eè]?re?s?|[eéè]mes?|es?|nde?s?|[oa]s?|[rtvnm][oa]s?|avo|ava|do|da|ros?|ras?)\.?$/i;
/** `M<sup>me</sup>`, `XIX<sup>e</sup>`, `N<sup>o</sup>`, `Prof<sup>a</sup>`. */
const ABBREVIATED = /(?:\p{Lu}|(?<!\p{L})n|\p{Lu}\p{Ll}+)\.?$/u;
const MARKS = /^(?:[*†‡§¶#®©™℠ªº°′″’“”.,;:…]+|\[[^\]]*\])$/;
const LONG = 16;

/**
 * A superscript or subscript as text that represents the same number or word: `10⁶`, `km²`, `CO₂`, but `1er`, `2nd`,
 * `3ª`, `nº`, `Mme`, which are also written like this in plain text.
 *
 * @param before the preceding text on the same line
 */
export function writtenScript(kind: 'sup' | 'sub', text: string, before: string): WrittenScript {
  const plain = (written: string): WrittenScript => ({ text: written, isSpelledOut: false });
  if (text.trim() === '' || MARKS.test(text)) return plain(text);
  const signs = mapped(text, kind === 'sup' ? RAISED : LOWERED);
  if (signs !== null) return plain(signs);
  if (kind === 'sup') {
    if (/^(?:tm|sm)$/i.test(text)) return plain(/t/i.test(text) ? '™' : '℠');
    const isOrdinal = /\d\.?$/.test(before) && ORDINAL.test(text);
    const isAbbreviation = ABBREVIATED.test(before) && /^\p{L}{1,5}\.?$/u.test(text);
    if (isOrdinal || isAbbreviation)
      return plain(/^[oa]$/i.test(text) && !isRoman(before) ? ordinalSign(text) : text);
  }
  const letters = kind === 'sup' ? RAISED_LETTERS : LOWERED_LETTERS;
  const letter = [...text].length === 1 ? letters.get(text) : undefined;
  if (letter !== undefined) return plain(letter);
  if (text.length > LONG) return { text, isSpelledOut: true };
  const sign = kind === 'sup' ? '^' : '_';
  const isOne = /^[\p{L}\p{N}]$/u.test(text);
  return { text: isOne ? sign + text : `${sign}(${text})`, isSpelledOut: true };
}

function ordinalSign(letter: string): string {
  return letter.toLowerCase() === 'o' ? 'º' : 'ª';
}

function isRoman(before: string): boolean {
  return /(?<!\p{L})[IVXLC]{2,}$/u.test(before);
}

/** Commas and blanks separate notes: `¹, ²`. A point would make another number. */
function mapped(text: string, table: ReadonlyMap<string, string>): string | null {
  const chars = [...text].map((char) => (/[,; \u00a0]/.test(char) ? char : table.get(char)));
  return chars.includes(undefined) ? null : chars.join('');
}
