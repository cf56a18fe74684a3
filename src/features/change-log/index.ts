export { ChangeFeed } from './change-feed.js';
export { type Change, logChange } from './change-log.repository.js';
