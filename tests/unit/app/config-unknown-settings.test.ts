import { describe, expect, it } from '@jest/globals';

import { foreignSettings, readConfig } from '../../../src/app/config.js';

const url = 'postgres://gateway:hunter2@db.example/gateway';

const refusal = (reason: string, vars: object) => expect.objectContaining({ reason, vars });

describe('a misspelt setting is refused, with the one that was meant', () => {
  it.each([
    ['DATABSE_URL', 'DATABASE_URL'],
    ['DATABASE_ULR', 'DATABASE_URL'],
    ['DATABASE_READRE_URL', 'DATABASE_READER_URL'],
    ['DATABASE_REPLICA_URL', 'DATABASE_REPLICA_URLS'],
    ['OIDC_ISUER', 'OIDC_ISSUER'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['database_url', 'DATABASE_URL'],
  ])('%s', (name, setting) => {
    expect(() => readConfig({ [name]: url })).toThrow(
      refusal('SETTING_MISSPELT', { faults: `${name} (${setting}?)` }),
    );
  });

  it('names all of them at once', () => {
    const env = { DATABSE_URL: url, METRIC_PORT: '9464' };
    expect(() => readConfig(env)).toThrow(
      refusal('SETTING_MISSPELT', {
        faults: 'DATABSE_URL (DATABASE_URL?); METRIC_PORT (METRICS_PORT?)',
      }),
    );
  });
});

describe('variables of other programs', () => {
  it.each([
    ['HOME', '/root'],
    ['POST', '1'],
    ['WORKER', '1'],
    ['DATABASE_URI', url],
    ['DATABASE_NAME', 'gateway'],
    ['PGPORT', '5432'],
    ['PGDATA_DIR', '/srv/pgdata'],
  ])('are no fault: %s', (name, value) => {
    expect(readConfig({ DATABASE_URL: url, [name]: value }).databaseUrl).toBe(url);
  });

  it('are named where they begin like settings, or resemble the end of one', () => {
    const env = { DATABASE_URL: url, DATABASE_NAME: 'x', DATABASE_URI: url, REDAER_URL: url };
    expect(foreignSettings(env)).toEqual([
      { name: 'DATABASE_NAME', setting: null },
      { name: 'DATABASE_URI', setting: null },
      { name: 'REDAER_URL', setting: 'DATABASE_READER_URL' },
    ]);
  });

  it('are not named where they are empty, or those of a service in a cluster', () => {
    const env = {
      DATABASE_NAME: '',
      DATABASE_PORT: 'tcp://10.0.0.7:5432',
      DATABASE_SERVICE_HOST: '10.0.0.7',
      DATABASE_PORT_5432_TCP_ADDR: '10.0.0.7',
    };
    expect(foreignSettings(env)).toEqual([]);
  });
});

describe('the embedded database', () => {
  it.each<NodeJS.ProcessEnv>([
    {},
    { HOST: 'localhost' },
    { DATABASE_URL: 'embedded' },
    { DATABASE_URL: 'embedded', HOST: '0.0.0.0' },
    { DATABASE_URL: 'embedded', NODE_ENV: 'production' },
  ])('is used where %j', (env) => {
    const config = readConfig(env);
    expect(config.databaseUrl).toBeUndefined();
    expect(config.demo).toBe(true);
  });

  it.each([
    [{ HOST: '0.0.0.0' }, 'HOST=0.0.0.0'],
    [{ NODE_ENV: 'production' }, 'NODE_ENV=production'],
    [{ NODE_ENV: 'production', DATABASE_URL: ' ' }, 'NODE_ENV=production'],
  ])('must be requested where %j', (env, cause) => {
    expect(() => readConfig(env)).toThrow(refusal('DATABASE_URL_MISSING', { cause }));
  });

  it('must be requested though another variable holds an address, which is named', () => {
    const env = { HOST: '::', POSTGRES_URL: url, DB: url };
    expect(() => readConfig(env)).toThrow(
      refusal('DATABASE_URL_MISNAMED', { cause: 'HOST=::', names: ['DB', 'POSTGRES_URL'] }),
    );
  });

  it('goes with no login or replica of another server', () => {
    const env = { DATABASE_URL: 'embedded', DATABASE_READER_URL: url };
    expect(() => readConfig(env)).toThrow(
      refusal('SETTING_INVALID', { faults: 'DATABASE_READER_URL (+ DATABASE_URL)' }),
    );
  });
});
