export { registerFeeds, type SyndicationParts } from './feed-routes.js';
