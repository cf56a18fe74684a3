import { once } from 'node:events';
import { openDatabase, type DatabaseSettings } from '../../../src/platform/db/index.js';

const settings = JSON.parse(process.argv[2] ?? '{}') as DatabaseSettings;
const database = await openDatabase(settings);
const { rows } = await database.readPool.query('SELECT current_user AS reader');
console.log(JSON.stringify(rows[0]));
process.stdin.resume();
await once(process.stdin, 'end');
await database.close();
