export { AccountRegister } from './account-register.js';
export { type AccountRecord, findGrants, loadAccounts } from './account.repository.js';
export { AccountResolver } from './account.resolver.js';
export { accountIdOf, accountNode, AccountType } from './account.types.js';
