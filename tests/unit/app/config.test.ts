import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../../src/app/config.js';
import { AppError } from '../../../src/kernel/errors.js';
import { QUERY_LIMITS } from '../../../src/platform/graphql/limits/limits.js';
import { OVERLOAD_LIMITS } from '../../../src/platform/http/overload-protection.js';

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

  it('shows the demonstration only on the embedded database, unless configured otherwise', () => {
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
    ['CORS_ORIGINS', '*', 'corsOrigins', null],
    [
      'CORS_ORIGINS',
      'https://WWW.example.org:443/, http://localhost:5173,capacitor://localhost',
      'corsOrigins',
      ['https://www.example.org', 'http://localhost:5173', 'capacitor://localhost'],
    ],
    ['LOCALE_ORDER', 'pt, FR,es,en', 'localeOrder', ['PT', 'FR', 'ES', 'EN']],
    ['LOG_LEVEL', 'debug', 'logLevel', 'debug'],
    ['READ_POOL_SIZE', '1', 'readPoolSize', 1],
    ['QUERY_DEPTH', '9', 'limits', { ...QUERY_LIMITS, depth: 9 }],
    ['INTROSPECTION', '0', 'limits', { ...QUERY_LIMITS, introspection: false }],
    ['RATE_LIMIT', '0', 'overloadProtection', { ...OVERLOAD_LIMITS, pointsPerMinute: 0 }],
    [
      'TRUSTED_PROXIES',
      '10.0.0.0/8, ::1',
      'overloadProtection',
      { ...OVERLOAD_LIMITS, trustedProxies: ['10.0.0.0/8', '::1'] },
    ],
    ['METRICS_PORT', '0', 'metrics', { host: '127.0.0.1', port: 0 }],
    ['METRICS_PORT', '', 'metrics', null],
    ['OPERATIONS', 'registered', 'operations', { mode: 'registered', manifests: null }],
    [
      'OPERATIONS_MANIFEST',
      'web.json, /srv/app.json',
      'operations',
      { mode: 'open', manifests: [resolve('web.json'), '/srv/app.json'] },
    ],
    ['HOST', '0.0.0.0', 'drainDelayMs', 5_000],
    ['HOST', 'localhost', 'drainDelayMs', 0],
    ['DRAIN_DELAY_MS', '2000', 'drainDelayMs', 2_000],
    ['WORKERS', '8', 'workers', 8],
    ['WORKERS', '8', 'readPoolSize', 4],
    ['WORKERS', '2', 'writePoolSize', 6],
  ] as const)('%s=%s', (name, value, key, expected) => {
    expect(readConfig({ DATABASE_URL: 'embedded', [name]: value })[key]).toEqual(expected);
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '40o0'],
    ['PORT', '1e3'],
    ['HOST', 'http://here'],
    ['DEMO', 'yes'],
    ['QUERY_DEPTH', '4'],
    ['RATE_LIMIT', '-1'],
    ['TRUSTED_PROXIES', '*'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['OPERATIONS', 'closed'],
    ['OPERATIONS_MANIFEST', 'web.json,,app.json'],
    ['CORS_ORIGINS', 'www.example.org'],
    ['CORS_ORIGINS', 'https://www.example.org/path'],
    ['CORS_ORIGINS', 'https://user@www.example.org'],
    ['CORS_ORIGINS', 'https://*.example.org'],
    ['CORS_ORIGINS', 'https://www.example.org,,'],
    ['CORS_ORIGINS', 'null'],
    ['CORS_ORIGINS', 'file://'],
    ['LOCALE_ORDER', 'en,es,fr'],
    ['LOCALE_ORDER', 'en,es,fr,fr'],
    ['LOCALE_ORDER', 'en,es,fr,pt,en'],
    ['LOCALE_ORDER', 'en,es,fr,de'],
    ['WRITE_POOL_SIZE', '1'],
    ['WORKERS', '0'],
    ['STATEMENT_TIMEOUT_MS', '0'],
    ['LOG_LEVEL', 'loud'],
  ])('refuses %s=%s by name and value', (name, value) => {
    expect(faultsOf({ [name]: value })).toContain(`${name}=${value} (`);
  });

  it('names what is wrong in a list of origins', () => {
    const list = `${'https://www.example.org,'.repeat(4)}ftp,*,https://b.example/x`;
    expect(faultsOf({ CORS_ORIGINS: list })).toContain('CORS_ORIGINS=ftp,*,https://b.example/x (');
  });

  it('takes several replicas, and names a wrong list without what is in it', () => {
    const DATABASE_URL = 'postgres://gateway@db.example/gateway';
    const replicas = 'postgres://db2.example/gateway, postgres://me:pw@db3.example/gateway';
    expect(
      readConfig({ DATABASE_URL, DATABASE_REPLICA_URLS: replicas }).databaseReplicaUrls,
    ).toEqual(['postgres://db2.example/gateway', 'postgres://me:pw@db3.example/gateway']);
    const faults = faultsOf({
      DATABASE_URL,
      DATABASE_REPLICA_URLS: `${replicas},mysql://x:hunter2@y`,
    });
    expect(faults).toMatch(/^DATABASE_REPLICA_URLS \(/);
    expect(faults).not.toMatch(/hunter2|:pw@/);
    expect(faultsOf({ DATABASE_REPLICA_URLS: replicas })).toContain('DATABASE_URL');
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

  const provider = { OIDC_ISSUER: 'https://id.example', OIDC_AUDIENCE: 'gateway' };

  it('knows no provider of tokens unless configured', () => {
    expect(readConfig({}).oidc).toBeNull();
    const { oidc } = readConfig(provider);
    expect(oidc).toMatchObject({
      issuer: 'https://id.example',
      audience: 'gateway',
      jwksUrl: null,
      claims: { roles: 'roles', locales: 'locales', name: 'name' },
    });
    expect(oidc?.algorithms).toContain('ES256');
    const names = { OIDC_ROLES_CLAIM: 'realm_access.roles', OIDC_ALGORITHMS: 'RS256, PS256' };
    expect(readConfig({ ...provider, ...names }).oidc).toMatchObject({
      algorithms: ['RS256', 'PS256'],
      claims: { roles: 'realm_access.roles' },
    });
  });

  it.each(['HS256', 'none', 'RS256,HS256', 'rs256', ''])('takes no signature like %j', (name) => {
    const env = { ...provider, OIDC_ALGORITHMS: name || ',' };
    expect(faultsOf(env)).toContain(`OIDC_ALGORITHMS=${name || ','} (RS256,`);
  });

  it('reports every setting of a provider that lacks its other half', () => {
    expect(faultsOf({ OIDC_ISSUER: 'https://id.example' })).toBe('OIDC_ISSUER (+ OIDC_AUDIENCE)');
    const rest = { OIDC_AUDIENCE: 'gateway', OIDC_NAME_CLAIM: 'nick', OIDC_JWKS_URL: 'ftp://x' };
    expect(faultsOf(rest).split('; ')).toEqual([
      'OIDC_JWKS_URL=ftp://x (https://…)',
      'OIDC_AUDIENCE (+ OIDC_ISSUER)',
      'OIDC_NAME_CLAIM (+ OIDC_ISSUER)',
    ]);
    expect(faultsOf({ ...provider, OIDC_ISSUER: 'id.example' })).toBe(
      'OIDC_ISSUER=id.example (https://…)',
    );
  });

  const url = 'postgres://gateway@db.example/gateway';
  it.each<[boolean, NodeJS.ProcessEnv]>([
    [true, {}],
    [true, { HOST: '::1' }],
    [true, { HOST: 'localhost', DEV_TOKENS: '1' }],
    [false, { DEV_TOKENS: '0' }],
    [false, { HOST: '0.0.0.0', DATABASE_URL: 'embedded' }],
    [false, { HOST: '127.0.0.1.example', DATABASE_URL: 'embedded' }],
    [false, { DATABASE_URL: url }],
    [true, { DATABASE_URL: url, DEV_TOKENS: '1' }],
  ])('development tokens are accepted: %s, where %j', (accepted, env) => {
    expect(readConfig(env).devTokens).toBe(accepted);
  });

  it('refuses development tokens on an address that others can reach', () => {
    expect(() => readConfig({ HOST: '0.0.0.0', DEV_TOKENS: '1' })).toThrow(
      expect.objectContaining({ reason: 'DEVELOPMENT_TOKENS_EXPOSED', vars: { host: '0.0.0.0' } }),
    );
  });

  it('refuses a login for readers without a database of its own', () => {
    expect(faultsOf({ DATABASE_READER_URL: 'postgres://r:hunter2@db/x' })).toBe(
      'DATABASE_READER_URL (+ DATABASE_URL)',
    );
    expect(faultsOf({ DATABASE_WRITER_URL: 'postgres://w:hunter2@db/x' })).toBe(
      'DATABASE_WRITER_URL (+ DATABASE_URL)',
    );
  });
});
