export { PublishedReleaseResolver } from './published-release.resolver.js';
export { findStaffNode } from './staff-node.js';
export { WorklistResolver } from './worklist.resolver.js';
