export { foldLetters, withoutInvisible } from './fold.js';
export { matchRanges, type TextRange } from './matches.js';
export { searchQuery } from './query.js';
export { hasPhrase, type MaybeQuery, queryLiteral } from './query-tree.js';
export { readTypedSearch, type TypedSearch, withoutExclusions } from './typed-search.js';
export { searchVector, type WeightedText } from './vector.js';
export { isStopWord } from './words/stop-words.js';
