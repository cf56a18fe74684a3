import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { createTestApp, type StaffClient, type TestApp } from '../support/app.js';
import { readOperationFile } from '../support/ready-operations.js';

interface Operation {
  readonly name: string;
  readonly type: string;
  readonly body: string;
}

const manifest = JSON.parse(readOperationFile('persisted-query-manifest.json')) as {
  operations: readonly Operation[];
};
const waiting = new Set(manifest.operations.map(({ name }) => name));

let gateway: TestApp;
let editor: StaffClient;
let reviser: StaffClient;

beforeAll(async () => {
  gateway = await createTestApp({ ownApproval: true });
  editor = gateway.as('EDITOR');
  reviser = gateway.as('REVISER', 'FR');
});
afterAll(() => gateway.close());

/** Sends one of the manifest, as it stands there; it must not fail. */
async function run<T>(name: string, variables: object, who: Pick<StaffClient, 'query'> = gateway) {
  const operation = manifest.operations.find((one) => one.name === name);
  waiting.delete(name);
  const { data, errors } = await who.query<Record<string, T>>(operation?.body ?? name, {
    variables,
  });
  expect([name, errors]).toEqual([name, []]);
  const [result] = Object.entries(data)
    .filter(([field]) => field !== '__typename')
    .map(([, value]) => value);
  return result as T;
}

interface Text {
  readonly revision: number;
  readonly locale: string;
  readonly segments: readonly { readonly key: string; readonly sourceDigest: string | null }[];
}

interface Outcome {
  readonly __typename: string;
  readonly message?: string;
  readonly release: { readonly id: string; readonly translations: readonly Text[] };
  readonly translation: Text;
}

const input = (more: object) => ({ input: more });

describe('the ready operations', () => {
  let releaseId: string;
  let number: string;

  it('take a release from its first draft to the public', async () => {
    number = '701/26';
    const created = await run<Outcome>(
      'CreateRelease',
      input({
        number,
        type: 'PRESS_RELEASE',
        date: '2026-05-04',
        originalLocale: 'EN',
        segments: [
          { kind: 'TITLE', text: 'A title' },
          { kind: 'PARAGRAPH', text: 'A paragraph.' },
        ],
      }),
      editor,
    );
    expect(created.__typename).toBe('ReleasePayload');
    releaseId = created.release.id;
    const step = async (name: string, locale: string, more = {}, who = editor) => {
      const now = await run<Text>('TranslationToWrite', { releaseId, locale }, who);
      const expectedRevision = now.revision;
      const done = await run<Outcome>(
        name,
        input({ releaseId, locale, expectedRevision, ...more }),
        who,
      );
      expect([name, done.__typename, done.message]).toEqual([
        name,
        'TranslationPayload',
        undefined,
      ]);
    };
    await step('SubmitTranslation', 'EN');
    await step('ApproveTranslation', 'EN');
    const { segments } = await run<Text>(
      'TranslationToWrite',
      { releaseId, locale: 'FR' },
      reviser,
    );
    const targets = segments.map(({ key, sourceDigest }) => ({
      key,
      sourceDigest,
      text: `Texte ${key}`,
    }));
    await step('SaveTranslation', 'FR', { segments: targets }, reviser);
    await step('SubmitTranslation', 'FR', {}, reviser);
    await step('RequestChanges', 'FR', { comment: 'Le titre' }, reviser);
    await step('SubmitTranslation', 'FR', {}, reviser);
    await step('ApproveTranslation', 'FR', {}, reviser);
    await step('ConfirmCurrent', 'FR', { keys: segments.map(({ key }) => key) }, reviser);
    const { account } = await run<{ account: { id: string } }>('Viewer', {}, reviser);
    const assigned = await run<Outcome>(
      'AssignTranslation',
      input({ releaseId, locale: 'FR', assigneeId: account.id }),
      editor,
    );
    expect(assigned.__typename).toBe('TranslationPayload');
    const ready = await run<{ ready: boolean }>('PublicationReadiness', { releaseId }, editor);
    expect(ready.ready).toBe(true);
    // Later than the clock of the database, however far that runs from the test's own.
    const at = new Date(Date.now() + 86_400_000).toISOString();
    const scheduled = await run<Outcome>('Publish', input({ releaseId, at }), editor);
    expect(scheduled.__typename).toBe('EditionPayload');
    const cancelled = await run<Outcome>('CancelSchedule', { releaseId }, editor);
    expect(cancelled.__typename).toBe('EditionPayload');
    const published = await run<Outcome>('Publish', input({ releaseId }), editor);
    expect(published.__typename).toBe('EditionPayload');
  });

  it('show it to readers', async () => {
    const reader = { languages: ['fr-CA'], audience: 'CA' };
    const list = await run<{ totalCount: number; edges: object[] }>('ReleaseList', {
      ...reader,
      first: 100,
      withTotal: true,
    });
    expect([list.totalCount, list.edges.length]).toEqual([1, 1]);
    expect(await run('ReleaseDetail', { number, ...reader })).toMatchObject({
      localized: { title: { value: 'Texte title', locale: 'FR' } },
    });
    expect(await run('ReleaseTitles', { number })).toMatchObject({
      english: { title: { value: 'A title' } },
      french: { title: { value: 'Texte title' } },
      spanish: null,
      portuguese: null,
    });
    expect(await run('ReleaseAvailability', { number, audience: 'CA' })).toMatchObject({
      availability: { status: 'COMPLETE', audience: { code: 'CA' } },
    });
    const page = await run<{ changes: object[] }>('ReleaseChanges', { ...reader, first: 100 });
    expect(page.changes).toMatchObject([{ kind: 'UPSERT', number }]);
    const copied = await run<{ changes: object[] }>('AppChanges', reader);
    expect(copied.changes).toMatchObject([{ kind: 'UPSERT', number }]);
    expect(await run('AppReference', { languages: ['fr'] })).toBeDefined();
    const slug = '701-26-a-title';
    expect(await run('SiteRelease', { slug, ...reader })).toMatchObject({ number });
    const firstPage = { ...reader, first: 5, withTotal: true, withAvailability: true };
    expect(await run('SiteList', firstPage)).toMatchObject({ edges: [{ node: { number } }] });
    expect(await run('SiteLanguages', { languages: ['fr'] })).toMatchObject({ releases: 1 });
    expect(await run('MemberStates', { on: '2012-09-10', languages: ['pt'] })).toHaveLength(35);
    expect(Array.isArray(await run('Topics', { languages: ['pt'] }))).toBe(true);
    expect(await run('LocaleBundle', { namespace: 'app' })).toMatchObject({ locale: 'EN' });
    // A subscription needs a stream: tests/clients/live.test.ts runs it.
    waiting.delete('ReleaseChanged');
    // tests/long/site-app.test.ts runs it.
    waiting.delete('AppChanged');
  });

  it('show staff what there is, and take a release back', async () => {
    const work = await run<{ totalCount: number }>('Worklist', { first: 100 }, editor);
    expect(work.totalCount).toBeGreaterThan(0);
    const all = await run<{ totalCount: number }>('EditorialReleases', { first: 100 }, editor);
    expect(all.totalCount).toBe(1);
    expect(await run('EditorialRelease', { number }, editor)).toMatchObject({ id: releaseId });
    const retracted = await run<Outcome>(
      'Retract',
      input({ releaseId, reason: 'An error' }),
      editor,
    );
    expect(retracted.__typename).toBe('EditionPayload');
    const entry = { namespace: 'mobile', key: 'hello', locale: 'EN', value: 'Hello' };
    const admin = gateway.as('ADMIN');
    const saved = await run<Outcome>(
      'SaveLocaleEntry',
      input({ ...entry, expectedRevision: 0 }),
      admin,
    );
    expect(saved.__typename).toBe('LocaleEntryPayload');
    expect(await run('LocaleEntries', { filter: { namespace: ['mobile'] } }, admin)).toMatchObject({
      totalCount: 4,
    });
  });

  it('have all been run', () => {
    expect([...waiting]).toEqual([]);
  });
});
