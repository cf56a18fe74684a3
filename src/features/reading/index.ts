export { LocalizedReleaseResolver } from './localized-release.resolver.js';
export { NodeResolver } from './node.resolver.js';
export { ReleaseQueryResolver } from './query.resolver.js';
export { ReadingSessions } from './reading-session.js';
export { ReleaseResolver } from './release.resolver.js';
