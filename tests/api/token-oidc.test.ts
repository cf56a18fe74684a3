import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { Authenticator } from '../../src/platform/auth/authenticator.js';
import { OidcIssuer, type OidcSettings, SIGNATURES } from '../../src/platform/auth/oidc.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { TokenIssuer } from '../support/token-issuer.js';

const WHO = '{ viewer { account { name } grants { role locale } } }';
const INVALID = { status: 401, code: 'UNAUTHENTICATED', reason: 'TOKEN_INVALID' };
const UNAVAILABLE = { status: 503, code: 'SERVICE_UNAVAILABLE', reason: 'ISSUER_UNAVAILABLE' };

const provider = new TokenIssuer();
let gateway: TestApp;

function accepting(settings: Partial<OidcSettings> = {}): OidcIssuer {
  const whole: OidcSettings = {
    issuer: provider.issuer,
    audience: 'gateway',
    jwksUrl: null,
    algorithms: SIGNATURES,
    claims: { roles: 'realm_access.roles', locales: 'locales', name: 'name' },
    ...settings,
  };
  return new OidcIssuer(whole, { timeoutMs: 300, cooldownMs: 0 });
}

beforeAll(async () => {
  await provider.start();
  await provider.changeKey();
  gateway = await createTestApp({ authenticator: new Authenticator([accepting()]) });
});
afterAll(async () => {
  await gateway.close();
  await provider.stop();
});

async function request(token: string, app = gateway) {
  const { status, data, errors } = await app.query<{ viewer: unknown } | undefined>(WHO, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { code, reason } = errors[0]?.extensions ?? {};
  return data ? { status, viewer: data.viewer } : { status, code, reason };
}

/** Without a server: whether these settings take the token. */
async function takes(issuer: OidcIssuer, token: string): Promise<boolean> {
  return new Authenticator([issuer]).viewerOf(`Bearer ${token}`).then(
    (viewer) => viewer !== null,
    () => false,
  );
}

describe('a token of the OpenID provider', () => {
  it('gives its bearer the roles and locales of its claims', async () => {
    const token = await provider.token({
      name: 'Joana Prado',
      realm_access: { roles: ['reviser', 'offline_access'] },
      locales: ['pt-BR', 'es'],
    });
    expect(await request(token)).toEqual({
      status: 200,
      viewer: {
        account: { name: 'Joana Prado' },
        grants: [
          { role: 'REVISER', locale: 'ES' },
          { role: 'REVISER', locale: 'PT' },
        ],
      },
    });
  });

  it('without a role that counts is that of somebody who may do nothing', async () => {
    const viewer = { account: { name: 'u1' }, grants: [] };
    expect(await request(await provider.token())).toEqual({ status: 200, viewer });
  });

  it.each([
    ['has ended', { exp: Math.floor(Date.now() / 1000) - 60 }],
    ['never ends', { exp: undefined }],
    ['begins later', { nbf: Math.floor(Date.now() / 1000) + 600 }],
    ['is for another program', { aud: 'intranet' }],
    ['is for nobody', { aud: undefined }],
    ['is of another issuer', { iss: 'https://id.example' }],
    ['is of no issuer', { iss: undefined }],
    ['is of nobody', { sub: undefined }],
  ])('that %s is refused', async (_, claims) => {
    expect(await request(await provider.token(claims))).toEqual(INVALID);
  });

  it('is refused where another one signed it', async () => {
    const forger = new TokenIssuer();
    await forger.changeKey();
    expect(await request(await forger.token({ iss: provider.issuer }))).toEqual(INVALID);
  });

  it('is accepted with a new key at once, and no longer with the one before', async () => {
    const before = await provider.token();
    expect(await request(before)).toMatchObject({ status: 200 });
    await provider.changeKey('ES256');
    expect(await request(await provider.token())).toMatchObject({ status: 200 });
    expect(await request(before)).toEqual(INVALID);
  });

  it('does not request the keys each time', async () => {
    const token = await provider.token();
    const before = provider.keyRequests;
    for (let n = 0; n < 5; n += 1) expect(await request(token)).toMatchObject({ status: 200 });
    expect(provider.keyRequests).toBe(before);
  });

  it('may name no key where there are several', async () => {
    await provider.changeKey('RS256', { named: false });
    await provider.changeKey('RS256', { named: false, keep: true });
    const issuer = accepting();
    expect(await takes(issuer, await provider.token({}, { by: 0 }))).toBe(true);
    expect(await takes(issuer, await provider.token({}, { by: 1 }))).toBe(true);
    const forger = new TokenIssuer();
    await forger.changeKey('RS256', { named: false });
    expect(await takes(issuer, await forger.token({ iss: provider.issuer }))).toBe(false);
    await provider.changeKey();
  });

  it('is refused with a signature that the settings do not name', async () => {
    const token = await provider.token();
    expect(await takes(accepting({ algorithms: ['RS256'] }), token)).toBe(true);
    expect(await takes(accepting({ algorithms: ['ES256', 'PS256'] }), token)).toBe(false);
  });

  it('is checked with the keys of the address that is set', async () => {
    const jwksUrl = `${provider.issuer}/keys`;
    provider.namesItself = 'https://id.example';
    const token = await provider.token();
    expect(await takes(accepting({ jwksUrl }), token)).toBe(true);
    // The document of another issuer could name another one's keys.
    expect(await takes(accepting(), token)).toBe(false);
    provider.namesItself = null;
  });
});

describe('a provider that cannot be reached', () => {
  it('is no fault of the token, and is requested again with the next one', async () => {
    const app = await createTestApp({ authenticator: new Authenticator([accepting()]) });
    const token = await provider.token();
    await provider.stop();
    expect(await request(token, app)).toEqual(UNAVAILABLE);
    await provider.start();
    expect(await request(token, app)).toMatchObject({ status: 200 });
    await provider.stop();
    // Its keys are known by now.
    expect(await request(token, app)).toMatchObject({ status: 200 });
    const forger = new TokenIssuer();
    await forger.changeKey();
    expect(await request(await forger.token({ iss: provider.issuer }), app)).toEqual(UNAVAILABLE);
    // Readers need no token, and no provider.
    expect((await app.query('{ releases { totalCount } }')).errors).toEqual([]);
    await provider.start();
    await app.close();
  });

  it('is not waited for for long', async () => {
    const app = await createTestApp({ authenticator: new Authenticator([accepting()]) });
    provider.silent = true;
    const begun = Date.now();
    expect(await request(await provider.token(), app)).toEqual(UNAVAILABLE);
    expect(Date.now() - begun).toBeLessThan(3_000);
    provider.silent = false;
    await app.close();
  });
});
