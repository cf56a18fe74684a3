import { request as httpRequest } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';

import {
  OVERLOAD_LIMITS,
  type OverloadLimits,
} from '../../src/platform/http/overload-protection.js';
import { createTestApp, type Request, type TestApp } from '../support/app.js';

let gateway: TestApp;
afterEach(() => gateway.close());

const OFF: OverloadLimits = {
  ...{ perClient: 0, pointsPerMinute: 0, maxOperations: 0, maxDelayMs: 0 },
  trustedProxies: ['127.0.0.1'],
};

async function start(overloadProtection: Partial<OverloadLimits>): Promise<void> {
  gateway = await createTestApp({ overloadProtection: { ...OFF, ...overloadProtection } });
}

const from = (address: string, more: Record<string, string> = {}): Request => ({
  headers: { 'x-forwarded-for': address, ...more },
});
const TOPICS = '{ topics { id } }';

async function codesOf(count: number, request: (index: number) => Request): Promise<string[]> {
  const codes: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const { errors } = await gateway.query(TOPICS, request(index));
    codes.push(errors[0]?.extensions.code ?? 'OK');
  }
  return codes;
}

/** Comes back once so many operations are held up. */
type WaitFor = (count: number) => Promise<void>;

/** Holds operations up within the database, for as long as `work` takes. */
async function whileHeld<T>(work: (waitFor: WaitFor) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: gateway.ownerUrl });
  await owner.connect();
  try {
    await owner.query('BEGIN; LOCK TABLE authoring.release IN ACCESS EXCLUSIVE MODE');
    return await work(async (count) => {
      await waitUntil(async () => {
        const { rowCount } = await owner.query(
          "SELECT FROM pg_locks WHERE NOT granted AND relation = 'authoring.release'::regclass",
        );
        return rowCount === count;
      });
    });
  } finally {
    await owner.end();
  }
}

describe('the rate by cost', () => {
  it('is reported once it is exceeded, in the language of the caller', async () => {
    await start({ pointsPerMinute: 100 });
    const codes = await codesOf(8, () => from('192.0.2.1'));
    expect(codes[0]).toBe('OK');
    expect(codes.at(-1)).toBe('RATE_LIMITED');
    const refused = await gateway.query(TOPICS, from('192.0.2.1', { 'accept-language': 'fr' }));
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(refused.errors[0]?.message).toMatch(/^Trop de requêtes/);
  });

  it('counts what an operation costs, and leaves the rest to smaller ones', async () => {
    await start({ pointsPerMinute: 1_000 });
    const large = await gateway.query(
      '{ releases(first: 100) { nodes { id number date type originalLocale publishedAt edition } } }',
      from('192.0.2.1'),
    );
    expect([large.status, large.errors.length]).toEqual([200, 0]);
    const second = await gateway.query(
      '{ releases(first: 100) { nodes { id number date type originalLocale publishedAt } } }',
      from('192.0.2.1'),
    );
    expect([second.status, second.errors[0]?.extensions.code]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(second.headers['retry-after'])).toBeGreaterThan(0);
    expect((await gateway.query(TOPICS, from('192.0.2.1'))).errors).toEqual([]);
    expect((await gateway.query(TOPICS, from('192.0.2.2'))).errors).toEqual([]);
  });

  it('is that of one address or network, and of nobody else', async () => {
    await start({ pointsPerMinute: 30 });
    const same: readonly [one: string, other: string][] = [
      ['192.0.2.1', '192.0.2.1'],
      ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9'],
      ['192.0.2.2', '::ffff:192.0.2.2'],
      // The address that its proxy saw, not the one that it claims; through a second proxy, too.
      ['1.1.1.1, 192.0.2.3', '2.2.2.2, 192.0.2.3'],
      ['192.0.2.4, 127.0.0.1', '192.0.2.4'],
    ];
    for (const [one, other] of same) {
      const codes = await codesOf(6, (index) => from(index % 2 ? one : other));
      expect(codes[0]).toBe('OK');
      expect(codes.slice(3)).toEqual(['RATE_LIMITED', 'RATE_LIMITED', 'RATE_LIMITED']);
    }
    for (const neighbour of ['192.0.2.5', '2001:db8:1:3::1']) {
      expect(await codesOf(1, () => from(neighbour))).toEqual(['OK']);
    }
  });

  it('cannot be evaded by a header where no proxy is trusted', async () => {
    await start({ pointsPerMinute: 30, trustedProxies: [] });
    const codes = await codesOf(5, (index) =>
      from(`192.0.2.${index}`, { 'x-real-ip': `1.1.1.${index}` }),
    );
    expect(codes.at(-1)).toBe('RATE_LIMITED');
  });
});

describe('operations at a time', () => {
  const hold = () => gateway.query('{ topics { id } }', from('192.0.2.1'));

  it('are few for one client, and come free again', async () => {
    await start({ perClient: 2 });
    const staff = gateway.as('EDITOR');
    const mine = { headers: { 'x-forwarded-for': '192.0.2.1' } };
    const running = await whileHeld(async (waitFor) => {
      const running = [0, 1].map(() =>
        staff.query('{ worklist(first: 1) { nodes { locale } } }', mine),
      );
      await waitFor(2);
      const refused = await hold();
      expect(refused.errors[0]?.extensions.code).toBe('TOO_MANY_OPERATIONS');
      expect(refused.headers['retry-after']).toBe('1');
      expect((await gateway.query(TOPICS, from('192.0.2.2'))).status).toBe(200);
      return running;
    });
    await Promise.all(running);
    expect((await hold()).status).toBe(200);
  });

  it('are so many for all, and further ones are sent away early', async () => {
    await start({ maxOperations: 1 });
    const staff = gateway.as('EDITOR');
    const held = await whileHeld(async (waitFor) => {
      const running = staff.query('{ worklist(first: 1) { nodes { locale } } }', from('192.0.2.1'));
      await waitFor(1);
      const refused = await gateway.query(TOPICS, from('192.0.2.2', { 'accept-language': 'es' }));
      expect(refused.errors[0]?.extensions.code).toBe('OVERLOADED');
      expect(refused.errors[0]?.message).toContain('El servidor está sobrecargado');
      expect(refused.headers['retry-after']).toBe('2');
      return [running];
    });
    await Promise.all(held);
    expect((await hold()).status).toBe(200);
  });

  it('do not stay taken by callers who leave', async () => {
    await start({ perClient: 3 });
    for (let round = 0; round < 10; round += 1) await leaveEarly();
    await waitUntil(async () => (await hold()).status === 200);
  });

  async function leaveEarly(): Promise<void> {
    await new Promise<void>((resolve) => {
      const headers = { 'content-type': 'application/json', 'x-forwarded-for': '192.0.2.1' };
      const leaving = httpRequest(gateway.url, { method: 'POST', headers });
      leaving.on('error', () => resolve());
      leaving.on('close', resolve);
      leaving.end(JSON.stringify({ query: TOPICS }), () => leaving.destroy());
    });
  }
});

async function waitUntil(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 2_000; tries += 1) if (await holds()) return;
  throw new Error('it never came to pass');
}

it('a reader meets none of it by default', async () => {
  await start({ ...OVERLOAD_LIMITS });
  const codes = await codesOf(50, () => ({}));
  expect(new Set(codes)).toEqual(new Set(['OK']));
});
