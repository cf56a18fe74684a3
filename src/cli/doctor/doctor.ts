import type { Config } from '../../app/config.js';
import { type Diagnosed, openForDiagnosis } from '../../platform/db/diagnosis/index.js';
import { foreignSettingLines } from '../foreign-settings.js';
import type { Terminal } from '../terminal.js';
import { DATABASE_CHECKS } from './database-checks.js';
import { CHECKS, type Finding, ok, skipped, warning } from './finding.js';
import { FindingList } from './finding-list.js';
import { checkExplorer, checkNode, checkOidc } from './machine-checks.js';

type DatabaseCheck = keyof typeof DATABASE_CHECKS;

/** The checks that need a connection, which the check `database` opens. */
const CONNECTED = CHECKS.filter((name): name is DatabaseCheck => {
  return name in DATABASE_CHECKS && name !== 'database';
});

/**
 * Examines settings, machine and database, and changes nothing. The checks are independent: if one fails, those that
 * depend on it are skipped and the others run.
 */
export async function examine(read: () => Config, terminal: Terminal): Promise<Finding[]> {
  const list = new FindingList(terminal);
  const config = await readSettings(read, list, terminal);
  await list.add('node', () => checkNode());
  await list.add('explorer', () => checkExplorer());
  if (config === null) list.skip(['oidc', 'database', ...CONNECTED], 'settings');
  else {
    await list.add('oidc', () => checkOidc(config));
    await examineDatabase(config, list);
  }
  return list.findings;
}

async function readSettings(
  read: () => Config,
  list: FindingList,
  { text }: Terminal,
): Promise<Config | null> {
  const found: { config: Config | null } = { config: null };
  await list.add('settings', () => {
    found.config = read();
    const lines = foreignSettingLines(process.env, text);
    return lines.length === 0 ? ok('ok') : warning('foreign', { lines: lines.join(' ') });
  });
  return found.config;
}

async function examineDatabase(config: Config, list: FindingList): Promise<void> {
  const opened: { database: Diagnosed | null } = { database: null };
  await list.add('database', async () => {
    const database = await openForDiagnosis(config);
    opened.database = database;
    if (database === null) return skipped('idle', { folder: config.dataDir });
    return DATABASE_CHECKS.database({ config, database });
  });
  const { database } = opened;
  if (database === null) return list.skip(CONNECTED, 'database');
  try {
    for (const name of CONNECTED) {
      await list.add(name, () => DATABASE_CHECKS[name]({ config, database }));
    }
  } finally {
    await database.close();
  }
}
