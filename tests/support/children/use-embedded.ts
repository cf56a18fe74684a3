import { once } from 'node:events';
import { startEmbedded } from '../../../src/platform/db/embedded/start-embedded.js';

const server = await startEmbedded(process.argv[2] ?? '', { durable: false });
console.log(JSON.stringify({ url: server.url, folder: server.folder }));
process.stdin.resume();
await once(process.stdin, 'end');
await server.leave();
