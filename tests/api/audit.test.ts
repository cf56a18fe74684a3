import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { createTestApp, type TestApp } from '../support/app.js';

const CREATE = `mutation Create($number: String!) {
  createRelease(input: {
    number: $number, type: PRESS_RELEASE, date: "2026-05-01", originalLocale: ES
    segments: [{ kind: TITLE, text: "Un título" }, { kind: PARAGRAPH, text: "Palabras secretas." }]
  }) { __typename }
}`;

interface AuditRow {
  readonly by: string;
  readonly mutation: string;
  readonly subject: Readonly<Record<string, unknown>>;
  readonly request_id: string;
}

let gateway: TestApp;
beforeAll(async () => {
  gateway = await createTestApp();
});
afterAll(() => gateway.close());

const rows = () =>
  gateway.database.dataSource.query<AuditRow[]>(
    'SELECT by, mutation, subject, request_id FROM authoring.audit ORDER BY id',
  );

describe('the audit', () => {
  it('has one row for each mutation: who did what to what', async () => {
    const editor = gateway.as('EDITOR');
    const { headers } = await editor.mutate(CREATE, { variables: { number: '801/26' } });
    expect(await rows()).toEqual([
      {
        by: editor.accountId,
        mutation: 'createRelease',
        subject: { number: '801/26' },
        request_id: headers['x-request-id'],
      },
    ]);
    expect(JSON.stringify(await rows())).not.toContain('secretas');
  });

  it('has none for what was refused, was not allowed, or failed', async () => {
    const before = (await rows()).length;
    const again = { variables: { number: '801/26' } };
    const refused = await gateway.as('EDITOR').mutate(CREATE, again);
    expect(refused.data).toEqual({ createRelease: { __typename: 'ValidationProblem' } });
    const forbidden = await gateway.as('TRANSLATOR', 'ES').mutate(CREATE, again);
    expect(forbidden.errors[0]?.extensions.code).toBe('FORBIDDEN');
    const unknown = await gateway.query(CREATE, again);
    expect(unknown.errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect(await rows()).toHaveLength(before);
  });

  it('goes with the work: where it cannot be written, nothing is', async () => {
    await gateway.database.asOwner((owner) =>
      owner.query('ALTER TABLE authoring.audit ADD CONSTRAINT brim CHECK (false) NOT VALID'),
    );
    const variables = { number: '802/26' };
    const failed = await gateway.as('EDITOR').mutate(CREATE, { variables });
    expect(failed.errors[0]?.extensions.code).toBe('INTERNAL');
    await gateway.database.asOwner((owner) =>
      owner.query('ALTER TABLE authoring.audit DROP CONSTRAINT brim'),
    );
    const found = await gateway.database.dataSource.query<object[]>(
      'SELECT FROM authoring.release WHERE number = $1',
      [variables.number],
    );
    expect(found).toEqual([]);
    const { data } = await gateway.as('EDITOR').mutate(CREATE, { variables });
    expect(data).toEqual({ createRelease: { __typename: 'ReleasePayload' } });
  });
});

describe('an account', () => {
  const known = (id: string) =>
    gateway.database.dataSource.query<object[]>(
      'SELECT name, grants FROM authoring.account WHERE id = $1',
      [id],
    );

  it('is recorded when its token is first seen, and again when the claims of the token change', async () => {
    const bearer = { subject: 'joana', name: 'Joana', locales: ['PT' as const] };
    const first = gateway.asBearer({ ...bearer, roles: ['TRANSLATOR'] });
    await first.query('{ viewer { account { id } } }');
    const grants = [{ role: 'TRANSLATOR', locale: 'PT' }];
    expect(await known(first.accountId)).toEqual([{ name: 'Joana', grants }]);
    const later = gateway.asBearer({ ...bearer, name: 'Joana Prado', roles: [] });
    await later.query('{ viewer { account { id } } }');
    expect(await known(first.accountId)).toEqual([{ name: 'Joana Prado', grants: [] }]);
  });

  it('is not, of somebody who never had a role', async () => {
    const nobody = { subject: 'nobody', name: 'Nobody', roles: [], locales: null };
    const client = gateway.asBearer(nobody);
    const { data } = await client.query('{ viewer { grants { role } } }');
    expect(data).toEqual({ viewer: { grants: [] } });
    expect(await known(client.accountId)).toEqual([]);
  });
});
