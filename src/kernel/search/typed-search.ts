import { codesIn } from '../reference-code.js';

/** One search term, included or excluded: words in any order, a phrase, or the code of a document or release. */
export interface SearchTerm {
  readonly kind: 'WORDS' | 'PHRASE' | 'CODE';
  readonly text: string;
  readonly isExcluded: boolean;
}

/** Alternatives, each of which matches if all of its terms match. */
export type TypedSearch = readonly (readonly SearchTerm[])[];

/** A phrase in quotation marks, of which the second may be missing, or a run of characters without spaces. */
const CHUNK = /([-‐‑])?"([^"]*)"?|[^\s"]+/g;

/** A search as it was typed, in one form. PostgreSQL accepts no NUL in a text. */
export function typedText(text: string): string {
  return text.normalize('NFC').replaceAll('\0', ' ').trim();
}

/** Parses a query in the syntax of web searches: "…" for a phrase, a minus, `or`. */
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

/** The search without its exclusions; null if it consists of exclusions only. */
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

/** Consecutive words are one term: together they may be a compound or a number. */
function addChunk(terms: SearchTerm[], chunk: string): void {
  const isExcluded = /^[-‐‑]/.test(chunk);
  const code = codeOf(chunk.replace(/^[-‐‑]/, ''));
  const last = terms.at(-1);
  if (code !== null) terms.push({ kind: 'CODE', text: code, isExcluded });
  else if (isExcluded) terms.push({ kind: 'PHRASE', text: chunk.slice(1), isExcluded });
  else if (last?.kind === 'WORDS') terms.splice(-1, 1, { ...last, text: `${last.text} ${chunk}` });
  else terms.push({ kind: 'WORDS', text: chunk, isExcluded });
}

/** @returns null if the text is not exactly one code */
function codeOf(chunk: string): string | null {
  const bare = chunk.replace(/[‐‑–]/g, '-').replace(/^[(«“]*|[.,;:)»”?!]+$/g, '');
  const [code] = codesIn(bare);
  return code !== undefined && code === bare.toLowerCase() ? code : null;
}
