import { createHmac, generateKeyPairSync, type JsonWebKey, sign } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { Authenticator } from '../../src/platform/auth/authenticator.js';
import {
  createDevelopmentKey,
  DevelopmentTokens,
} from '../../src/platform/auth/development-tokens.js';
import { createTestApp, type TestApp } from '../support/app.js';

const WHO = '{ viewer { account { name } grants { role locale } } }';
const READ = '{ releases { totalCount } }';
const AUDIENCE = 'this database';
const MANY = { subject: 'A', name: 'A', roles: ['ADMIN'] as const, locales: null };

let gateway: TestApp;
let key: Awaited<ReturnType<typeof createDevelopmentKey>>;
let tokens: DevelopmentTokens;

beforeAll(async () => {
  key = await createDevelopmentKey();
  tokens = await DevelopmentTokens.of(key, AUDIENCE);
  gateway = await createTestApp({ authenticator: new Authenticator([tokens]) });
});
afterAll(() => gateway.close());

const request = (authorization: string, query = WHO, headers: Record<string, string> = {}) =>
  gateway.query<{ viewer: unknown }>(query, { headers: { ...headers, authorization } });

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const claims = (more: object = {}) => {
  const exp = Math.floor(Date.now() / 1000) + 60;
  return { iss: tokens.issuer, aud: AUDIENCE, sub: 'A', roles: ['admin'], exp, ...more };
};

/** Signed with the very key of this gateway, in whatever way. */
function signed(header: object, payload: object, how: 'es256' | 'none' | 'hmac' = 'es256'): string {
  const body = `${base64(header)}.${base64(payload)}`;
  if (how === 'none') return `${body}.`;
  const open = { ...key, d: undefined };
  const signature =
    how === 'hmac'
      ? createHmac('sha256', JSON.stringify(open)).update(body).digest()
      : sign('sha256', Buffer.from(body), {
          key: key as JsonWebKey,
          format: 'jwk',
          dsaEncoding: 'ieee-p1363',
        } as never);
  return `${body}.${signature.toString('base64url')}`;
}

describe('a token', () => {
  it('names its bearer, and what they may do', async () => {
    const bearer = { roles: ['TRANSLATOR', 'REVISER'] as const, locales: ['FR', 'PT'] as const };
    const token = await tokens.make({ ...bearer, subject: 'a', name: 'Amélie Fortin' }, 60);
    const { status, data, headers } = await request(`Bearer ${token}`);
    expect(status).toBe(200);
    expect(data.viewer).toEqual({
      account: { name: 'Amélie Fortin' },
      grants: [
        { role: 'TRANSLATOR', locale: 'FR' },
        { role: 'TRANSLATOR', locale: 'PT' },
        { role: 'REVISER', locale: 'FR' },
        { role: 'REVISER', locale: 'PT' },
      ],
    });
    expect(headers['vary']).toContain('Authorization');
    expect(headers['cache-control']).toBe('no-store');
  });

  it('is not needed to read', async () => {
    const { data, headers } = await gateway.query(WHO);
    expect(data).toEqual({ viewer: null });
    expect(headers['vary'] ?? '').not.toContain('Authorization');
  });

  it('may come with the scheme in any case (RFC 9110 §11.1)', async () => {
    const token = await tokens.make(MANY, 60);
    expect((await request(`bearer ${token}`)).status).toBe(200);
    expect((await request(`BEARER  ${token}`)).status).toBe(200);
  });

  it('made by hand with the right key is accepted: so the faults below are what is refused', async () => {
    const token = signed({ alg: 'ES256' }, claims());
    expect((await request(`Bearer ${token}`)).data.viewer).toMatchObject({
      grants: [{ role: 'ADMIN', locale: null }],
    });
  });

  const es256 = { alg: 'ES256' };
  const FAULTS: [title: string, token: () => Promise<string> | string][] = [
    ['nothing', () => ''],
    ['no token', () => 'Bearer'],
    ['another scheme', () => 'Basic YTpi'],
    [
      'two tokens',
      async () => `Bearer ${await tokens.make(MANY, 60)} ${await tokens.make(MANY, 60)}`,
    ],
    ['rubbish', () => 'Bearer rubbish'],
    ['rubbish in three parts', () => 'Bearer a.b.c'],
    ['an encrypted token', () => `Bearer ${base64({ alg: 'dir', enc: 'A256GCM' })}.a.b.c.d`],
    ['one that has ended', () => `Bearer ${signed(es256, claims({ exp: 1_700_000_000 }))}`],
    ['one that never ends', () => `Bearer ${signed(es256, claims({ exp: undefined }))}`],
    ['one of another issuer', () => `Bearer ${signed(es256, claims({ iss: 'x' }))}`],
    ['one of another database', () => `Bearer ${signed(es256, claims({ aud: 'another' }))}`],
    ['one of nobody', () => `Bearer ${signed(es256, claims({ sub: undefined }))}`],
    ['alg none', () => `Bearer ${signed({ alg: 'none' }, claims(), 'none')}`],
    ['alg None', () => `Bearer ${signed({ alg: 'None' }, claims(), 'none')}`],
    [
      'the public key as a shared one',
      () => `Bearer ${signed({ alg: 'HS256' }, claims(), 'hmac')}`,
    ],
    ['a signature by no key', () => `Bearer ${signed(es256, claims(), 'none')}`],
    [
      'a header that is critical',
      () => `Bearer ${signed({ ...es256, crit: ['x'], x: 1 }, claims())}`,
    ],
    [
      'another key',
      async () => {
        const other = await DevelopmentTokens.of(await createDevelopmentKey(), AUDIENCE);
        return `Bearer ${await other.make(MANY, 60)}`;
      },
    ],
    [
      'a key that it brings itself',
      () => {
        const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
        const jwk = publicKey.export({ format: 'jwk' });
        const body = `${base64({ ...es256, jwk })}.${base64(claims())}`;
        const how = { key: privateKey, dsaEncoding: 'ieee-p1363' as const };
        return `Bearer ${body}.${sign('sha256', Buffer.from(body), how).toString('base64url')}`;
      },
    ],
    [
      'claims that were changed',
      async () => {
        const [header, , signature] = (await tokens.make(MANY, 60)).split('.');
        return `Bearer ${header}.${base64(claims({ sub: 'B' }))}.${signature}`;
      },
    ],
  ];

  it.each(FAULTS)('is refused for any query: %s', async (_, make) => {
    const authorization = await make();
    for (const query of [WHO, READ, 'no query']) {
      const { status, data, errors, headers } = await request(authorization, query);
      expect(status).toBe(401);
      expect(data).toBeUndefined();
      expect(errors[0]?.extensions).toMatchObject({
        code: 'UNAUTHENTICATED',
        reason: 'TOKEN_INVALID',
      });
      expect(headers['www-authenticate']).toBe('Bearer error="invalid_token"');
      expect(headers['vary']).toBe('Accept-Language, Authorization');
      expect(headers['cache-control']).toBe('no-store');
    }
  });

  it.each([
    ['fr', 'Le jeton n’est pas valide ou a expiré. Reconnectez-vous.'],
    ['pt', 'O token não é válido ou expirou. Entre novamente na sua conta.'],
  ])("is refused in the caller's language: %s", async (language, sentence) => {
    const { errors } = await request('Bearer x', WHO, { 'accept-language': language });
    expect(errors[0]?.message).toBe(sentence);
  });

  it('in a GET is refused as well, and the explorer page needs none', async () => {
    const address = `${gateway.url}?query=${encodeURIComponent(READ)}`;
    const headers = { authorization: 'Bearer x', accept: 'application/json' };
    expect((await fetch(address, { headers })).status).toBe(401);
    const page = await fetch(gateway.url, { headers: { accept: 'text/html' } });
    expect([200, 503]).toContain(page.status);
  });
});

describe('what is for staff', () => {
  it('is UNAUTHENTICATED without a token, FORBIDDEN without the right', async () => {
    const query = '{ editorialReleases(first: 1) { totalCount } }';
    const { errors } = await gateway.query(query);
    expect(errors[0]?.extensions).toMatchObject({
      code: 'UNAUTHENTICATED',
      reason: 'UNAUTHENTICATED',
    });
    const token = signed({ alg: 'ES256' }, claims({ roles: ['reader'] }));
    const forbidden = await request(`Bearer ${token}`, query);
    expect(forbidden.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });
});
