export { checkPoolers } from './open-database.js';
export { checkReader, checkWriter } from './login-checks.js';
export { checkSameDatabase } from './same-database.js';
export { checkGroupRoles, createGroupRoles, missingRoles, ROLES_SQL } from './group-roles.js';
export { withOwnerClient } from './owner-client.js';
