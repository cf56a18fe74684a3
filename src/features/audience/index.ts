export { Reference, type Topic } from './reference.js';
export { ReferenceCache } from './reference.repository.js';
export { ensureTopics, saveTopic } from './topic.repository.js';
