import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { buildGatewaySchema } from '../../src/app/graphql.js';
import { globalId } from '../../src/platform/graphql/schema/global-id.js';
import { canaryWorld, DRAFT } from '../support/canary-world.js';
import { createTestApp, type GraphqlError, type TestApp } from '../support/app.js';
import { type ArgumentValues, walkQueries } from '../support/query-walk.js';
import { Staff } from '../support/staff.js';
import { SCHEDULED, workOn } from '../support/work-in-progress.js';

const WITHDRAWN = '81350/19';
const { canary, lure, secret, publicReleases, hiddenReleases } = canaryWorld({
  number: WITHDRAWN,
  date: '2019-02-28',
});

interface Reply {
  readonly request: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

let gateway: TestApp;
let staff: Staff;
let queries: readonly string[];
let before: readonly Reply[];
let after: readonly Reply[];
let hiddenIds: readonly string[];

beforeAll(async () => {
  gateway = await createTestApp();
  staff = new Staff(gateway.database);
  await gateway.given(...publicReleases);
  // Introspection does not reveal which fields a copy may hold.
  const schema = buildGatewaySchema({ get: () => undefined });
  const defaults = {
    'Query.releases.first': '4',
    'Query.worklist.first': '1',
    'Query.editorialReleases.first': '1',
    'Release.availability.audience': '"CA"',
    'Query.localeBundle.namespace': '"status"',
  };
  queries = walkQueries({ schema, defaults, values: await argumentValues() });
  before = await walk();
  await hide();
  after = await walk();
}, 300_000);
afterAll(() => gateway.close());

/** Drafts, a release taken back, an unpublished translation, and new work on texts that are public. */
async function hide(): Promise<void> {
  await gateway.given(...hiddenReleases);
  await staff.translate('704/19', 'EN', secret('Unpublished'), 'APPROVED');
  await staff.translate('705/19', 'PT', secret('Rascunho'));
  await staff.revise('705/19', 'SUBSTANTIVE', secret('New'), 'APPROVED');
  await staff.changeFacts('705/19', { type: 'ADVISORY', date: '2019-02-27', mentions: ['GY'] });
  const scheduled = await workOn(gateway, canary, lure);
  hiddenIds = [await staff.idOf(DRAFT), await staff.idOf(WITHDRAWN), scheduled];
}

const literals = (values: readonly string[]) => values.map((value) => JSON.stringify(value));

/** What an attacker might pass: what is hidden, what is near it, and what is wrong. */
async function argumentValues(): Promise<ArgumentValues> {
  const { data } = await gateway.query<{
    releases: { nodes: { id: string }[]; edges: { cursor: string; localized: { id: string } }[] };
    memberState: { id: string };
  }>(
    `{ releases { nodes { id } edges { cursor localized { id } } } memberState(code: HT) { id } }`.replace(
      'HT',
      '"HT"',
    ),
  );
  const [edge, next] = data.releases.edges;
  const cursors = [...forged(edge?.cursor ?? ''), next?.cursor ?? '', lure];
  const id = [
    data.releases.nodes[0]?.id ?? '',
    edge?.localized.id ?? '',
    data.memberState.id,
    lure,
  ];
  const languages = ['[]', '["fr"]', '["es-PE", "pt"]', '["ht"]', `["x_${lure}"]`];
  const days = ['"2019-02-28"', `"${lure}"`];
  return {
    search: literals([
      lure,
      canary,
      `"${lure} ${canary}"`,
      `-${lure}`,
      DRAFT,
      SCHEDULED,
      `E-${WITHDRAWN}`,
      'agreement',
      'public',
    ]),
    number: literals([DRAFT, WITHDRAWN, SCHEDULED, '702/19', lure]),
    reference: literals([`E-${DRAFT}`, `P-${WITHDRAWN}`, `C-${SCHEDULED}`, 'E-702/19', lure]),
    slug: literals(['701-19', ...hiddenSlugs()]),
    'Query.release.id': literals(id),
    'Query.node.id': literals(id),
    id: literals(id),
    releaseId: literals(id),
    locale: ['FR'],
    locales: ['[FR]'],
    since: literals([lure]),
    addressedTo: ['"GY"'],
    dateFrom: days,
    'Query.parity.from': days,
    'Query.parity.to': days,
    from: ['1'],
    to: ['2'],
    at: ['"2029-01-02T00:00:00Z"'],
    'Query.worklist.filter': ['{ audience: "GY" }'],
    'Query.editorialReleases.filter': [`{ search: "${lure}" }`],
    'Query.localeEntries.filter': [`{ search: "${lure}" }`],
    ids: [`[${literals(id).join(', ')}]`, '[]'],
    first: ['1', '2', '0'],
    last: ['1', '2', '3'],
    after: literals(cursors),
    before: literals(cursors),
    filter: [
      '{}',
      '{ type: [ADVISORY] }',
      '{ mentions: ["GY"] }',
      '{ addressedTo: "GY" }',
      '{ dateFrom: "2019-03-06" }',
      '{ dateTo: "2019-02-28" }',
      '{ originalLocale: [PT] }',
      '{ publishedIn: { all: [ES, EN] } }',
      '{ publishedIn: { any: [FR] } }',
      '{ publishedIn: { none: [EN] } }',
      `{ topic: ["${lure}"] }`,
      `{ ${lure}: 1 }`,
      '{ availability: [COMPLETE] }',
    ],
    orderBy: ['DATE_DESC', 'DATE_ASC', 'TITLE_ASC', 'RELEVANCE'],
    languages,
    audience: ['"CA"', '"GY"', `"${lure}"`],
    coherence: ['RELEASE', 'FIELD', 'STRICT'],
    code: ['"GY"', `"${lure}"`],
    on: days,
    type: ['ADVISORY', lure],
    maxLength: ['20', '2000', '1'],
    namespace: literals(['status', 'errors', lure]),
  };
}

/** The addresses that the hidden texts have or would have. */
function hiddenSlugs(): string[] {
  const tail = `${lure}-${canary}-agreement`.toLowerCase();
  const starts = [
    '81349-19-draft',
    '81350-19-withdrawn',
    '81350-19-retirado',
    '81351-19-scheduled',
    '704-19-unpublished',
  ];
  return [...starts, '705-19-new', '705-19-rascunho'].map((start) => `${start}-${tail}`);
}

/** Cursors of the list by date, moved to the places of the hidden releases. */
function forged(cursor: string): string[] {
  const [key, part] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
  return [
    ['2019-03-06', DRAFT],
    ['2019-02-28', WITHDRAWN],
  ].map((values) => Buffer.from(JSON.stringify([key, part, values])).toString('base64url'));
}

const CONTEXTS = [
  '',
  '@inContext(audience: "CA", coherence: FIELD)',
  '@inContext(languages: ["fr"], audience: "GY", coherence: STRICT)',
];

async function walk(): Promise<Reply[]> {
  const replies: Reply[] = [];
  for (const context of CONTEXTS) {
    for (const query of queries) replies.push(await reply(`query ${context} ${query}`));
  }
  return replies;
}

async function reply(request: string): Promise<Reply> {
  const { headers, data, errors } = await gateway.query(request);
  const { date, 'x-request-id': requestId, 'content-length': length, ...others } = headers;
  expect([date, requestId, length]).not.toContain(undefined);
  const text = JSON.stringify({ data, errors }).replaceAll(requestId ?? '', 'REQUEST');
  // The log counts what was public for a while; the clock goes on.
  const body = request.includes('releaseChanges')
    ? text.replace(/"(cursor|serverTime)":"[^"]*"/g, '"$1":"…"')
    : text;
  return { request, headers: others, body: JSON.parse(body) };
}

/** The text itself, and each of its strings decoded, as ids and cursors are. */
function decodedText(value: unknown): string {
  const text = JSON.stringify(value);
  const strings = text.match(/[\w-]{16,}/g) ?? [];
  const decoded = strings.map((string) => Buffer.from(string, 'base64url').toString('utf8'));
  return [text, ...decoded].join('\n').toLowerCase();
}

const reasons = (replies: readonly Reply[]) =>
  replies.flatMap(({ body }) => {
    const { errors } = body as { errors: { extensions: { reason?: string } }[] };
    return errors.map(({ extensions }) => extensions.reason);
  });

describe('what is not public', () => {
  it('is searched for in every field, and with every argument', () => {
    const called = queries.join('\n');
    for (const name of ['search', 'slug', 'after', 'orderBy', 'filter', 'ids', 'maxLength', 'on']) {
      expect(called).toContain(`${name}: `);
    }
    for (const field of ['markdown', 'plainText', 'totalCount', 'missingRequired', 'startCursor']) {
      expect(called).toContain(field);
    }
    expect(queries.length).toBeGreaterThan(100);
    // A walk that is refused sees nothing.
    expect(reasons(after)).not.toContain('QUERY_TOO_COMPLEX');
    expect(reasons(after)).not.toContain('INTERNAL');
    const withData = after.filter(({ body }) => (body as { data?: object | null }).data);
    expect(withData.length).toBeGreaterThan(after.length / 2);
  });

  it('never shows in data, errors, ids, cursors or headers', () => {
    const leaks = [...before, ...after].filter(({ headers, body }) => {
      return decodedText({ headers, body }).includes(canary);
    });
    expect(leaks.map(({ request }) => request)).toEqual([]);
  });

  it('changes no response, no count and no cursor', () => {
    const changed = after.filter((reply, index) => {
      return JSON.stringify(reply) !== JSON.stringify(before[index]);
    });
    expect(changed.map(({ request }) => request)).toEqual([]);
  });

  it('is not in the tables that readers are served from', async () => {
    const { rows } = await gateway.database.readPool.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
        WHERE schemaname IN ('published', 'reference')`,
    );
    const tables = rows.map(({ name }) => name);
    expect(tables).toEqual(expect.arrayContaining(['published.slug', 'reference.topic']));
    const found: string[] = [];
    for (const table of tables) {
      const hits = await gateway.database.readPool.query(
        `SELECT 1 FROM ${table} AS t WHERE lower(t::text) LIKE '%' || $1 || '%'`,
        [canary],
      );
      if (hits.rowCount !== 0) found.push(table);
    }
    expect(found).toEqual([]);
  });

  it('has no node, whatever id is made up for it', async () => {
    const ids = hiddenIds.flatMap((id) => [
      id,
      globalId('Release', id),
      globalId('EditorialRelease', id),
    ]);
    const query =
      'query ($ids: [ID!]!, $id: ID!) { nodes(ids: $ids) { id } release(id: $id) { id } }';
    for (const id of ids) {
      const { data, errors } = await gateway.query(query, { variables: { ids: [id], id } });
      expect(data).toEqual({ nodes: [null], release: null });
      expect(reasonsOf(errors)).toEqual([]);
    }
  });

  it('has no node of another kind either: an id is refused by its form, whether or not there is something', async () => {
    const query =
      'query ($ids: [ID!]!, $id: ID!) { nodes(ids: $ids) { id } release(id: $id) { id } }';
    for (const id of [...hiddenIds, '00000000-0000-4000-8000-000000000000']) {
      for (const other of [
        globalId('Translation', id, 'FR'),
        globalId('LocalizedRelease', id, [], null, 'RELEASE'),
        globalId('LocalizedRelease', id, ['en'], 'GY', 'STRICT'),
      ]) {
        const { data, errors } = await gateway.query(query, {
          variables: { ids: [other], id: other },
        });
        expect(data).toEqual({ nodes: [null], release: null });
        expect(reasonsOf(errors)).toEqual(['SELECTOR_MISPLACED']);
      }
    }
  });
});

function reasonsOf(errors: readonly GraphqlError[]): (string | undefined)[] {
  return errors.map(({ extensions }) => extensions.reason);
}
