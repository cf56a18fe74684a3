import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { expect, it } from '@jest/globals';

import { ENTITIES } from '../../src/cli/database.js';
import { ReferenceCache } from '../../src/features/audience/index.js';
import { cancelSchedule, publishOrSchedule } from '../../src/features/publication/index.js';
import { replayStory } from '../../src/features/import/index.js';
import { type Database, openDatabase, withTransaction } from '../../src/platform/db/index.js';
import { queryableOf } from '../../src/platform/db/queryable.js';
import { aRelease } from '../support/a-release.js';
import { gateway } from '../support/command-line.js';
import { Copy, type CopyContext } from '../support/copy.js';
import { testSettings } from '../support/database.js';
import { LiveClient } from '../support/live.js';
import { TestPostgres } from '../support/postgres.js';
import { eventually } from '../support/publishing.js';
import { type Served, serveBuilt } from '../support/served.js';
import { Staff } from '../support/staff.js';

const HAITI: CopyContext = { languages: ['fr'], audience: 'HT' };
const CANADA: CopyContext = { languages: ['en', 'fr'], audience: 'CA', coherence: 'FIELD' };
/** From the restore point to the embargo's instant: the schedule is cancelled and the server stopped in it. */
const EMBARGO_MS = 15_000;

/** What the press office does, over connections that are made anew after the restore. */
class Office {
  private database: Database | null = null;

  constructor(private readonly server: TestPostgres) {}

  async open(): Promise<Database> {
    const settings = testSettings(this.server.url);
    return (this.database ??= await openDatabase(settings, { entities: ENTITIES }));
  }

  async close(): Promise<void> {
    await this.database?.close();
    this.database = null;
  }

  async publish(number: string, title = number): Promise<void> {
    const story = aRelease(number)
      .in('ES', { title: `${title} ES` })
      .in('FR', { title: `${title} FR` })
      .published();
    await replayStory((await this.open()).dataSource, new ReferenceCache(), story.story(), 'test');
  }

  async retract(number: string): Promise<void> {
    await new Staff(await this.open()).retract(number);
  }

  async correct(number: string): Promise<void> {
    const staff = new Staff(await this.open());
    await staff.revise(number, 'MINOR', { title: `${number} corrected` }, 'APPROVED');
    await staff.publish(number, ['ES']);
  }

  async schedule(number: string, at: Date): Promise<void> {
    const { dataSource } = await this.open();
    const cache = new ReferenceCache();
    const story = aRelease(number).in('ES').in('FR').story();
    await replayStory(dataSource, cache, story, 'test');
    const releaseId = await new Staff({ dataSource }).idOf(number);
    await withTransaction(dataSource, async (manager) => {
      const reference = await cache.load(queryableOf(manager));
      await publishOrSchedule(manager, reference, { releaseId, locales: null, at, by: 'editor' });
    });
  }

  async cancel(number: string): Promise<void> {
    const { dataSource } = await this.open();
    const releaseId = await new Staff({ dataSource }).idOf(number);
    await withTransaction(dataSource, (manager) => cancelSchedule(manager, releaseId));
  }
}

/** The same cursor as the release before migration 0015 made it: without the id of a change. */
function ofEarlierRelease(cursor: string, key: string): string {
  const body = Buffer.from(cursor, 'base64url').subarray(16);
  const { seen, ...rest } = JSON.parse(body.toString()) as Record<string, unknown>;
  expect(seen).toBeDefined();
  const earlier = Buffer.from(JSON.stringify(rest));
  const seal = createHmac('sha256', key).update(earlier).digest().subarray(0, 16);
  return Buffer.concat([seal, earlier]).toString('base64url');
}

const queryOf = (origin: () => Promise<string>): ConstructorParameters<typeof Copy>[0] => {
  return (async (query: string, { variables = {} }: { variables?: object } = {}) => {
    const reply = await fetch(`${await origin()}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors = [] } = (await reply.json()) as { data: unknown; errors?: unknown[] };
    return { data, errors };
  }) as unknown as ConstructorParameters<typeof Copy>[0];
};

type Case = 'reported with gateway restored' | 'not reported' | 'not reported, with a running node';

it.each<Case>([
  'reported with gateway restored',
  'not reported',
  'not reported, with a running node',
])(
  'a restore %s leaves no copy wrong, and no embargo broken',
  async (kind) => {
    const server = await TestPostgres.start();
    const office = new Office(server);
    let node: Served | null = null;
    const start = async () => {
      // The port stays, so that subscribers find it again.
      const { port } = node ? new URL(await node.origin) : { port: '0' };
      node = serveBuilt({ DATABASE_URL: server.url, PORT: port, LOG_LEVEL: 'info' });
      await node.origin;
    };
    const stop = async () => {
      node?.process.kill('SIGTERM');
      await node?.outcome;
    };
    const query = queryOf(() => node?.origin ?? Promise.reject(new Error('no node')));
    const copy = (context: CopyContext) => new Copy(query, context);
    const liveClient = { current: null as LiveClient | null };
    try {
      for (let n = 1; n <= 6; n += 1) await office.publish(`${n}/20`);
      const backup = await server.backUp();
      await office.close();
      await start();
      for (let n = 7; n <= 9; n += 1) await office.publish(`${n}/20`);
      const older = copy(HAITI);
      await older.sync();

      const due = new Date(Date.now() + EMBARGO_MS);
      await office.schedule('90/20', due);
      await office.schedule('91/20', new Date(Date.now() + 3_600_000));
      await server.query(`SELECT pg_create_restore_point('here')`);

      await office.cancel('90/20');
      await office.publish('10/20');
      await office.correct('3/20');
      await office.retract('4/20');
      await office.publish('11/20', 'lost');
      const newer = [copy(HAITI), copy(CANADA)];
      for (const one of newer) await one.sync();
      const [secret] = await server.query<{ key: string }>(
        `SELECT value->>'key' AS key FROM platform.secret WHERE name = 'cursor_key'`,
      );
      const earlier = [older, ...newer].map((made, index) => {
        const again = copy(index === 2 ? CANADA : HAITI);
        for (const [id, text] of made.held) again.held.set(id, text);
        again.cursor = ofEarlierRelease(made.cursor ?? '', secret?.key ?? '');
        return again;
      });
      const url = `${await (node as unknown as Served).origin}/graphql`;
      let live = new LiveClient(url, HAITI).overEvents();
      liveClient.current = live;
      await live.until(({ pages }) => pages.length > 0);

      await office.close();
      const isRunning = kind === 'not reported, with a running node';
      if (kind === 'reported with gateway restored') {
        const early = await gateway(['restored'], { DATABASE_URL: server.url });
        expect(early).toMatchObject({
          code: 1,
          stderr: expect.stringContaining('Stop them first'),
        });
      }
      if (!isRunning) await stop();
      await server.restore(backup, 'here', () => pause(due.getTime() - Date.now() + 500));
      const reported =
        kind === 'reported with gateway restored'
          ? await gateway(['restored', '--json'], { DATABASE_URL: server.url })
          : null;
      if (!isRunning) {
        await start();
        live.stop();
        liveClient.current = live = new LiveClient(url, HAITI, live.cursor).overEvents();
      }
      await eventually(async () => {
        const rows = await server.query(
          `SELECT FROM authoring.schedule s JOIN authoring.release r ON r.id = s.release_id
            WHERE r.number = '90/20' AND s.state = 'HELD_BACK' AND s.held_back_reason = 'RESTORED'`,
        );
        return rows.length === 1;
      });
      for (let n = 20; n <= 28; n += 1) await office.publish(`${n}/20`);

      const copies = [older, ...newer, ...earlier];
      for (const one of copies) await one.sync();
      const fresh = { HAITI: copy(HAITI), CANADA: copy(CANADA) };
      for (const one of Object.values(fresh)) await one.sync();
      await live.until(({ numbers }) => numbers.includes('28/20'));
      const wrong = copies.filter((one) => {
        const right = [newer[1], earlier[2]].includes(one) ? fresh.CANADA : fresh.HAITI;
        return JSON.stringify(one.content) !== JSON.stringify(right.content);
      });
      const resets = copies.map((one) => one.resets).join(' ');
      const out = Object.values(fresh.HAITI.content).map((one) =>
        String(Reflect.get(one, 'reference')),
      );
      process.stdout.write(
        `restore ${kind}: ${out.length} releases, ${wrong.length} of ${copies.length} copies wrong; ` +
          `resets: before the point ${resets[0]}, after it ${resets.slice(2, 5)}, of the release before ${resets.slice(6)}; ` +
          `subscriber reset ${live.pages.some(({ reset }) => reset)}\n`,
      );
      expect(wrong).toEqual([]);
      expect(resets).toBe('0 1 1 0 1 1');
      expect(live.pages.some(({ reset }) => reset)).toBe(true);
      expect(out.some((reference) => /9[01]\/20/.test(reference))).toBe(false);
      const [schedule] = await server.query<{ state: string }>(
        `SELECT s.state FROM authoring.schedule s JOIN authoring.release r ON r.id = s.release_id WHERE r.number = '91/20'`,
      );
      expect(schedule?.state).toBe('WAITING');
      if (reported) {
        expect(reported).toMatchObject({ code: 0, stderr: '' });
        expect(JSON.parse(reported.stdout)).toMatchObject({
          lastChange: 9,
          heldBack: [{ number: '90/20', locales: expect.arrayContaining(['ES', 'FR']) }],
          waiting: [{ number: '91/20' }],
          disabledLogins: [
            expect.stringContaining('gateway_'),
            expect.stringContaining('gateway_'),
          ],
        });
      }
    } finally {
      liveClient.current?.stop();
      await stop();
      await office.close();
      await server.remove();
    }
  },
  180_000,
);
