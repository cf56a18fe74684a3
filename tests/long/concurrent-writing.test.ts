import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { ENTITIES } from '../../src/cli/database.js';
import { ReferenceCache } from '../../src/features/audience/index.js';
import { replayStory } from '../../src/features/import/index.js';
import { type Locale, TAG_OF } from '../../src/kernel/locale.js';
import { globalId } from '../../src/platform/graphql/schema/global-id.js';
import { aRelease } from '../support/a-release.js';
import { gateway } from '../support/command-line.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type Served, serveBuilt } from '../support/served.js';
import type { Outcome } from '../support/translating.js';

const EDITS = 1_000;
/** How many edits each translator has under way at once. */
const AT_ONCE = 4;
const EDITS_PER_LOCALE = 25;

let test: TestDatabase;
let servers: Served[] = [];
let origins: string[] = [];

beforeAll(async () => {
  test = await createTestDatabase({ entities: ENTITIES });
  const env = { DATABASE_URL: test.ownerUrl, DEV_TOKENS: '1', LOG_LEVEL: 'error' };
  servers = [serveBuilt(env), serveBuilt(env)];
  origins = await Promise.all(servers.map(({ origin }) => origin));
}, 180_000);
afterAll(async () => {
  for (const { process: child } of servers) if (child.exitCode === null) child.kill('SIGTERM');
  await Promise.all(servers.map(({ outcome }) => outcome));
  await test.drop();
});

async function tokenFor(line: string): Promise<string> {
  const env = { DATABASE_URL: test.ownerUrl, DEV_TOKENS: '1' };
  const { code, stdout, stderr } = await gateway(['token', ...line.split(' ')], env);
  if (code !== 0) throw new Error(stderr);
  return stdout.trim();
}

/** Begins a release in English. @returns its id in the database */
async function begin(number: string): Promise<string> {
  const story = aRelease(number).in('EN', { title: 'A Roundtable', body: ['First.', 'Second.'] });
  await replayStory(test.database.dataSource, new ReferenceCache(), story.story(), 'test');
  const [row] = await test.database.dataSource.query<{ id: string }[]>(
    'SELECT id FROM authoring.release WHERE number = $1',
    [number],
  );
  return row?.id ?? '';
}

async function send<T>(
  origin: string,
  token: string,
  query: string,
  variables: object,
): Promise<T> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: T; errors?: unknown[] };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

const SAVE = `mutation ($input: SaveTranslationInput!) { result: saveTranslation(input: $input) { __typename
  ... on TranslationPayload { translation { revision } }
  ... on RevisionConflict { currentRevision conflicts { key base theirs yours sourceChanged } } } }`;

const REVISE = `mutation ($input: ReviseOriginalInput!) { result: reviseOriginal(input: $input) { __typename } }`;

async function digestOf(releaseId: string, locale: Locale, token: string): Promise<string> {
  const { translation } = await send<{
    translation: { segments: { key: string; sourceDigest: string }[] };
  }>(
    origins[0] ?? '',
    token,
    `query ($releaseId: ID!, $locale: Locale!) {
      translation(releaseId: $releaseId, locale: $locale) { segments { key sourceDigest } } }`,
    { releaseId, locale },
  );
  return translation.segments.find(({ key }) => key === 'b1')?.sourceDigest ?? '';
}

interface Attempt {
  readonly text: string;
  readonly outcome: Outcome;
}

/** Someone who writes one paragraph again and again, on whatever they last saw. */
class Writer {
  private seen = 0;
  readonly attempts: Attempt[] = [];

  constructor(
    private readonly origin: string,
    private readonly token: string,
    private readonly input: object,
    private readonly sourceDigest: string,
  ) {}

  async write(text: string): Promise<void> {
    const segments = [{ key: 'b1', text, sourceDigest: this.sourceDigest }];
    const input = { ...this.input, expectedRevision: this.seen, segments };
    const { result } = await send<{ result: Outcome }>(this.origin, this.token, SAVE, { input });
    this.attempts.push({ text, outcome: result });
    const now = result.translation?.revision ?? result.currentRevision ?? 0;
    this.seen = Math.max(this.seen, now);
  }
}

async function historyOf(releaseId: string, locale: Locale) {
  return test.database.dataSource.query<{ revision: number; text: string }[]>(
    `SELECT revision, s ->> 'text' AS text
       FROM authoring.translation_revision, jsonb_array_elements(segments) AS s
      WHERE release_id = $1 AND locale = $2 AND s ->> 'key' = 'b1' ORDER BY revision`,
    [releaseId, locale],
  );
}

it('two translators of one text lose nothing: who comes second has both texts', async () => {
  const uuid = await begin('1/25');
  const releaseId = globalId('EditorialRelease', uuid);
  const tokens = await Promise.all([
    tokenFor('--role translator --locale fr --name Amélie'),
    tokenFor('--role translator --locale fr --name Bastien'),
  ]);
  const digest = await digestOf(releaseId, 'FR', tokens[0] ?? '');
  const writers = tokens.map((token, index) => {
    return new Writer(origins[index] ?? '', token, { releaseId, locale: 'FR' }, digest);
  });
  const begun = Date.now();
  let next = 0;
  const work = async (writer: Writer): Promise<void> => {
    while (next < EDITS) await writer.write(`Texte ${next++}.`);
  };
  await Promise.all(
    writers.flatMap((writer) => Array.from({ length: AT_ONCE }, () => work(writer))),
  );
  const seconds = (Date.now() - begun) / 1_000;

  const attempts = writers.flatMap((writer) => writer.attempts);
  const won = attempts.filter(({ outcome }) => outcome.__typename === 'TranslationPayload');
  const lost = attempts.filter(({ outcome }) => outcome.__typename === 'RevisionConflict');
  const history = await historyOf(uuid, 'FR');
  const textOf = new Map(history.map(({ revision, text }) => [revision, text]));
  process.stdout.write(
    `1,000 edits on two servers in ${seconds.toFixed(1)} s: ${won.length} saved, ` +
      `${lost.length} refused; rows of history ${history.length}, revision ${history.at(-1)?.revision}\n`,
  );

  expect([attempts.length, won.length + lost.length]).toEqual([EDITS, EDITS]);
  expect(history.map(({ revision }) => revision)).toEqual(won.map((_, index) => index + 1));
  for (const { text, outcome } of won) {
    expect(textOf.get(outcome.translation?.revision ?? 0)).toBe(text);
  }
  for (const { text, outcome } of lost) {
    const [conflict] = outcome.conflicts ?? [];
    const theirs = textOf.get(outcome.currentRevision ?? 0);
    expect(conflict).toMatchObject({ key: 'b1', theirs, yours: text, sourceChanged: false });
    expect(conflict?.base === null || [...textOf.values()].includes(conflict?.base ?? '')).toBe(
      true,
    );
  }
  for (const writer of writers) {
    expect(writer.attempts.some(({ outcome }) => outcome.translation)).toBe(true);
  }
  expect(lost.length).toBeGreaterThan(0);
}, 240_000);

it('four locales at once are in nobody’s way', async () => {
  const uuid = await begin('2/25');
  const releaseId = globalId('EditorialRelease', uuid);
  const editor = await tokenFor('--role editor --name Ana');
  const revise = async (): Promise<Attempt[]> => {
    const attempts: Attempt[] = [];
    for (let edit = 1; edit <= EDITS_PER_LOCALE; edit += 1) {
      const text = `Second, version ${edit}.`;
      const segments = [
        { key: 'title', kind: 'TITLE', text: 'A Roundtable' },
        { key: 'b1', kind: 'PARAGRAPH', text: 'First.' },
        { key: 'b2', kind: 'PARAGRAPH', text },
      ];
      const input = { releaseId, expectedRevision: edit, change: 'SUBSTANTIVE', segments };
      const origin = origins[edit % 2] ?? '';
      const { result } = await send<{ result: Outcome }>(origin, editor, REVISE, { input });
      attempts.push({ text, outcome: result });
    }
    return attempts;
  };
  const translate = async (locale: Locale, index: number): Promise<Attempt[]> => {
    const token = await tokenFor(`--role translator --locale ${TAG_OF[locale]}`);
    const digest = await digestOf(releaseId, locale, token);
    const writer = new Writer(origins[index % 2] ?? '', token, { releaseId, locale }, digest);
    for (let edit = 1; edit <= EDITS_PER_LOCALE; edit += 1) await writer.write(`${locale} ${edit}`);
    return writer.attempts;
  };
  const others = (['ES', 'FR', 'PT'] as const).map(translate);
  const all = (await Promise.all([revise(), ...others])).flat();
  const names = all.map(({ outcome }) => outcome.__typename);
  const conflicts = names.filter((name) => name === 'RevisionConflict').length;
  process.stdout.write(`Four locales at once: ${names.length} edits, ${conflicts} conflicts\n`);
  expect(new Set(names)).toEqual(new Set(['TranslationPayload', 'ReleasePayload']));
  for (const locale of ['ES', 'FR', 'PT'] as const) {
    expect(await historyOf(uuid, locale)).toHaveLength(EDITS_PER_LOCALE);
  }
  expect(await historyOf(uuid, 'EN')).toHaveLength(EDITS_PER_LOCALE + 1);
}, 240_000);
