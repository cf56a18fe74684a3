export { registerFeeds, type SyndicationDependencies } from './feed-routes.js';
export { notePresentation } from './presentation.repository.js';
