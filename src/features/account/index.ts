export { AccountRegister } from './account-register.js';
export { type AccountRecord, findGrants, loadAccounts } from './account.repository.js';
export { AccountResolver } from './account.resolver.js';
export { accountIdOf, accountNode, AccountType } from './account.types.js';
export { recordAudit } from './audit.repository.js';
export { forgetOldAnswers } from './first-answer.repository.js';
export { firstAnswerPlugin } from './first-answer-plugin.js';
export { Desk, type LastStep, type Task, type Work } from './desk.js';
