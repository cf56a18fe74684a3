import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ReferenceCache, type ReferenceData } from '../../src/features/audience/index.js';
import { ReleaseList, type ListRequest } from '../../src/features/reading/release-list.js';
import { LOCALES } from '../../src/kernel/locale.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { fillPublished } from '../support/many-releases.js';

const PAGE = 20;

let test: TestDatabase;
let reference: ReferenceData;

beforeAll(async () => {
  test = await createTestDatabase();
  await fillPublished(test.database, 5_000);
  reference = await new ReferenceCache().load(reader());
});

afterAll(() => test.drop());

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** The readers' own connections, with the planner's settings as they come. */
function reader() {
  return {
    async query<T extends object>(text: string, values: readonly unknown[]): Promise<T[]> {
      return (await test.database.readPool.query(text, [...values])).rows as T[];
    },
  };
}

async function planOf(
  request: Partial<ListRequest>,
): Promise<{ nodes: PlanNode[]; found: number }> {
  const db = reader();
  const nodes: PlanNode[] = [];
  const explaining = {
    async query<T extends object>(text: string, values: readonly unknown[]): Promise<T[]> {
      const plan = await db.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
        `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
        values,
      );
      nodes.push(...flat(plan[0]?.['QUERY PLAN'][0]?.Plan));
      return db.query<T>(text, values);
    },
  };
  const list = new ReleaseList(explaining, reference, {
    reader: { requested: ['fr'], audience: 'HT', coherence: 'RELEASE' },
    filter: {},
    search: null,
    orderBy: null,
    collationTag: 'fr-HT',
    localeOrder: LOCALES,
    today: '2026-06-01',
    ...request,
  });
  const { edges } = await list.page({ first: PAGE });
  return { nodes, found: edges.length };
}

function flat(node: PlanNode | undefined): PlanNode[] {
  return node ? [node, ...(node.Plans ?? []).flatMap(flat)] : [];
}

function rowsRead(nodes: readonly PlanNode[]): number {
  const scans = nodes.filter((node) => node['Relation Name'] !== undefined);
  return scans.reduce((sum, node) => {
    const each = node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0);
    return sum + each * node['Actual Loops'];
  }, 0);
}

function sequentialScans(nodes: readonly PlanNode[]): string[] {
  return nodes.filter((n) => n['Node Type'] === 'Seq Scan').map((n) => n['Relation Name'] ?? '');
}

const EN_FIRST = { requested: ['en'], audience: null, coherence: 'RELEASE' } as const;
const NOBODY = { requested: [], audience: null, coherence: 'RELEASE' } as const;
const STRICT = { requested: ['fr'], audience: 'HT', coherence: 'STRICT' } as const;

const COMMON_BY_DATE = { search: 'coopération', orderBy: 'DATE_DESC' } as const;

describe('a page of 20 from 5,000 releases', () => {
  it.each<[string, Partial<ListRequest>]>([
    ['by date', {}],
    ['by date, oldest first', { orderBy: 'DATE_ASC' }],
    ['by date, nothing but French', { reader: STRICT }],
    ['by title', { orderBy: 'TITLE_ASC' }],
    ['by title, in the Spanish order', { orderBy: 'TITLE_ASC', collationTag: 'es-MX' }],
    ['by title, in the Canadian order', { orderBy: 'TITLE_ASC', collationTag: 'fr-CA' }],
    ['by title, English first', { orderBy: 'TITLE_ASC', reader: EN_FIRST }],
    ['by title, each original', { orderBy: 'TITLE_ASC', reader: NOBODY }],
    ['by title, nothing but French', { orderBy: 'TITLE_ASC', reader: STRICT }],
    ['searched for a word of every title', { search: 'communiqué' }],
    ['searched for a word of every text, the newest first', COMMON_BY_DATE],
  ])('%s reads at most five times the page', async (_, request) => {
    const { nodes, found } = await planOf(request);
    expect(found).toBe(PAGE);
    expect(rowsRead(nodes)).toBeLessThanOrEqual(5 * PAGE);
    expect(sequentialScans(nodes)).toEqual([]);
  });

  it.each<[string, Partial<ListRequest>]>([
    ['a word', { search: 'cybersécurité' }],
    ['a reference', { search: '10001/01' }],
    ['a word, by title', { search: 'cybersécurité', orderBy: 'TITLE_ASC' }],
  ])('searched for %s, scans no texts', async (_, request) => {
    const { nodes } = await planOf(request);
    expect(sequentialScans(nodes)).not.toContain('text');
  });
});
