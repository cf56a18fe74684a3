import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { isObjectType } from 'graphql';

import { buildGatewaySchema } from '../../src/app/graphql.js';
import { type Role, ROLES } from '../../src/kernel/access.js';
import { type Locale, LOCALES } from '../../src/kernel/locale.js';
import { globalId } from '../../src/platform/graphql/schema/global-id.js';
import { aRelease } from '../support/a-release.js';
import {
  type GraphqlResponse,
  createTestApp,
  type StaffClient,
  type TestApp,
} from '../support/app.js';
import { type Attempt, ATTEMPTS, type Place, PUBLIC_QUERIES } from '../support/role-matrix.js';

interface Caller {
  readonly title: string;
  readonly role: Role | null;
  /** null: all four. */
  readonly locale: Locale | null;
  /** null: without a token. */
  readonly client: StaffClient | null;
}

let gateway: TestApp;
let callers: Caller[];
let known: Place;

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';
const unknownComment = globalId('Comment', UNKNOWN_ID);
const unknown: Place = {
  releaseId: globalId('EditorialRelease', UNKNOWN_ID),
  comments: { EN: unknownComment, ES: unknownComment, FR: unknownComment, PT: unknownComment },
};

beforeAll(async () => {
  gateway = await createTestApp();
  await gateway.given(aRelease('901/26').in('ES'));
  const nobody = { subject: 'nobody', name: 'Nobody', roles: [], locales: null };
  callers = [
    { title: 'a reader', role: null, locale: null, client: null },
    {
      title: 'somebody without a role',
      role: null,
      locale: null,
      client: gateway.asBearer(nobody),
    },
    ...(['TRANSLATOR', 'REVISER'] as const).flatMap((role) =>
      [null, ...LOCALES].map((locale) => caller(role, locale)),
    ),
    caller('EDITOR', null),
    caller('ADMIN', null),
  ];
  known = await prepare();
});
afterAll(() => gateway.close());

function caller(role: Role, locale: Locale | null): Caller {
  const title = `${role} ${locale ?? 'of all'}`;
  return { title, role, locale, client: gateway.as(role, locale) };
}

/** A comment on each text, and one locale entry. */
async function prepare(): Promise<Place> {
  const admin = gateway.as('ADMIN');
  const found = await admin.query<{ editorialRelease: { id: string } }>(
    '{ editorialRelease(number: "901/26") { id } }',
  );
  const releaseId = found.data.editorialRelease.id;
  const comments: [Locale, string][] = [];
  for (const locale of LOCALES) {
    const input = { releaseId, locale, body: 'A word' };
    const { data } = await admin.mutate<{ addComment: { comment: { id: string } } }>(
      `mutation Say($input: CommentInput!) {
        addComment(input: $input) { ... on CommentPayload { comment { id } } }
      }`,
      { variables: { input } },
    );
    comments.push([locale, data.addComment.comment.id]);
  }
  const entry = { namespace: 'shop', key: 'known', locale: 'ES', value: 'Uno' };
  await admin.mutate(
    'mutation Save($input: SaveLocaleEntryInput!) { saveLocaleEntry(input: $input) { __typename } }',
    { variables: { input: { ...entry, expectedRevision: 0 } } },
  );
  return { releaseId, comments: Object.fromEntries(comments) as Place['comments'] };
}

function send(
  { client }: Caller,
  { document, variables }: Attempt,
  place: Place,
  locale: Locale | null,
): Promise<GraphqlResponse<object | null>> {
  const request = { variables: variables(place, locale ?? 'FR') };
  return client ? client.query(document, request) : gateway.query(document, request);
}

/** `UNAUTHENTICATED`, `FORBIDDEN`, or `ALLOWED` where there is data. */
function outcome({ data, errors }: GraphqlResponse<object | null>): string {
  const [error] = errors;
  if (error) return error.extensions.code;
  return data && Object.values(data).every((value) => value !== null) ? 'ALLOWED' : 'NOTHING';
}

/** Whether a refusal names the roles that may; the first of several rights that are missing may name more. */
function namesRoles({ errors }: GraphqlResponse<object | null>, { rights }: Attempt): boolean {
  const message = errors[0]?.message ?? '';
  const named = (role: Role) => new RegExp(`\\b${role.toLowerCase()}\\b`).test(message);
  return ROLES.every((role) => !rights[role] || named(role));
}

function expected({ role, locale, client }: Caller, { rights }: Attempt, requested: Locale | null) {
  if (!client) return 'UNAUTHENTICATED';
  const reach = role && rights[role];
  if (!reach) return 'FORBIDDEN';
  const isOwn = locale === null || requested === null || locale === requested;
  return reach === 'all' || isOwn ? 'ALLOWED' : 'FORBIDDEN';
}

describe('who may do what, over HTTP', () => {
  it('is tried with every mutation and every query that is for staff', () => {
    const schema = buildGatewaySchema({ get: () => undefined });
    const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) => {
      return isObjectType(type) ? Object.keys(type.getFields()) : [];
    });
    const tried = ATTEMPTS.map(({ title }) => title.split(',')[0] ?? '');
    const known = new Set([...tried, ...PUBLIC_QUERIES]);
    expect(fields.filter((field) => !known.has(field))).toEqual([]);
  });

  const TRIED = 14 * ATTEMPTS.reduce((sum, { locales }) => sum + locales.length, 0);

  it(`is as written out in ${TRIED} combinations of caller, field and locale`, async () => {
    const wrong: string[] = [];
    let tried = 0;
    for (const attempt of ATTEMPTS) {
      for (const locale of attempt.locales) {
        const responses = await Promise.all(
          callers.map(async (one) => ({ one, response: await send(one, attempt, known, locale) })),
        );
        for (const { one, response } of responses) {
          tried += 1;
          const [found, wanted] = [outcome(response), expected(one, attempt, locale)];
          if (found === 'FORBIDDEN' && !namesRoles(response, attempt)) {
            wrong.push(`${attempt.title} by ${one.title}: ${response.errors[0]?.message ?? ''}`);
          }
          if (found === wanted) continue;
          wrong.push(`${attempt.title} ${locale ?? ''} by ${one.title}: ${found}, not ${wanted}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(tried).toBe(TRIED);
  }, 240_000);

  it('does not reveal what exists to those without a right', async () => {
    for (const attempt of ATTEMPTS) {
      for (const one of callers.filter(({ role }) => role === null)) {
        for (const locale of attempt.locales) {
          const [there, nowhere] = await Promise.all([
            send(one, attempt, known, locale),
            send(one, attempt, unknown, locale),
          ]);
          expect(withoutRequest(there)).toEqual(withoutRequest(nowhere));
        }
      }
    }
  }, 240_000);

  it('has changed nothing', async () => {
    const [left] = await gateway.database.dataSource.query<object[]>(
      `SELECT (SELECT count(*) FROM authoring.release) AS releases,
              (SELECT count(*) FROM published.change_log) AS logged,
              (SELECT count(*) FROM authoring.comment) AS comments,
              (SELECT max(revision) FROM authoring.translation) AS revision`,
    );
    expect(left).toEqual({ releases: 1, logged: 0, comments: 4, revision: 1 });
  });
});

/** Without what differs from one request to the next. */
function withoutRequest({ status, data, errors }: GraphqlResponse<object | null>): unknown {
  const bare = errors.map(({ message, path, extensions: { code, reason } }) => {
    return { message, path, code, reason };
  });
  return { status, data, errors: bare };
}

describe('a thing of the staff by its id', () => {
  const NODE = 'query Find($id: ID!) { node(id: $id) { __typename id } }';

  it('is nothing to a reader, nor to somebody without a role', async () => {
    const admin = gateway.as('ADMIN');
    const uuid = JSON.parse(Buffer.from(known.releaseId, 'base64url').toString())[1] as string;
    const ids = [
      known.releaseId,
      known.comments.FR,
      globalId('Translation', uuid, 'FR'),
      globalId('LocaleEntry', 'shop', 'known', 'ES'),
    ];
    for (const id of ids) {
      const variables = { id };
      expect((await admin.query(NODE, { variables })).data).toMatchObject({ node: { id } });
      for (const one of callers.filter(({ role }) => role === null)) {
        const reader = one.client ?? gateway;
        const { data, errors } = await reader.query(NODE, { variables });
        expect({ data, errors }).toEqual({ data: { node: null }, errors: [] });
      }
    }
  });
});
