// Prints the plans of the hot reads: node tests/bench/explain.mjs DATABASE_URL   (after npm run build)
import pg from 'pg';

import { ReferenceCache } from '../../dist/features/audience/index.js';
import { ReleaseList } from '../../dist/features/reading/release-list.js';

const client = new pg.Client({ connectionString: process.argv[2] });
await client.connect();
const plain = { query: async (text, values) => (await client.query(text, values)).rows };
const reference = await new ReferenceCache().load(plain);

const lists = {
  'the list by date': {},
  'the list by date, STRICT': { coherence: 'STRICT' },
  'the list by title': { orderBy: 'TITLE_ASC' },
  'the search': { search: 'éducation' },
  'a code': { search: '10100/15' },
  'by availability': { filter: { availability: ['PARTIAL'] } },
};

for (const [
  name,
  { coherence = 'RELEASE', filter = {}, search = null, orderBy = null },
] of Object.entries(lists)) {
  const explained = {
    async query(text, values) {
      if (!text.includes('published.')) return plain.query(text, values);
      for (let i = 0; i < 3; i += 1) await client.query(text, values);
      const { rows } = await client.query(`EXPLAIN (ANALYZE, BUFFERS) ${text}`, values);
      console.log(`\n== ${name}\n${rows.map((row) => row['QUERY PLAN']).join('\n')}`);
      return plain.query(text, values);
    },
  };
  const list = new ReleaseList(explained, reference, {
    reader: { requested: ['fr'], audience: 'HT', coherence },
    filter,
    search,
    orderBy,
    collationTag: 'fr-HT',
    localeOrder: ['EN', 'ES', 'FR', 'PT'],
    today: '2026-06-01',
  });
  const { edges } = await list.page({ first: 20 });
  console.log(`${edges.length} releases`);
}
await client.end();
