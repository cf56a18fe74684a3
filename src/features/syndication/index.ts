export { registerFeeds, type SyndicationParts } from './feed-routes.js';
export { notePresentation } from './presentation.repository.js';
