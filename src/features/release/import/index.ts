export { alignBlocks } from './align-blocks.js';
export type { Embargo } from './embargo.js';
export type {
  CountryCode,
  ImportedRelease,
  ImportedText,
  TopicNames,
  Note,
  NoteCode,
  Refusal,
} from './imported.js';
export { matchRevised, type KeyedBlock } from './match-revised.js';
export { findMentions, type PlainText } from './mentions.js';
export { isMinorChange } from './minor-change.js';
export { MAX_PAGE_BYTES } from './page-bytes.js';
export { parsePage, type PageResult, type ReleasePage } from './parse-page.js';
export {
  formatReleaseLine,
  MAX_LINE_LENGTH,
  releaseLineParser,
  type LineResult,
} from './release-line.js';
export type { NamedState } from './state-forms.js';
