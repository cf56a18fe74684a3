import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { ENTITIES } from '../../src/cli/database.js';
import { ReferenceCache } from '../../src/features/audience/index.js';
import { replayStory } from '../../src/features/import/index.js';
import { LOCALES, type Locale } from '../../src/kernel/locale.js';
import { aRelease, type ReleaseBuilder } from '../support/a-release.js';
import { gateway } from '../support/command-line.js';
import { Copy, type CopyContext } from '../support/copy.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type Served, serveBuilt } from '../support/served.js';
import { Staff } from '../support/staff.js';

const CONTEXTS: readonly CopyContext[] = [
  { languages: ['fr'], audience: 'HT' },
  { languages: ['en', 'fr'], audience: 'CA', coherence: 'FIELD' },
  { languages: ['pt'], coherence: 'STRICT', dateFrom: '2015-01-01' },
];

let test: TestDatabase;
let staff: Staff;
let env: NodeJS.ProcessEnv;
let server: Served;
let origin = '';
let token = '';

beforeAll(async () => {
  test = await createTestDatabase({ entities: ENTITIES });
  staff = new Staff(test.database);
  env = {
    DATABASE_URL: test.ownerUrl,
    DEV_TOKENS: '1',
    LOG_LEVEL: 'warn',
    PUBLIC_URL: 'https://press.example',
  };
  await start();
  token = (await gateway(['token', '--role', 'admin'], env)).stdout.trim();
}, 240_000);
afterAll(async () => {
  await stop();
  await test.drop();
});

async function start(): Promise<void> {
  server = serveBuilt(env);
  origin = await server.origin;
}

async function stop(): Promise<void> {
  if (server.process.exitCode === null) server.process.kill('SIGTERM');
  await server.outcome;
}

async function send<T>(query: string, { variables = {}, headers = {} }) {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors = [] } = (await response.json()) as { data: T; errors?: [] };
  return { status: response.status, headers: {}, data, errors };
}

const copyFor = (context: CopyContext) =>
  new Copy((query, request = {}) => send(query, request), context);

async function given(...stories: readonly ReleaseBuilder[]): Promise<void> {
  const cache = new ReferenceCache();
  for (const story of stories) {
    await replayStory(test.database.dataSource, cache, story.story(), 'test');
  }
}

async function mutate(field: string, type: string, input: object): Promise<void> {
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`;
  const headers = { authorization: `Bearer ${token}` };
  const { data, errors } = await send<Record<string, { __typename: string }>>(query, {
    variables: { input },
    headers,
  });
  expect({ errors, is: data[field]?.__typename }).toEqual({
    errors: [],
    is: expect.stringMatching(/Payload$/),
  });
}

const WAIVERS = LOCALES.map((locale) => ({ audience: null, locale, reason: 'for a test' }));
const publish = (number: string, locales: readonly Locale[] | null = null) =>
  staff.publish(number, locales, WAIVERS);
const text = (title: string) => ({
  title,
  summary: `${title}.`,
  body: [`About ${title}.`, 'More.'],
});
const rule = { audience: 'HT', validFrom: '2020-01-01', requiredLocales: ['FR'] };

/** What happens, and to whom it is metadata alone. */
const STEPS: readonly [name: string, act: () => Promise<unknown>][] = [
  [
    'a correction',
    async () => {
      await staff.revise('101/20', 'SUBSTANTIVE', text('Corrected'), 'APPROVED');
      await publish('101/20');
    },
  ],
  [
    'a new language',
    async () => {
      await staff.translate('102/20', 'ES', text('Nuevo'), 'APPROVED');
      await publish('102/20', ['ES']);
      await staff.translate('103/20', 'PT', text('Novo'), 'APPROVED');
      await publish('103/20', ['PT']);
    },
  ],
  ['the retraction of a language', () => staff.retract('101/20', ['ES'])],
  ['the retraction of the language served', () => staff.retract('104/20', ['FR'])],
  ['the retraction of a release', () => staff.retract('105/20')],
  [
    'a rule that withholds stale texts',
    () => mutate('setAudienceRule', 'AudienceRuleInput', { ...rule, stalePolicy: 'WITHHOLD' }),
  ],
  [
    'a rule that changes no more than the trail',
    () =>
      mutate('setAudienceRule', 'AudienceRuleInput', {
        ...{ ...rule, validFrom: '2021-01-01' },
        fallbackChain: ['FR', 'PT', 'ES', 'EN', 'ORIGINAL'],
      }),
  ],
  [
    'a restart of the server',
    async () => {
      await stop();
      await start();
    },
  ],
  [
    'a date that leaves the copy, and one that enters it',
    async () => {
      for (const [number, date] of [
        ['103/20', '2014-12-31'],
        ['106/20', '2016-01-01'],
      ] as const) {
        await staff.changeFacts(number, { date });
        await publish(number, ['PT']);
      }
    },
  ],
  [
    'the new name of a topic',
    () =>
      mutate('saveTopic', 'TopicInput', {
        slug: 'ports',
        names: [{ locale: 'FR', name: 'Les ports' }],
      }),
  ],
  [
    'new languages while the server is down',
    async () => {
      await stop();
      await staff.translate('101/20', 'PT', text('Corrigido'), 'APPROVED');
      await publish('101/20', ['PT']);
      await staff.translate('106/20', 'ES', text('Corregido'), 'APPROVED');
      await publish('106/20', ['ES']);
      await start();
    },
  ],
];

it('a copy in three contexts equals a fresh one in all of its fields, after every change', async () => {
  await given(
    aRelease('101/20').in('EN', text('A')).in('ES', text('B')).in('FR', text('C')).published(),
    aRelease('102/20')
      .about('ports')
      .mentioning('HT')
      .in('EN', text('A'))
      .in('FR', text('B'))
      .published(),
    aRelease('103/20').addressedTo('HT', 'CA').in('EN', text('A')).published(),
    aRelease('104/20').in('EN', text('A')).in('FR', text('B')).published(),
    aRelease('105/20').in('PT', text('A')).in('EN', text('B')).published(),
    aRelease('106/20').dated('2010-05-01').in('PT', text('A')).in('FR', text('B')).published(),
  );
  const copies = CONTEXTS.map(copyFor);
  for (const copy of copies) await copy.sync(2);
  for (const [step, act] of STEPS) {
    await act();
    for (const [index, copy] of copies.entries()) {
      await copy.sync(2);
      const fresh = copyFor(CONTEXTS[index] ?? {});
      await fresh.sync(100);
      expect({ step, context: CONTEXTS[index], content: copy.content }).toEqual({
        step,
        context: CONTEXTS[index],
        content: fresh.content,
      });
      expect(await copy.sync()).toEqual([]);
    }
  }
  for (const [index, copy] of copies.entries()) {
    const { changes, metadataChanges, held, resets } = copy;
    process.stderr.write(
      `copy for ${JSON.stringify(CONTEXTS[index])}: equal to a fresh one in all fields after each of ${STEPS.length} steps; ` +
        `${changes.length} changes, ${metadataChanges.length} of metadata alone, ${held.size} releases at the end, ${resets} resets\n`,
    );
    expect(metadataChanges.length).toBeGreaterThan(0);
    expect(held.size).toBeGreaterThan(0);
    expect(resets).toBe(0);
  }
}, 240_000);
