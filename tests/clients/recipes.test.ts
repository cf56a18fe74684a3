import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { Interrupted, type Page, Refused } from '../../docs/recipes/follow.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { RecipeApp, recipeOf, RECIPES } from '../support/live-recipes.js';

const FRENCH = { languages: ['fr'] };

let gateway: TestApp;
let next = 100;
let apps: RecipeApp[] = [];

beforeAll(async () => {
  gateway = await createTestApp({ live: { pingMs: 200 } });
  // More than one page.
  for (let left = 60; left > 0; left -= 1) await publish();
});
afterEach(async () => {
  await Promise.all(apps.map((app) => app.stop().catch(() => undefined)));
  apps = [];
});
afterAll(() => gateway.close());

async function publish(): Promise<string> {
  const number = `${next++}/20`;
  await gateway.given(aRelease(number).in('EN').in('FR').published());
  return number;
}

function run(...args: ConstructorParameters<typeof RecipeApp>): RecipeApp {
  const app = new RecipeApp(...args);
  apps.push(app);
  return app;
}

const idOf = (release: unknown) => (release as { id: string }).id;
const hasApplied = (name: string) => (app: RecipeApp) =>
  app.applied.some(({ number }) => number === name);

/** A connection between a client and the gateway that can be cut without notice to either. */
class Wire {
  private readonly server: Server;
  private readonly pairs: [Socket, Socket][] = [];

  constructor(port: number) {
    this.server = createServer((client) => {
      const gatewaySide = connect(port, '127.0.0.1');
      this.pairs.push([client, gatewaySide]);
      for (const socket of [client, gatewaySide]) socket.on('error', () => undefined);
      client.pipe(gatewaySide).pipe(client);
    });
  }

  /** @returns the address of /graphql at the client's end */
  async open(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/graphql`;
  }

  get connections(): number {
    return this.pairs.length;
  }

  /** Nothing comes through any more; further connections do. */
  cut(): void {
    for (const [client, gatewaySide] of this.pairs) {
      client.unpipe(gatewaySide);
      gatewaySide.unpipe(client);
    }
  }

  close(): void {
    for (const socket of this.pairs.flat()) socket.destroy();
    this.server.close();
  }
}

describe.each(RECIPES)('the recipe for %s', (name) => {
  it('makes a first copy in pages, then follows', async () => {
    const app = run(await recipeOf(name, gateway.url, FRENCH));
    await app.until(({ isUpToDate }) => isUpToDate);
    expect(app.statuses[0]).toBe('CATCHING_UP');
    const number = await publish();
    await app.until(hasApplied(number));
    const releases = await app.releases();
    expect(new Set(releases.map(idOf)).size).toBe(next - 100);
    expect(releases).toHaveLength(next - 100);
  });

  it('deletes the copy of another reader when the server resets it', async () => {
    const recipe = await recipeOf(name, gateway.url, FRENCH);
    const other = await recipeOf(name, gateway.url, { languages: ['en'] });
    const { data } = await other.transport.query(null);
    const english = data?.releaseChanges as Page;
    await recipe.copy.apply(english);
    const app = run(recipe);
    await app.until(({ isUpToDate }) => isUpToDate);
    const releases = await app.releases();
    expect(releases).toHaveLength(next - 100);
    const ids = new Set(releases.map(idOf));
    expect(english.changes.filter(({ localizedId }) => ids.has(localizedId))).toEqual([]);
  });

  it('applies a page once that was received, but not stored because the app crashed', async () => {
    const recipe = await recipeOf(name, gateway.url, FRENCH);
    const before = run(recipe);
    await before.until(({ isUpToDate }) => isUpToDate);
    await before.stop();
    const crashing = run(recipe, ({ changes }) => {
      if (changes.length > 0) throw new Error('The app crashes');
    });
    await crashing.until(({ isUpToDate }) => isUpToDate);
    const numbers = [await publish()];
    await expect(crashing.ended).rejects.toThrow('The app crashes');
    numbers.push(await publish());
    const after = run(recipe);
    await after.until(hasApplied(numbers[1] ?? ''));
    expect(after.applied.map(({ number }) => number)).toEqual(numbers);
  });

  it('subscribes again where the connection is lost without being closed', async () => {
    const wire = new Wire(Number(new URL(gateway.url).port));
    try {
      const app = run(await recipeOf(name, await wire.open(), FRENCH, { silenceMs: 1_000 }));
      await app.until(({ isLive }) => isLive);
      const { connections } = wire;
      const seen = app.applied.length;
      wire.cut();
      const number = await publish();
      await app.until(hasApplied(number));
      expect(app.applied.slice(seen).map((change) => change.number)).toEqual([number]);
      expect(app.interruptions).toBeGreaterThan(0);
      expect(wire.connections).toBeGreaterThan(connections);
      await app.stop();
    } finally {
      wire.close();
    }
  });

  it('gives up where the token is not valid', async () => {
    const headers = { authorization: 'Bearer x.y.z' };
    const app = run(await recipeOf(name, gateway.url, FRENCH, { headers }));
    await expect(app.ended).rejects.toBeInstanceOf(Refused);
    expect(app.statuses).not.toContain('OFFLINE');
  });

  it('gives up where the request is refused, and reports why', async () => {
    const recipe = await recipeOf(name, gateway.url, { audience: 'FRANCE' });
    await expect(run(recipe).ended).rejects.toMatchObject({
      message: expect.stringContaining('FRANCE'),
      cause: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
    // The same by the subscription.
    const french = await recipeOf(name, gateway.url, FRENCH);
    const { data } = await french.transport.query(null);
    await recipe.copy.apply({ ...(data?.releaseChanges as Page), changes: [] });
    await expect(run(recipe).ended).rejects.toMatchObject({
      message: expect.stringContaining('FRANCE'),
      cause: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });
});

it.each(RECIPES)('the recipe for %s comes again after it found no room', async (name) => {
  const small = await createTestApp({ live: { connections: 1 } });
  try {
    const first = run(await recipeOf('graphql-ws', small.url, FRENCH));
    await first.until(({ isLive }) => isLive);
    const { transport } = await recipeOf(name, small.url, FRENCH);
    const { data } = await transport.query(null);
    const error = await new Promise<Error>((end) => {
      transport.subscribe(data?.releaseChanges?.cursor ?? '', { next: () => undefined, end });
    });
    expect(error).toBeInstanceOf(Interrupted);
    // Browsers do not show why a WebSocket was not opened.
    const waits = { 'graphql-sse': 10_000, urql: 10_000 } as Record<string, number>;
    expect((error as Interrupted).retryAfterMs).toBe(waits[name] ?? 0);
    await first.stop();
  } finally {
    await small.close();
  }
});

it('IndexedDbCopy stores a page as a whole or not at all', async () => {
  const { copy } = await recipeOf('graphql-ws', gateway.url, FRENCH);
  const change = { kind: 'UPSERT', localizedId: 'a', localized: { id: 'a' } };
  const page = { changes: [change], cursor: '1', hasMore: false, reset: false };
  await copy.apply(page);
  const wrong = { kind: 'UPSERT', localizedId: 'c', localized: { id: () => 'cannot be stored' } };
  const added = { ...change, localizedId: 'b' };
  await expect(copy.apply({ ...page, changes: [added, wrong], cursor: '2' })).rejects.toThrow();
  expect([await copy.cursor(), await copy.releases()]).toEqual(['1', [{ id: 'a' }]]);
});
