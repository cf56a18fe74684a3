export { type LocaleSegment, missingKeys, readingOrder } from './reading-order.js';
export { loadSegments } from './translation.repository.js';
export {
  type OwnSegment,
  replaceTranslation,
  type TargetText,
  type WholeTranslation,
} from './translation.service.js';
