export { SyncCursors } from './sync-cursor.js';
export { SyncResolver } from './sync.resolver.js';
export { SyncService } from './sync.service.js';
