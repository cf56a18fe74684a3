export { AudienceQueryResolver } from './query.resolver.js';
export {
  MemberStateResolver,
  memberStateNode,
  TopicResolver,
  topicNode,
} from './audience.resolver.js';
export { MemberStateType, TopicType } from './audience.types.js';
export { Reference, type Topic } from './reference.js';
export { ReferenceCache } from './reference.repository.js';
export { ensureTopics, publishTopics, saveTopic } from './topic.repository.js';
