import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { globalId } from '../../src/platform/graphql/schema/global-id.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type StaffClient, type TestApp } from '../support/app.js';
import { Staff } from '../support/staff.js';
import { Text, written } from '../support/translating.js';

let gateway: TestApp;
let staff: Staff;
let translator: StaffClient;
let editor: StaffClient;
let count = 0;
let number: string;
let text: Text;

beforeAll(async () => {
  gateway = await createTestApp();
  staff = new Staff(gateway.database);
  translator = gateway.as('TRANSLATOR', 'FR', 'Amélie Fortin');
  editor = gateway.as('EDITOR', null, 'Ana Prensa');
});
afterAll(() => gateway.close());

beforeEach(async () => {
  number = `${++count}/26`;
  await gateway.given(aRelease(number).in('EN', { title: 'A Roundtable', body: ['First.'] }));
  text = new Text(await staff.idOf(number), 'FR');
});

interface CommentView {
  readonly id: string;
  readonly by: { readonly name: string };
  readonly body: string;
  readonly segmentKey: string | null;
  readonly resolvedAt: string | null;
}

interface CommentOutcome {
  readonly __typename: string;
  readonly comment?: CommentView;
  readonly code?: string;
  readonly path?: readonly string[] | null;
}

const COMMENT = `__typename
  ... on CommentPayload { comment { id by { name } body segmentKey resolvedAt } }
  ... on Problem { code path }`;

const addComment = (client: StaffClient, input: object) => {
  return client.mutate<{ result: CommentOutcome }>(
    `mutation ($input: CommentInput!) { result: addComment(input: $input) { ${COMMENT} } }`,
    { variables: { input: { releaseId: text.releaseId, locale: 'FR', ...input } } },
  );
};

const resolve = (client: StaffClient, id: string) => {
  return client.mutate<{ result: CommentOutcome }>(
    `mutation ($id: ID!) { result: resolveComment(id: $id) { ${COMMENT} } }`,
    { variables: { id } },
  );
};

const commentsOf = async () => {
  const { data } = await translator.query<{ translation: { comments: CommentView[] } }>(
    `query ($releaseId: ID!) { translation(releaseId: $releaseId, locale: FR) {
      comments { id by { name } body segmentKey resolvedAt } } }`,
    { variables: { releaseId: text.releaseId } },
  );
  return data.translation.comments;
};

describe('comments', () => {
  it('belong to a text or a segment, in the order of time', async () => {
    await addComment(editor, { body: 'Pour vendredi, merci.' });
    await addComment(translator, { body: ' <b>Quel</b> mot ?\nCelui-ci. ', segmentKey: 'b1' });
    expect((await commentsOf()).map((c) => [c.by.name, c.segmentKey, c.body])).toEqual([
      ['Ana Prensa', null, 'Pour vendredi, merci.'],
      ['Amélie Fortin', 'b1', '<b>Quel</b> mot ?\nCelui-ci.'],
    ]);
  });

  it('stay when their segment goes', async () => {
    written(await text.save(translator, 0, [{ key: 'fr-1', text: 'Encore.' }]));
    await addComment(editor, { body: 'Vraiment ?', segmentKey: 'fr-1' });
    written(await text.save(translator, 1, [{ key: 'fr-1' }]));
    const { data } = await addComment(translator, { body: 'Ôté.', segmentKey: 'fr-1' });
    expect(data.result.__typename).toBe('CommentPayload');
    expect(await commentsOf()).toHaveLength(2);
  });

  it('are dealt with once', async () => {
    const { data } = await addComment(editor, { body: 'À voir.' });
    const id = data.result.comment?.id ?? '';
    const first = (await resolve(translator, id)).data.result.comment;
    expect(first?.resolvedAt).not.toBeNull();
    expect((await resolve(editor, id)).data.result.comment).toEqual(first);
    expect(await commentsOf()).toEqual([first]);
  });

  it.each([
    [{ body: ' \n ' }, 'TEXT_BLANK', 'body'],
    [{ body: 'x'.repeat(10_001) }, 'COMMENT_TOO_LONG', 'body'],
    [{ body: 'a\u0000b' }, 'TEXT_UNPRINTABLE', 'body'],
    [{ body: 'Ah.', segmentKey: 'b9' }, 'SEGMENT_UNKNOWN', 'segmentKey'],
    [{ body: 'Ah.', segmentKey: 'b\u0000' }, 'SEGMENT_UNKNOWN', 'segmentKey'],
    [{ body: 'Ah.', segmentKey: '' }, 'SEGMENT_UNKNOWN', 'segmentKey'],
    [{ body: 'Ah.', releaseId: 'nonsense' }, 'NOT_FOUND', 'releaseId'],
  ])('are refused: %j', async (input, code, member) => {
    const { data } = await addComment(translator, input);
    expect([data.result.__typename, data.result.code, data.result.path]).toEqual([
      'ValidationProblem',
      code,
      [member],
    ]);
  });

  it('that are not there cannot be dealt with', async () => {
    const nobodys = globalId('Comment', '00000000-0000-4000-8000-000000000000');
    for (const id of [nobodys, 'nonsense', text.releaseId]) {
      const { data } = await resolve(translator, id);
      expect([data.result.code, data.result.path]).toEqual(['NOT_FOUND', ['id']]);
    }
  });

  it('are for those who work in the language, and for editors', async () => {
    const { data } = await addComment(editor, { body: 'À voir.' });
    const portuguese = gateway.as('TRANSLATOR', 'PT');
    const refused = [
      await addComment(portuguese, { body: 'Eu?' }),
      await resolve(portuguese, data.result.comment?.id ?? ''),
    ];
    for (const { errors } of refused) expect(errors[0]?.extensions.code).toBe('FORBIDDEN');
    const nobody = await gateway.query(
      `mutation { resolveComment(id: "${data.result.comment?.id}") { __typename } }`,
    );
    expect(nobody.errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('assignments', () => {
  const account = ({ accountId }: StaffClient) => globalId('Account', accountId);
  const assigned = async () => {
    const { data } = await editor.query<{
      translation: { assignee: { name: string } | null; dueAt: string | null; revision: number };
    }>(
      `query ($releaseId: ID!) { translation(releaseId: $releaseId, locale: FR) {
        assignee { name } dueAt revision } }`,
      { variables: { releaseId: text.releaseId } },
    );
    return data.translation;
  };
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();

  it('show who writes and until when, and do not change the text', async () => {
    written(await text.write(translator, { title: 'Une table ronde' }));
    const assigneeId = account(translator);
    written(await text.do(editor, 'assignTranslation', { assigneeId, dueAt: tomorrow }));
    const name = 'Amélie Fortin';
    expect(await assigned()).toEqual({ assignee: { name }, dueAt: tomorrow, revision: 1 });
    written(await text.do(editor, 'assignTranslation', { assigneeId }));
    expect(await assigned()).toEqual({ assignee: { name }, dueAt: null, revision: 1 });
    written(await text.do(editor, 'assignTranslation', { dueAt: tomorrow }));
    expect(await assigned()).toEqual({ assignee: null, dueAt: tomorrow, revision: 1 });
    written(await text.do(editor, 'assignTranslation', {}));
    expect(await assigned()).toEqual({ assignee: null, dueAt: null, revision: 1 });
  });

  it('can be made before anything is written', async () => {
    written(await text.do(editor, 'assignTranslation', { dueAt: tomorrow }));
    expect(await assigned()).toEqual({ assignee: null, dueAt: tomorrow, revision: 0 });
  });

  it('are for those who may do the work', async () => {
    const portuguese = gateway.as('TRANSLATOR', 'PT', 'Rui');
    const there = new Text(await staff.idOf(number), 'PT');
    written(await there.write(portuguese, { b1: 'Um.' }));
    written(await text.write(translator, { b1: 'Un.' }));
    const codeOf = async (one: Text, assigneeId: string) => {
      const { code = null, path } = await one.do(editor, 'assignTranslation', { assigneeId });
      if (code !== null) expect(path).toEqual(['assigneeId']);
      return code;
    };
    expect(await codeOf(text, account(portuguese))).toBe('ASSIGNEE_UNFIT');
    expect(await codeOf(text, account(editor))).toBe('ASSIGNEE_UNFIT');
    expect(await codeOf(text, account(gateway.as('REVISER', 'FR', 'Never here')))).toBe(
      'ASSIGNEE_UNKNOWN',
    );
    expect(await codeOf(text, text.releaseId)).toBe('ASSIGNEE_UNKNOWN');
    expect(await codeOf(text, account(translator))).toBeNull();
    const original = new Text(await staff.idOf(number), 'EN');
    expect(await codeOf(original, account(translator))).toBe('ASSIGNEE_UNFIT');
    expect(await codeOf(original, account(editor))).toBeNull();
  });

  it('are not due in the past, unless they are already', async () => {
    const past = '2020-01-01T00:00:00.000Z';
    const outcome = await text.do(editor, 'assignTranslation', { dueAt: past });
    expect([outcome.code, outcome.path]).toEqual(['DUE_PAST', ['dueAt']]);
    await gateway.database.dataSource.query(
      "INSERT INTO authoring.assignment (release_id, locale, due_at) VALUES ($1, 'FR', $2)",
      [await staff.idOf(number), past],
    );
    written(await text.write(translator, { b1: 'Un.' }));
    const late = { assigneeId: account(translator), dueAt: past };
    written(await text.do(editor, 'assignTranslation', late));
    expect((await assigned()).dueAt).toBe(past);
  });

  it('are made by editors', async () => {
    const { errors } = await text.send(translator, 'assignTranslation', { dueAt: tomorrow });
    expect(errors[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('still right', () => {
  it('is recorded for the segments named, and the text stays approved', async () => {
    const reviser = gateway.as('REVISER', 'FR', 'Jean Réviseur');
    written(await text.write(translator, { title: 'Une table ronde', b1: 'Un.' }));
    written(await text.step(translator, 'submitTranslation', 1));
    written(await text.step(reviser, 'approveTranslation', 1));
    await staff.revise(number, 'SUBSTANTIVE', { title: 'The Roundtable', body: ['First!'] });
    const stale = await text.read(translator);
    expect([stale.freshness, stale.segments[1]?.sourceWas]).toEqual(['STALE', 'First.']);
    const input = { expectedRevision: 1, keys: ['b1'] };
    const one = written(await text.do(translator, 'confirmCurrent', input));
    expect([one.state, one.revision, one.freshness]).toEqual(['APPROVED', 2, 'STALE']);
    expect(one.segments.map(({ freshness }) => freshness)).toEqual(['STALE', 'CURRENT']);
    const both = { expectedRevision: 2, keys: ['b1', 'title'] };
    expect(written(await text.do(translator, 'confirmCurrent', both)).freshness).toBe('CURRENT');
    const again = { ...both, expectedRevision: 3 };
    expect(written(await text.do(translator, 'confirmCurrent', again)).revision).toBe(3);
  });

  it('is not recorded of a source that the caller did not see', async () => {
    written(await text.write(translator, { title: 'Une table ronde', b1: 'Un.' }));
    await staff.revise(number, 'MINOR', { title: 'A Roundtable', body: ['First!'] });
    const seen = (await text.read(translator)).segments.map(({ sourceDigest }) => sourceDigest);
    await staff.revise(number, 'SUBSTANTIVE', { title: 'A Roundtable', body: ['Nobody!'] });
    const input = { expectedRevision: 1, keys: ['title', 'b1'], sourceDigests: seen };
    const outcome = await text.do(translator, 'confirmCurrent', input);
    expect(outcome.conflicts?.map(({ key, sourceChanged }) => [key, sourceChanged])).toEqual([
      ['title', false],
      ['b1', true],
    ]);
    expect((await text.read(translator)).segments[1]?.freshness).toBe('STALE');
    const unequal = { ...input, sourceDigests: [null] };
    const refused = await text.do(translator, 'confirmCurrent', unequal);
    expect(refused.path).toEqual(['sourceDigests']);
    const now = (await text.read(translator)).segments.map(({ sourceDigest }) => sourceDigest);
    const mended = await text.do(translator, 'confirmCurrent', { ...input, sourceDigests: now });
    expect(written(mended).freshness).toBe('CURRENT');
  });

  it('is refused without a text, on what is no longer so, and for the original', async () => {
    written(await text.write(translator, { title: 'Une table ronde' }));
    const none = await text.do(translator, 'confirmCurrent', { expectedRevision: 1, keys: ['b1'] });
    expect([none.code, none.path]).toEqual(['TARGET_MISSING', ['keys', '0']]);
    const late = await text.do(translator, 'confirmCurrent', {
      expectedRevision: 0,
      keys: ['title'],
    });
    expect(late.conflicts).toEqual([
      { key: 'title', base: null, theirs: 'Une table ronde', yours: null, sourceChanged: false },
    ]);
    const original = new Text(await staff.idOf(number), 'EN');
    const english = gateway.as('TRANSLATOR', 'EN');
    const own = await original.do(english, 'confirmCurrent', { expectedRevision: 1, keys: ['b1'] });
    expect(own.code).toBe('ORIGINAL_LOCALE');
  });
});
