import { codesIn } from '../reference-code.js';

/** One thing to find, or not to find: words in any order, a phrase, or the code of a document or release. */
export interface SearchTerm {
  readonly kind: 'WORDS' | 'PHRASE' | 'CODE';
  readonly text: string;
  readonly isExcluded: boolean;
}

/** Alternatives, of which each is found where all of its terms are. */
export type TypedSearch = readonly (readonly SearchTerm[])[];

/** A phrase in quotation marks, perhaps without the second one, or what stands between two spaces. */
const CHUNK = /([-‐‑])?"([^"]*)"?|[^\s"]+/g;

/** Reads what a person typed in the syntax of web searches: "…" for a phrase, a minus, `or`. */
export function readTypedSearch(typed: string): TypedSearch {
  const chunks = [...typed.matchAll(CHUNK)];
  const alternatives: SearchTerm[][] = [[]];
  for (const [index, [chunk, minus, phrase]] of chunks.entries()) {
    const terms = alternatives.at(-1) ?? [];
    const isOr = phrase === undefined && /^or$/i.test(chunk);
    if (isOr && terms.length > 0 && index < chunks.length - 1) alternatives.push([]);
    else if (phrase === undefined) addChunk(terms, chunk);
    else terms.push(quoted(phrase, minus !== undefined));
  }
  return alternatives;
}

/** The same without what is excluded; null where nothing else was typed. */
export function withoutExclusions(search: TypedSearch): TypedSearch | null {
  const wanted = search
    .map((terms) => terms.filter(({ isExcluded }) => !isExcluded))
    .filter((terms) => terms.length > 0);
  return wanted.length > 0 ? wanted : null;
}

function quoted(phrase: string, isExcluded: boolean): SearchTerm {
  const code = codeOf(phrase.trim());
  return code === null
    ? { kind: 'PHRASE', text: phrase, isExcluded }
    : { kind: 'CODE', text: code, isExcluded };
}

/** Words that follow each other are one term: together they may be a compound or a number. */
function addChunk(terms: SearchTerm[], chunk: string): void {
  const isExcluded = /^[-‐‑]/.test(chunk);
  const code = codeOf(chunk.replace(/^[-‐‑]/, ''));
  const last = terms.at(-1);
  if (code !== null) terms.push({ kind: 'CODE', text: code, isExcluded });
  else if (isExcluded) terms.push({ kind: 'PHRASE', text: chunk.slice(1), isExcluded });
  else if (last?.kind === 'WORDS') terms.splice(-1, 1, { ...last, text: `${last.text} ${chunk}` });
  else terms.push({ kind: 'WORDS', text: chunk, isExcluded });
}

/** @returns null for what is more or less than a code */
function codeOf(chunk: string): string | null {
  const bare = chunk.replace(/[‐‑–]/g, '-').replace(/^[(«“]*|[.,;:)»”?!]+$/g, '');
  const [code] = codesIn(bare);
  return code !== undefined && code === bare.toLowerCase() ? code : null;
}
