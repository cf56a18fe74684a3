/** In the place of the kernel's search in what is built beside shared.ts; see src/web/site/vite.config.mjs. */
import type { Shared } from './shared.js';

export const {
  MatchFinder,
  matchesVector,
  readTypedSearch,
  releaseVector,
  searchQuery,
  SNIPPET_LENGTH,
  snippetOf,
  typedText,
  withoutExclusions,
} = (globalThis as unknown as { appShared: Shared }).appShared.search;
