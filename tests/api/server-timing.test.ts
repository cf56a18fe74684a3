import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { Observer } from '../../src/platform/observe/observer.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { aRelease } from '../support/a-release.js';

let app: TestApp;

beforeAll(async () => {
  app = await createTestApp({ observer: new Observer() });
  await app.given(aRelease('901/26').in('ES').published());
}, 240_000);
afterAll(() => app.close());

const LIST = '{ releases(first: 5) { edges { localized { reference } } } }';

function entries(header: string | undefined): Map<string, string> {
  const parts = (header ?? '').split(', ').filter((part) => part !== '');
  return new Map(
    parts.map((part) => [part.slice(0, part.indexOf(';')), part.slice(part.indexOf(';') + 1)]),
  );
}

describe('Server-Timing', () => {
  it('reports to staff what a response cost', async () => {
    const staff = app.as('EDITOR');
    await staff.query(LIST);
    const response = await staff.query(LIST.replace('first: 5', 'first: 6'));
    expect(response.errors).toEqual([]);
    const timing = entries(response.headers['server-timing']);
    expect([...timing.keys()]).toEqual(['total', 'parse', 'validate', 'execute', 'sql']);
    for (const [, value] of timing) expect(value).toMatch(/^dur=\d+\.\d(;desc="\d+ statements")?$/);
    const statements = Number(/(\d+) statements/.exec(timing.get('sql') ?? '')?.[1]);
    const reads = app.snapshots.at(-1);
    expect(reads?.statements).toBeGreaterThan(0);
    expect(statements).toBe(reads?.statements);
    const ms = (step: string) => Number(/dur=([\d.]+)/.exec(timing.get(step) ?? '')?.[1]);
    expect(ms('execute')).toBeLessThanOrEqual(ms('total'));
  });

  it('counts the statements of a mutation, and each request only its own', async () => {
    const staff = app.as('EDITOR');
    const request = () => staff.query('{ worklist(first: 1) { totalCount } }');
    await request();
    const count = (header: string | undefined) =>
      Number(/(\d+) statements/.exec(header ?? '')?.[1]);
    const alone = count((await request()).headers['server-timing']);
    expect(alone).toBeGreaterThan(0);
    const together = await Promise.all(Array.from({ length: 4 }, request));
    expect(together.map(({ headers }) => count(headers['server-timing']))).toEqual(
      Array.from({ length: 4 }, () => alone),
    );
    const written = await staff.mutate<{ createRelease: { __typename: string } }>(
      `mutation { createRelease(input: { number: "902/26", type: PRESS_RELEASE, date: "2026-05-04",
        originalLocale: EN, segments: [{ kind: TITLE, text: "A title" },
        { kind: PARAGRAPH, text: "A paragraph." }] }) { __typename ... on Problem { message } } }`,
    );
    expect(written.data.createRelease).toEqual({ __typename: 'ReleasePayload' });
    expect(count(written.headers['server-timing'])).toBeGreaterThan(2);
  });

  it('reports nothing to readers', async () => {
    expect((await app.query(LIST)).headers['server-timing']).toBeUndefined();
  });
});
