export { LiveHub } from './live-hub.js';
export { LiveService } from './live.service.js';
export { SyncCursors } from './sync-cursor.js';
export { SyncResolver } from './sync.resolver.js';
export { SyncService } from './sync.service.js';
