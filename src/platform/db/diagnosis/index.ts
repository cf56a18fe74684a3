export { type CollationReport, inspectCollations } from './collations.js';
export { type ConnectionReport, inspectConnections } from './connections.js';
export { missingExtensions } from './extensions.js';
export { canListen } from './listening.js';
export { inspectReplica, type ReplicaReport } from './replicas.js';
export { openForDiagnosis, type Diagnosed } from './open.js';
