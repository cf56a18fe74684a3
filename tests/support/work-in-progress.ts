import type { Locale } from '../../src/kernel/locale.js';
import { parseGlobalId } from '../../src/platform/graphql/schema/global-id.js';
import type { StaffClient, TestApp } from './app.js';
import {
  CREATE,
  EDITORIAL_RELEASE,
  PUBLISH,
  type ReleaseResult,
  REVISE,
  SAVE,
  type Step,
  step,
  UPDATE,
} from './staff-documents.js';

/** A release that is written, discussed, approved and scheduled, and that no reader may know of. */
export const SCHEDULED = '81351/19';

const COMMENT = `mutation ($input: CommentInput!) { addComment(input: $input) { __typename
  ... on CommentPayload { comment { id } } } }`;
const RESOLVE = `mutation ($id: ID!) { resolveComment(id: $id) { __typename } }`;
const ASSIGN = `mutation ($input: AssignInput!) { assignTranslation(input: $input) { __typename } }`;
const WHO = '{ viewer { account { id } } }';

/**
 * All that staff do before something is public, through their mutations, with `canary` in every text of it; then the
 * same on releases that are public. @returns the bare id of the scheduled release
 */
export async function workOn(gateway: TestApp, canary: string, lure: string): Promise<string> {
  const editor = gateway.as('EDITOR', null, `Editor ${canary}`);
  const translator = gateway.as('TRANSLATOR', 'FR', `Translator ${canary}`);
  const reviser = gateway.as('REVISER', null, `Reviser ${canary}`);
  const texts = (what: string) => [
    { kind: 'TITLE', text: `${what}: ${lure} ${canary} agreement` },
    { kind: 'SUMMARY', text: `Summary ${canary} of ${lure}.` },
    { kind: 'PARAGRAPH', text: `A paragraph about ${lure} and ${canary}.` },
  ];

  const created = await done<{ release: ReleaseResult }>(editor, CREATE, {
    input: {
      number: SCHEDULED,
      type: 'ADVISORY',
      date: '2019-03-07',
      originalLocale: 'ES',
      audiences: ['GY', 'HT'],
      mentions: ['GY'],
      segments: texts('Scheduled'),
    },
  });
  const releaseId = created.release.id;
  await done(editor, UPDATE, { input: { releaseId, expectedRevision: 1, mentions: ['GY', 'SR'] } });
  const { account } = await done<{ account: { id: string } }>(translator, WHO, {});
  const due = { dueAt: '2030-01-01T00:00:00Z', assigneeId: account.id };
  await done(editor, ASSIGN, { input: { releaseId, locale: 'FR', ...due } });

  await translate(editor, translator, releaseId, `Traduit: ${lure} ${canary}`);
  await take(editor, translator, releaseId, 'submitTranslation', 'FR');
  await take(editor, reviser, releaseId, 'requestChanges', 'FR', `Too much ${canary}`);
  await take(editor, translator, releaseId, 'submitTranslation', 'FR');
  const body = `Where does ${lure} come from? ${canary}`;
  const comment = { releaseId, locale: 'FR', segmentKey: 'title', body };
  const added = await done<{ comment: { id: string } }>(translator, COMMENT, { input: comment });
  await done(reviser, RESOLVE, { id: added.comment.id });
  await take(editor, editor, releaseId, 'submitTranslation', 'ES');
  for (const locale of ['ES', 'FR'] as const) {
    await take(editor, reviser, releaseId, 'approveTranslation', locale);
  }
  const plan = { releaseId, at: '2029-01-01T00:00:00Z' };
  const scheduled = await done<{ __typename: string }>(editor, PUBLISH, { input: plan });
  if (scheduled.__typename !== 'EditionPayload') throw new Error(JSON.stringify(scheduled));

  await onWhatIsPublic(editor, translator, texts('Next'), canary);
  const [uuid] = parseGlobalId(releaseId)?.parts ?? [];
  return String(uuid);
}

/** New work on a release that readers have: none of it is theirs. */
async function onWhatIsPublic(
  editor: StaffClient,
  translator: StaffClient,
  segments: object[],
  canary: string,
): Promise<void> {
  const release = await find(editor, { number: '701/19' });
  const input = { releaseId: release.id, expectedRevision: 1, change: 'SUBSTANTIVE', segments };
  await done(editor, REVISE, { input });
  await translate(editor, translator, release.id, `Nouveau ${canary}`);
  const facts = { releaseId: release.id, expectedRevision: release.revision, audiences: ['GY'] };
  await done(editor, UPDATE, { input: facts });
}

async function translate(editor: StaffClient, by: StaffClient, id: string, text: string) {
  const { translations } = await find(editor, { id });
  const french = translations.find(({ locale }) => locale === 'FR');
  const segments = french?.segments.map(({ key, sourceDigest }) => ({ key, sourceDigest, text }));
  const expectedRevision = french?.revision;
  const input = { releaseId: id, locale: 'FR', expectedRevision, segments };
  const saved = await done<{ __typename: string }>(by, SAVE, { input });
  if (saved.__typename !== 'TranslationPayload') throw new Error(JSON.stringify(saved));
}

async function take(
  editor: StaffClient,
  by: StaffClient,
  releaseId: string,
  name: Step,
  locale: Locale,
  comment?: string,
): Promise<void> {
  const { translations } = await find(editor, { id: releaseId });
  const expectedRevision = translations.find((text) => text.locale === locale)?.revision;
  const input = { releaseId, locale, expectedRevision, comment };
  const outcome = await done<{ __typename: string }>(by, step(name), { input });
  if (outcome.__typename !== 'TranslationPayload') throw new Error(JSON.stringify(outcome));
}

function find(who: StaffClient, variables: object): Promise<ReleaseResult> {
  return done<ReleaseResult>(who, EDITORIAL_RELEASE, variables);
}

/** What the one field of an operation came to. */
async function done<T>(who: StaffClient, document: string, variables: object): Promise<T> {
  const { data, errors } = await who.mutate<Record<string, T>>(document, { variables });
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  return Object.values(data)[0] as T;
}
