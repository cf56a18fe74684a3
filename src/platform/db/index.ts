export { openDatabase, openOwner, type Database, type OwnerDatabase } from './open-database.js';
export { migrate, pendingMigrations } from './migrate.js';
export { withTransaction } from './transaction.js';
export { ReadSnapshot } from './read-snapshot.js';
export { singleClient, type DatabaseOptions, type DatabaseSettings } from './pools.js';
export type { StatementObserver } from './observed-client.js';
export { databaseCode, namedFault, UNIQUE_VIOLATION } from './faults.js';
export { keptSecret } from './secret.js';
export { type OpenedSnapshot, SharedMoments } from './shared-moments.js';
