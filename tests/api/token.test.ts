import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { createTestApp, type TestApp } from '../support/app.js';

const WHO = '{ viewer { account { name } grants { role locale } } }';

let gateway: TestApp;
beforeAll(async () => {
  gateway = await createTestApp();
});
afterAll(() => gateway.close());

describe('a token', () => {
  it('names its bearer, and what they may do', async () => {
    const { status, data, headers } = await gateway
      .as('TRANSLATOR', 'FR', 'Amélie Fortin')
      .query(WHO);
    expect(status).toBe(200);
    expect(data).toEqual({
      viewer: {
        account: { name: 'Amélie Fortin' },
        grants: [{ role: 'TRANSLATOR', locale: 'FR' }],
      },
    });
    expect(headers['vary']).toContain('Authorization');
    expect(headers['cache-control']).toBe('no-store');
  });

  it('is not needed to read', async () => {
    const { data, headers } = await gateway.query(WHO);
    expect(data).toEqual({ viewer: null });
    expect(headers['vary'] ?? '').not.toContain('Authorization');
  });
});
