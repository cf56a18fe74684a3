import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ENTITIES } from '../../src/cli/database.js';
import { type ReferenceData, ReferenceCache } from '../../src/features/audience/index.js';
import { ReleaseIndex } from '../../src/features/worklist/release-index.repository.js';
import { Worklist } from '../../src/features/worklist/worklist.repository.js';
import type { Role } from '../../src/kernel/access.js';
import type { Queryable } from '../../src/platform/db/queryable.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { fillAuthoring } from '../support/many-drafts.js';

const RELEASES = 5_000;

interface PlanNode {
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
}

let test: TestDatabase;
let reference: ReferenceData;
let plans: PlanNode[] = [];
let plain: Queryable;
let explaining: Queryable;

beforeAll(async () => {
  test = await createTestDatabase({ entities: ENTITIES });
  await fillAuthoring(test.database, RELEASES);
  const { staffPool } = test.database;
  plain = {
    query: async <T extends object>(text: string, values: readonly unknown[]) => {
      return (await staffPool.query<T>(text, [...values])).rows;
    },
  };
  explaining = {
    query: async (text, values) => {
      const { rows } = await staffPool.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
        `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) ${text}`,
        [...values],
      );
      plans.push(...rows.map((row) => row['QUERY PLAN'][0].Plan));
      return plain.query(text, values);
    },
  };
  reference = await new ReferenceCache().load(plain);
}, 240_000);
afterAll(() => test.drop());

const blocks = (plan: PlanNode) => plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];

async function planOf(work: () => Promise<unknown>): Promise<PlanNode> {
  plans = [];
  await work();
  const [plan] = plans;
  if (!plan || plans.length > 1) throw new Error('one statement was expected');
  return plan;
}

const viewer = (role: Role) => ({ accountId: 'x', name: 'x', grants: [{ role, locale: null }] });

describe(`among ${RELEASES} releases`, () => {
  it.each(['EDITOR', 'TRANSLATOR'] as const)(
    '%s: the work list reads each table once',
    async (role) => {
      const list = new Worklist(explaining, reference, viewer(role), {});
      const plan = await planOf(async () => {
        const { items } = await list.page(50, null);
        expect(items).toHaveLength(50);
      });
      // Looking something up for each of the 20,000 translations would take as many blocks at least.
      expect(blocks(plan)).toBeLessThan(2_000);
    },
  );

  it('a page of releases reads the rows of that page', async () => {
    const plan = await planOf(() => new ReleaseIndex(explaining, {}).page(50, null));
    expect(blocks(plan)).toBeLessThan(4_000);
  });
});
