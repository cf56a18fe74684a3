import type { Config } from '../../app/config.js';
import { scheduleCounts } from '../../features/publication/index.js';
import { wallClockMs } from '../../kernel/wall-clock.js';
import {
  checkGroupRoles,
  checkPoolers,
  checkReader,
  checkSameDatabase,
  checkWriter,
  missingRoles,
} from '../../platform/db/checks.js';
import {
  canListen,
  type Diagnosed,
  inspectCollations,
  inspectConnections,
  inspectReplica,
  missingExtensions,
} from '../../platform/db/diagnosis/index.js';
import { error, ok, type Outcome, skipped, warning } from './finding.js';

/** The inputs of the database checks. */
export interface DatabaseContext {
  readonly config: Config;
  readonly database: Diagnosed;
}

type Check = (context: DatabaseContext) => Promise<Outcome>;

const MAX_LAG_S = 10;
const MAX_CLOCK_MS = 1_000;

const checkVersion: Check = async ({ database: { client, url } }) => {
  const { rows } = await client.query<{ version: string; name: string }>(
    `SELECT current_setting('server_version') AS version, current_database() AS name`,
  );
  return ok('ok', { host: new URL(url).host, version: '', name: '', ...rows[0] });
};

const checkPooler: Check = async ({ config, database: { url } }) => {
  if (config.databaseUrl === undefined) return ok('none');
  await checkPoolers(url, config);
  return ok(config.databasePooler === undefined ? 'none' : 'declared');
};

const checkIdentity: Check = async ({ config, database: { url } }) => {
  await checkSameDatabase(url, config);
  return ok('ok');
};

const checkCollations: Check = async ({ database: { client } }) => {
  const { ctype, missing, outdated } = await inspectCollations(client);
  if (missing.length > 0) return error('missing', { names: missing });
  if (outdated.length > 0) return warning('outdated', { names: outdated });
  return ok('ok', { ctype });
};

const checkExtensions: Check = async ({ database: { client } }) => {
  const names = await missingExtensions(client);
  return names.length > 0 ? error('missing', { names }) : ok('ok');
};

const checkRoles: Check = async ({ database: { client } }) => {
  const run = async <T extends object>(statement: string) => {
    return (await client.query<T>(statement)).rows;
  };
  await checkGroupRoles(run);
  const roles = await missingRoles(run);
  if (roles.length === 0) return ok('ok');
  const { rows } = await client.query<{ able: boolean }>(
    'SELECT rolsuper OR rolcreaterole AS able FROM pg_roles WHERE rolname = current_user',
  );
  return rows[0]?.able === true ? ok('toCome', { roles }) : error('unable', { roles });
};

const checkMigrations: Check = async ({ database: { pending } }) => {
  const names = await pending();
  return names.length > 0 ? warning('pending', { count: names.length }) : ok('ok');
};

const checkLogins: Check = async ({ database: { logins } }) => {
  const { reader, writer } = logins;
  if (reader === null || writer === null) return skipped('toCome');
  await checkReader(reader);
  await checkWriter(writer);
  return ok('ok');
};

const checkConnections: Check = async ({ config, database: { client } }) => {
  if (config.databasePooler !== undefined) return skipped('pooled');
  const { needed, available } = await inspectConnections(client, config, config.workers);
  return needed > available
    ? warning('few', { needed, available })
    : ok('ok', { needed, available });
};

const checkListening: Check = async ({ database: { url } }) => {
  return (await canListen(url)) ? ok('ok') : error('deaf');
};

const checkReplicas: Check = async ({ config, database: { url, logins } }) => {
  if (config.databaseReplicaUrls.length === 0) return skipped('none');
  const reports = await Promise.all(
    config.databaseReplicaUrls.map((replica) => inspectReplica(logins.reader ?? url, replica)),
  );
  const hosts = (state: string) => {
    return reports.filter((one) => one.state === state).map((one) => one.host);
  };
  const [promoted, unreachable] = [hosts('PROMOTED'), hosts('UNREACHABLE')];
  if (promoted.length > 0) return error('promoted', { hosts: promoted });
  if (unreachable.length > 0) return warning('unreachable', { hosts: unreachable });
  const seconds = Math.max(...reports.map(({ lagSeconds }) => Math.round(lagSeconds)));
  return seconds > MAX_LAG_S
    ? warning('late', { seconds })
    : ok('ok', { count: reports.length, seconds });
};

const checkClock: Check = async ({ database: { client } }) => {
  const [before, started] = [wallClockMs(), performance.now()];
  const { rows } = await client.query<{ ms: number }>(
    'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms',
  );
  const taken = performance.now() - started;
  // The database read its clock at some instant in between.
  const differs = Math.abs((rows[0]?.ms ?? before) - (before + taken / 2)) - taken / 2;
  return differs > MAX_CLOCK_MS
    ? warning('differs', { seconds: Math.round(differs / 1_000) })
    : ok('ok');
};

const checkSchedules: Check = async ({ database: { client } }) => {
  const counts = await scheduleCounts(client);
  if (counts === null) return skipped('none');
  if (counts.overdue > 0) return warning('overdue', { count: counts.overdue });
  if (counts.heldBack > 0) return warning('heldBack', { count: counts.heldBack });
  return ok('ok', { count: counts.waiting });
};

export const DATABASE_CHECKS = {
  database: checkVersion,
  poolers: checkPooler,
  identity: checkIdentity,
  collations: checkCollations,
  extensions: checkExtensions,
  roles: checkRoles,
  migrations: checkMigrations,
  logins: checkLogins,
  connections: checkConnections,
  listen: checkListening,
  replicas: checkReplicas,
  clock: checkClock,
  schedules: checkSchedules,
} as const satisfies Record<string, Check>;
