export { escapeInline } from './escape-inline.js';
export { isAllowedAddress } from './address.js';
export {
  exceedsInlineLimits,
  MAX_INLINE_LENGTH,
  renderInline,
  type RenderedInline,
} from './inline.js';
export {
  canonicalInline,
  storedRendering,
  type StoredRendering,
  renderBlock,
  renderBlocks,
  type Block,
  type RenderedBlocks,
} from './blocks.js';
export {
  parseBlocks,
  type BodyFault,
  type ParsedBlocks,
  type ReducedPart,
} from './parse-blocks.js';
