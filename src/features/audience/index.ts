export { AudienceMutationResolver } from './audience-mutations.resolver.js';
export { AudienceQueryResolver } from './query.resolver.js';
export {
  MemberStateResolver,
  memberStateNode,
  TopicResolver,
  topicNode,
} from './audience.resolver.js';
export { MemberStateType, TopicType } from './audience.types.js';
export { ReferenceData, type Topic } from './reference.js';
export { ReferenceCache, type ReadContext } from './reference.repository.js';
export { logRuleTurns, RULE_TURN_DUE } from './rule-change.repository.js';
export {
  ensureTopics,
  findTopics,
  nameNewTopics,
  publishTopics,
  saveTopic,
} from './topic.repository.js';
