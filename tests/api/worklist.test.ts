import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type StaffClient, type TestApp } from '../support/app.js';
import { Staff } from '../support/staff.js';

/** Before any state was a member: nobody requires anything then. */
const LONG_AGO = '1930-01-01';

let gateway: TestApp;
let staff: Staff;

beforeAll(async () => {
  gateway = await createTestApp();
  staff = new Staff(gateway.database);
  await gateway.given(
    // For Haiti, in English only: French is missing.
    aRelease('101/20').dated('2020-01-01').addressedTo('HT').in('EN').published(),
    // For Haiti and Canada: French is missing for two.
    aRelease('102/20').dated('2019-01-01').addressedTo('HT', 'CA').in('EN').published(),
    // French is there, and its source has changed in substance.
    aRelease('103/20')
      .dated('2020-03-01')
      .addressedTo('HT')
      .in('EN')
      .in('FR')
      .published()
      .revised('SUBSTANTIVE', { title: 'Another title' }),
    // Whole and public: nothing to do.
    aRelease('104/20').dated('2020-04-01').addressedTo('HT').in('EN').in('FR').published(),
    // Nobody requires French of it.
    aRelease('105/20').dated('2020-05-01').addressedTo('BR').in('PT').published(),
    // Taken back: nothing is missing of it.
    aRelease('106/20').dated('2020-06-01').addressedTo('HT').in('EN').published().retracted(),
    aRelease('107/20').dated(LONG_AGO).in('EN').published(),
    aRelease('108/20').dated('2020-08-01').addressedTo('BR').in('PT').published(),
  );
  const text = { title: 'Titre', body: ['Un paragraphe.', 'Un autre.'] };
  await staff.translate('108/20', 'FR', text, 'CHANGES_REQUESTED');
  await staff.translate('105/20', 'FR', text, 'IN_REVIEW');
  await staff.translate('105/20', 'ES', { ...text, body: ['Párrafo.'] }, 'DRAFT');
}, 240_000);
afterAll(() => gateway.close());

const LIST = `query Work($first: Int, $after: String, $filter: WorklistFilter) {
  worklist(first: $first, after: $after, filter: $filter) {
    nodes { locale state freshness completeness release { number } }
    pageInfo { hasNextPage endCursor } totalCount } }`;

interface Work {
  worklist: {
    nodes: {
      locale: string;
      state: string;
      freshness: string | null;
      release: { number: string };
    }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
    totalCount: number;
  };
}

async function work(who: StaffClient, variables: object = {}): Promise<string[]> {
  const { data, errors } = await who.query<Work>(LIST, { variables });
  expect(errors).toEqual([]);
  const { nodes, totalCount, pageInfo } = data.worklist;
  if (!pageInfo.hasNextPage && !('after' in variables)) expect(totalCount).toBe(nodes.length);
  return nodes.map(({ release, locale, state, freshness }) => {
    return [release.number, locale, state, freshness ?? '–'].join(' ');
  });
}

describe('the work list', () => {
  it('gives a translator what is missing for the most audiences, then what came back, then what is stale', async () => {
    expect(await work(gateway.as('TRANSLATOR', 'FR'))).toEqual([
      '102/20 FR NOT_STARTED –',
      '101/20 FR NOT_STARTED –',
      '108/20 FR CHANGES_REQUESTED CURRENT',
      '103/20 FR APPROVED STALE',
    ]);
  });

  it('gives a reviser what waits for review as well', async () => {
    expect(await work(gateway.as('REVISER', 'FR'))).toEqual([
      '102/20 FR NOT_STARTED –',
      '101/20 FR NOT_STARTED –',
      '108/20 FR CHANGES_REQUESTED CURRENT',
      '103/20 FR APPROVED STALE',
      '105/20 FR IN_REVIEW CURRENT',
    ]);
  });

  it('limits everyone to their locales', async () => {
    expect(await work(gateway.as('TRANSLATOR', 'PT'))).toEqual([]);
    expect(await work(gateway.as('TRANSLATOR', 'ES'))).toEqual(['105/20 ES DRAFT CURRENT']);
    expect(await work(gateway.as('TRANSLATOR', 'ES'), { filter: { locale: ['FR'] } })).toEqual([]);
  });

  it('gives a press officer all, originals that are not public too', async () => {
    expect(await work(gateway.as('EDITOR'))).toEqual([
      '102/20 FR NOT_STARTED –',
      '101/20 FR NOT_STARTED –',
      '108/20 FR CHANGES_REQUESTED CURRENT',
      '103/20 FR APPROVED STALE',
      '105/20 ES DRAFT CURRENT',
      '105/20 FR IN_REVIEW CURRENT',
      '103/20 EN APPROVED CURRENT',
    ]);
  });

  it.each([
    [{ state: ['NOT_STARTED'] }, 2],
    [{ freshness: ['STALE'] }, 1],
    [{ audience: 'CA' }, 1],
    [{ audience: 'HT' }, 3],
    [{ assignedToMe: true }, 0],
    [{ dueBefore: '2026-06-02T00:00:00Z' }, 0],
    [{ locale: ['FR'], state: ['IN_REVIEW', 'NOT_STARTED'] }, 3],
  ])('filters by %j', async (filter, count) => {
    expect(await work(gateway.as('EDITOR'), { filter })).toHaveLength(count);
  });

  it('pages without losing or repeating anything', async () => {
    const editor = gateway.as('EDITOR');
    const walked: string[] = [];
    let after: string | null = null;
    do {
      const { data }: { data: Work } = await editor.query<Work>(LIST, {
        variables: { first: 2, after },
      });
      walked.push(
        ...data.worklist.nodes.map(({ release, locale }) => `${release.number} ${locale}`),
      );
      after = data.worklist.pageInfo.hasNextPage ? data.worklist.pageInfo.endCursor : null;
    } while (after !== null);
    expect(walked).toEqual((await work(editor)).map((line) => line.split(' ', 2).join(' ')));
  });

  it('follows deadlines first among what is equally urgent, and what is assigned to me', async () => {
    const translator = gateway.as('TRANSLATOR', 'FR');
    await translator.query('{ viewer { account { id } } }');
    const assign = (number: string, dueAt: string) =>
      gateway.database.dataSource.query(
        `INSERT INTO authoring.assignment (release_id, locale, due_at) SELECT id, 'FR', $2
           FROM authoring.release WHERE number = $1`,
        [number, dueAt],
      );
    await assign('101/20', '2026-06-03T12:00:00Z');
    await assign('104/20', '2026-06-02T12:00:00Z');
    expect(await work(translator)).toEqual([
      '101/20 FR NOT_STARTED –',
      '102/20 FR NOT_STARTED –',
      '108/20 FR CHANGES_REQUESTED CURRENT',
      '103/20 FR APPROVED STALE',
    ]);
    expect(await work(translator, { filter: { dueBefore: '2026-06-04T00:00:00Z' } })).toEqual([
      '101/20 FR NOT_STARTED –',
    ]);
  });

  it('is not for readers', async () => {
    const { errors } = await gateway.query(LIST);
    expect(errors[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it.each([
    ['a fraction', (values: unknown[]) => [0.5, ...values.slice(1)]],
    ['a number that no column holds', (values: unknown[]) => [...values.slice(0, -1), 1e300]],
  ])('refuses a cursor with %s in it', async (_, forged) => {
    const editor = gateway.as('EDITOR');
    const { data } = await editor.query<{
      worklist: { pageInfo: { endCursor: string } };
    }>('{ worklist(first: 1) { pageInfo { endCursor } } }');
    const real = Buffer.from(data.worklist.pageInfo.endCursor, 'base64url').toString();
    const [name, values] = JSON.parse(real) as [string, unknown[]];
    const after = Buffer.from(JSON.stringify([name, forged(values)])).toString('base64url');
    const { errors } = await editor.query(
      'query ($after: String) { worklist(first: 1, after: $after) { pageInfo { endCursor } } }',
      { variables: { after } },
    );
    expect(errors[0]?.extensions.reason).toBe('CURSOR_UNKNOWN');
  });

  it.each(['x', 'WyJhIixbXV0'])('refuses %s as a cursor', async (after) => {
    const { errors } = await gateway.as('EDITOR').query(LIST, { variables: { after } });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      reason: 'CURSOR_UNKNOWN',
    });
  });
});
