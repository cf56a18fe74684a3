export { LocalizedReleaseResolver } from './localized-release.resolver.js';
export { NodeResolver } from './node.resolver.js';
export { ReleaseQueryResolver } from './query.resolver.js';
export { ReadingSessions } from './reading-session.js';
export { releaseNode, ReleaseResolver } from './release.resolver.js';
export { ReleaseType } from './release.types.js';
