import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp();
  await gateway.given(
    aRelease('305/12')
      .in('EN', { title: 'A Roundtable' })
      .in('FR', { title: 'Une table ronde' })
      .published(),
  );
});

afterAll(() => gateway.close());

it('serves a release in French for Haiti, and reports the language', async () => {
  const { data, headers } = await gateway.query(`{
    release(number: "305/12") {
      localized(languages: ["fr"], audience: "HT") {
        reference title { value lang isFallback origin freshness }
      }
    }
  }`);
  expect(data).toEqual({
    release: {
      localized: {
        reference: 'F-305/12',
        title: {
          value: 'Une table ronde',
          lang: 'fr',
          isFallback: false,
          origin: 'HUMAN',
          freshness: 'CURRENT',
        },
      },
    },
  });
  expect(headers['content-language']).toBe('fr');
});
