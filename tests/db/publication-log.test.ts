import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ENTITIES } from '../../src/cli/database.js';
import { ReferenceCache } from '../../src/features/audience/index.js';
import { publish } from '../../src/features/publication/index.js';
import { openOwner, type OwnerDatabase, withTransaction } from '../../src/platform/db/index.js';
import { queryableOf } from '../../src/platform/db/queryable.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { testSettings } from '../support/database.js';
import { Staff } from '../support/staff.js';

const PUBLISHERS = 8;
const ROUNDS = 6;

interface Entry {
  readonly seq: number;
  readonly number: string;
  readonly edition: number;
}

let gateway: TestApp;
let nodes: OwnerDatabase[];

beforeAll(async () => {
  gateway = await createTestApp();
  const settings = { ...testSettings(gateway.ownerUrl), writePoolSize: 4 };
  nodes = await Promise.all([1, 2].map(() => openOwner(settings, { entities: ENTITIES })));
  const numbers = Array.from({ length: PUBLISHERS }, (_, index) => `${800 + index}/12`);
  await gateway.given(...numbers.map((number) => aRelease(number).in('EN').in('ES').published()));
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.close()));
  await gateway.close();
});

async function logAfter(seq: number): Promise<Entry[]> {
  const { rows } = await gateway.database.readPool.query<Entry>(
    'SELECT seq, number, edition FROM published.change_log WHERE seq > $1 ORDER BY seq',
    [seq],
  );
  return rows;
}

/** Reads the log again and again, as a replica does that trusts its last number. */
async function follow(until: () => boolean): Promise<{ seen: Entry[]; polls: number }> {
  const seen = await logAfter(0);
  let polls = 0;
  for (let last = false; !last; polls += 1) {
    last = until();
    seen.push(...(await logAfter(seen.at(-1)?.seq ?? 0)));
  }
  return { seen, polls };
}

/** Corrections, a publication that is taken back by its own transaction, and retractions, one after another. */
async function work(publisher: number): Promise<void> {
  const node = nodes[publisher % nodes.length];
  if (!node) throw new Error('no node');
  const staff = new Staff(node);
  const number = `${800 + publisher}/12`;
  for (let round = 1; round <= ROUNDS; round += 1) {
    await staff.revise(
      number,
      'MINOR',
      { title: `Round ${round}`, body: ['One.', 'Two.'] },
      'APPROVED',
    );
    await abandoned(node, await staff.idOf(number)).catch(() => undefined);
    await staff.publish(number, ['EN']);
  }
  await staff.retract(number, ['ES']);
}

function abandoned({ dataSource }: OwnerDatabase, releaseId: string): Promise<never> {
  return withTransaction(dataSource, async (manager) => {
    const reference = await new ReferenceCache().load(queryableOf(manager));
    await publish(manager, reference, { releaseId, locales: ['EN'], by: 'publisher' });
    throw new Error('taken back');
  });
}

describe('the change log, while eight publish at once', () => {
  it('never shows a number before all smaller ones, and leaves none out', async () => {
    let done = false;
    const following = follow(() => done);
    await Promise.all(Array.from({ length: PUBLISHERS }, (_, index) => work(index)));
    done = true;
    const { seen, polls } = await following;
    const total = PUBLISHERS * (1 + ROUNDS + 1);
    expect(polls).toBeGreaterThan(10);
    // A number that came out late would be missing here, for the poller had gone past it.
    expect(seen.map(({ seq }) => seq)).toEqual(Array.from({ length: total }, (_, i) => i + 1));
    for (const number of new Set(seen.map((entry) => entry.number))) {
      const editions = seen.filter((entry) => entry.number === number).map((e) => e.edition);
      expect(editions).toEqual(Array.from({ length: ROUNDS + 2 }, (_, i) => i + 1));
    }
    // Publishers took turns: the log is no list of one after another.
    const turns = seen.filter(({ number }, index) => number !== seen[index - 1]?.number).length;
    expect(turns).toBeGreaterThan(PUBLISHERS * 2);
  });

  it('makes one edition of two publications of the same release at the same instant', async () => {
    const both = [gateway.database, ...nodes].map((node) => new Staff(node));
    await new Staff(gateway.database).revise('800/12', 'MINOR', { title: 'Last' }, 'APPROVED');
    const editions = await Promise.all(both.map((staff) => staff.publish('800/12', ['EN'])));
    const numbers = editions.map(({ edition }) => edition);
    expect(new Set(numbers).size).toBe(1);
    expect(editions.filter(({ seq }) => seq !== null)).toHaveLength(1);
  });
});
