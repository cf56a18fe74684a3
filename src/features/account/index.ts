export {
  type AccountRecord,
  findGrants,
  loadAccounts,
  recordAccount,
} from './account.repository.js';
export { AccountResolver } from './account.resolver.js';
export { accountIdOf, accountNode, AccountType } from './account.types.js';
export { recordAudit } from './audit.repository.js';
export { Desk, type LastStep, type Task, type Work } from './desk.js';
