import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config.js';
import { AppError } from '../../src/kernel/errors.js';

function faultsOf(env: NodeJS.ProcessEnv): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof AppError && error.reason === 'SETTING_INVALID') {
      return String(error.vars.faults);
    }
    throw error;
  }
  return '';
}

describe('readConfig', () => {
  it('needs no setting at all', () => {
    const config = readConfig({});
    expect(config.host).toBe('127.0.0.1');
    expect(config.port).toBe(4000);
    expect(config.dataDir).toBe(resolve('.data'));
    expect(config.databaseUrl).toBeUndefined();
    expect(config.localeOrder).toEqual(['EN', 'ES', 'FR', 'PT']);
  });

  it('shows the demonstration only on the embedded database, unless told otherwise', () => {
    const url = 'postgres://gateway@db.example/gateway';
    expect(readConfig({}).demo).toBe(true);
    expect(readConfig({ DEMO: '0' }).demo).toBe(false);
    expect(readConfig({ DATABASE_URL: url }).demo).toBe(false);
    expect(readConfig({ DATABASE_URL: url, DEMO: '1' }).demo).toBe(true);
  });

  it('takes an empty setting for one that is not set, and ignores what is not its own', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: ' ', HOME: '/nowhere' }).port).toBe(4000);
  });

  it.each([
    ['PORT', '0', 'port', 0],
    ['PORT', '65535', 'port', 65_535],
    ['HOST', '::1', 'host', '::1'],
    ['DATA_DIR', '/srv/données', 'dataDir', '/srv/données'],
    ['LOCALE_ORDER', 'pt, FR,es,en', 'localeOrder', ['PT', 'FR', 'ES', 'EN']],
    ['LOG_LEVEL', 'debug', 'logLevel', 'debug'],
    ['READ_POOL_SIZE', '1', 'readPoolSize', 1],
  ] as const)('%s=%s', (name, value, key, expected) => {
    expect(readConfig({ [name]: value })[key]).toEqual(expected);
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '40o0'],
    ['PORT', '1e3'],
    ['HOST', 'http://here'],
    ['DEMO', 'yes'],
    ['LOCALE_ORDER', 'en,es,fr'],
    ['LOCALE_ORDER', 'en,es,fr,fr'],
    ['LOCALE_ORDER', 'en,es,fr,pt,en'],
    ['LOCALE_ORDER', 'en,es,fr,de'],
    ['WRITE_POOL_SIZE', '1'],
    ['STATEMENT_TIMEOUT_MS', '0'],
    ['LOG_LEVEL', 'loud'],
  ])('refuses %s=%s by name and value', (name, value) => {
    expect(faultsOf({ [name]: value })).toContain(`${name}=${value} (`);
  });

  it('reports every fault at once', () => {
    const faults = faultsOf({ PORT: 'x', DEMO: '2', LOG_LEVEL: 'loud', HOST: 'localhost' });
    expect(faults.split('; ').map((fault) => fault.split('=')[0])).toEqual([
      'PORT',
      'DEMO',
      'LOG_LEVEL',
    ]);
  });

  it('never repeats a database address, which may hold a password', () => {
    const faults = faultsOf({ DATABASE_URL: 'mysql://root:hunter2@db/x', PORT: 'x' });
    expect(faults).toContain('DATABASE_URL (postgres://');
    expect(faults).not.toContain('hunter2');
  });

  it('refuses a login for readers without a database of its own', () => {
    expect(faultsOf({ DATABASE_READER_URL: 'postgres://r:hunter2@db/x' })).toBe(
      'DATABASE_READER_URL (+ DATABASE_URL)',
    );
  });
});
