import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type App, createApp } from '../../src/app/app.js';
import { LOCALES } from '../../src/kernel/locale.js';
import { Authenticator } from '../../src/platform/auth/authenticator.js';
import { loadMessages } from '../../src/platform/i18n/messages.js';
import { createLog } from '../../src/platform/log.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type StaffClient, type TestApp } from '../support/app.js';
import { eventually } from '../support/publishing.js';

const NOW = new Date('2026-06-01T12:00:00Z');
const TODAY = '2026-06-01';

let gateway: TestApp;
let admin: StaffClient;
/** Another node on the same database. */
let other: App;

beforeAll(async () => {
  gateway = await createTestApp({ now: NOW });
  admin = gateway.as('ADMIN', null, 'Rosa Quispe');
  other = await createApp({
    database: gateway.database,
    authenticator: new Authenticator([gateway.tokens]),
    messages: loadMessages(),
    localeOrder: LOCALES,
    log: createLog('silent'),
    now: () => NOW,
  });
});
afterAll(async () => {
  await other.close();
  await gateway.close();
});

const sql = <T = object>(text: string, values: unknown[] = []) =>
  gateway.database.dataSource.query<T[]>(text, values);

/** What a reader finds on both nodes. */
async function onBoth<T>(query: string): Promise<T> {
  const here = await gateway.query<T>(query);
  const there = await other.http.inject({ method: 'POST', url: '/graphql', payload: { query } });
  expect(JSON.parse(there.body)).toEqual({ data: here.data });
  return here.data;
}

const RULE =
  'id audience { code } type validFrom validTo requiredLocales fallbackChain stalePolicy';

interface Rule {
  readonly id: string;
  readonly audience: { readonly code: string };
  readonly type: string | null;
  readonly validFrom: string;
  readonly requiredLocales: readonly string[];
  readonly fallbackChain: readonly string[];
  readonly stalePolicy: string;
}

interface RuleOutcome {
  readonly __typename: string;
  readonly rule: Rule;
  readonly code: string;
  readonly path: readonly string[] | null;
}

async function setRule(input: object): Promise<RuleOutcome> {
  const { data, errors } = await admin.mutate<{ setAudienceRule: RuleOutcome }>(
    `mutation ($input: AudienceRuleInput!) { setAudienceRule(input: $input) {
       __typename ... on AudienceRulePayload { rule { ${RULE} } } ... on ValidationProblem { code path } } }`,
    { variables: { input } },
  );
  expect(errors).toEqual([]);
  return data.setAudienceRule;
}

async function rules(audience: string | null, on: string | null): Promise<readonly Rule[]> {
  const { data } = await admin.query<{ audienceRules: Rule[] }>(
    `query ($audience: CountryCode, $on: Date) { audienceRules(audience: $audience, on: $on) { ${RULE} } }`,
    { variables: { audience, on } },
  );
  return data.audienceRules;
}

interface Logged {
  readonly kind: string;
  readonly audience: string | null;
  readonly topic: string | null;
}

async function logAfter(seq: number): Promise<Logged[]> {
  return sql<Logged>(
    'SELECT kind, audience, topic FROM published.change_log WHERE seq > $1 ORDER BY seq',
    [seq],
  );
}

const lastSeq = async () =>
  Number((await sql<{ seq: number }>('SELECT seq FROM published.change_log_head'))[0]?.seq);

const served = (number: string, audience: string) =>
  `{ release(number: "${number}") { localized(audience: "${audience}") { title { lang } } } }`;

interface Served {
  readonly release: { readonly localized: { readonly title: { readonly lang: string } } };
}

const tagOf = ({ release }: Served) => release.localized.title.lang;

describe('an audience rule', () => {
  it('that begins today is what readers get, on all nodes, and is in the change log', async () => {
    await gateway.given(aRelease('501/12').in('EN').in('ES').in('FR').published());
    expect(tagOf(await onBoth<Served>(served('501/12', 'HT')))).toBe('fr');
    const seq = await lastSeq();
    const input = { audience: 'HT', validFrom: TODAY, fallbackChain: ['ES', 'FR', 'ES'] };
    const { rule } = await setRule(input);
    expect(rule).toMatchObject({
      audience: { code: 'HT' },
      type: null,
      validFrom: TODAY,
      requiredLocales: ['FR'],
      fallbackChain: ['ES', 'FR'],
      stalePolicy: 'SERVE',
    });
    expect(tagOf(await onBoth<Served>(served('501/12', 'HT')))).toBe('es');
    expect(await logAfter(seq)).toEqual([{ kind: 'RULE', audience: 'HT', topic: null }]);
    // The same again changes nothing.
    expect((await setRule(input)).rule.id).toBe(rule.id);
    expect(await logAfter(seq)).toHaveLength(1);
  });

  it('replaces the one of the same first day, and takes over what it leaves open', async () => {
    await setRule({ audience: 'SR', validFrom: TODAY, stalePolicy: 'WITHHOLD' });
    const first = await setRule({
      audience: 'SR',
      validFrom: TODAY,
      requiredLocales: ['EN', 'ES'],
    });
    expect(first.rule).toMatchObject({ stalePolicy: 'WITHHOLD', requiredLocales: ['EN', 'ES'] });
    expect(await rules('SR', null)).toHaveLength(2);
    expect(await rules('SR', '2020-01-01')).toMatchObject([{ requiredLocales: ['EN'] }]);
    expect(await rules('SR', TODAY)).toMatchObject([{ requiredLocales: ['EN', 'ES'] }]);
  });

  it('for one type stands beside the one for all', async () => {
    const type = 'SPEECH';
    await setRule({ audience: 'BR', type, validFrom: '2020-01-01', requiredLocales: ['PT', 'ES'] });
    expect((await rules('BR', TODAY)).map((rule) => rule.type)).toEqual([null, 'SPEECH']);
    expect((await rules('BR', '2019-12-31')).map((rule) => rule.type)).toEqual([null]);
    const query = `{ memberState(code: "BR") {
      speech: requiredLocales(type: SPEECH) general: requiredLocales } }`;
    expect(await onBoth(query)).toEqual({
      memberState: { speech: ['PT', 'ES'], general: ['PT'] },
    });
    expect(await rules(null, TODAY)).toHaveLength(36);
  });

  it('is refused with the place of what is wrong in the input', async () => {
    const tries = [
      { audience: 'ZZ', validFrom: TODAY },
      { audience: 'CA', validFrom: TODAY, requiredLocales: ['PT'] },
      { audience: 'CA', validFrom: TODAY, fallbackChain: [] },
      { audience: 'CA', validFrom: '1900-01-01', stalePolicy: 'SERVE' },
    ];
    const outcomes = [];
    for (const input of tries) outcomes.push(await setRule(input));
    expect(outcomes.map(({ code, path }) => [code, path?.join('.')])).toEqual([
      ['COUNTRY_UNKNOWN', 'audience'],
      ['RULE_CHAIN_LACKS', 'requiredLocales'],
      ['RULE_CHAIN_EMPTY', 'fallbackChain'],
      ['RULE_NOTHING_BEFORE', 'validFrom'],
    ]);
  });

  it('is set by administrators, and read by staff', async () => {
    const mutation = `mutation { setAudienceRule(input: { audience: "CA", validFrom: "${TODAY}" }) { __typename } }`;
    const query = '{ audienceRules(audience: "CA") { id } }';
    for (const who of [gateway.as('EDITOR'), gateway.as('TRANSLATOR')]) {
      expect((await who.mutate(mutation)).errors[0]?.extensions.code).toBe('FORBIDDEN');
      expect((await who.query(query)).errors).toEqual([]);
    }
    expect((await gateway.query(query)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect((await gateway.query(mutation)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('takes effect by itself on its first day, and is logged once by any number of nodes', async () => {
    const seq = await lastSeq();
    // The day comes by the database's clock, which is later than this test's.
    await sql(
      `INSERT INTO reference.audience_rule
         (audience, valid_from, valid_to, required_locales, fallback_chain, stale_policy)
       VALUES ('JM', (now() AT TIME ZONE 'UTC')::date, NULL, '{EN}', '{EN,FR}', 'WITHHOLD'),
              ('JM', DATE '2001-01-01', (now() AT TIME ZONE 'UTC')::date, '{EN}', '{EN}', 'SERVE'),
              ('JM', (now() AT TIME ZONE 'UTC')::date + 1, NULL, '{EN}', '{EN}', 'SERVE')`,
    );
    await eventually(async () => (await logAfter(seq)).length >= 3);
    // A second turn of the clock finds nothing more to log.
    await sql(
      `INSERT INTO reference.audience_rule
         (audience, valid_from, required_locales, fallback_chain, stale_policy)
       VALUES ('TT', (now() AT TIME ZONE 'UTC')::date, '{EN}', '{EN,FR}', 'WITHHOLD')`,
    );
    const logged = await eventually(async () => {
      const entries = await logAfter(seq);
      return entries.some(({ audience }) => audience === 'TT') ? entries : null;
    });
    expect(logged.map(({ kind, audience }) => `${kind} ${audience}`)).toEqual([
      'RULE JM',
      'RULE JM',
      'RULE JM',
      'RULE TT',
    ]);
  });
});

describe('a topic', () => {
  interface Saved {
    readonly __typename: string;
    readonly topic: { readonly slug: string; readonly name: { readonly value: string } };
    readonly code: string;
    readonly path: readonly string[] | null;
  }

  async function save(slug: string, names: Record<string, string>): Promise<Saved> {
    const list = Object.entries(names).map(([locale, name]) => ({
      locale: locale.slice(0, 2),
      name,
    }));
    const { data, errors } = await admin.mutate<{ saveTopic: Saved }>(
      `mutation ($input: TopicInput!) { saveTopic(input: $input) { __typename
         ... on TopicPayload { topic { slug name(languages: ["fr"]) { value } } }
         ... on ValidationProblem { code path } } }`,
      { variables: { input: { slug, names: list } } },
    );
    expect(errors).toEqual([]);
    return data.saveTopic;
  }

  it('is named, and readers on all nodes see it; other names stay', async () => {
    const seq = await lastSeq();
    expect(await save('water', { EN: 'Water', FR: 'Eau' })).toMatchObject({
      __typename: 'TopicPayload',
      topic: { slug: 'water', name: { value: 'Eau' } },
    });
    await save('water', { FR: ' L’eau ' });
    await save('water', { FR: 'L’eau' });
    const query =
      '{ topics { slug en: name(languages: ["en"]) { value } fr: name(languages: ["fr"]) { value } } }';
    expect(await onBoth(query)).toEqual({
      topics: [{ slug: 'water', en: { value: 'Water' }, fr: { value: 'L’eau' } }],
    });
    const logged = await logAfter(seq);
    expect(logged.map(({ kind }) => kind)).toEqual(['TOPIC', 'TOPIC']);
    expect(new Set(logged.map(({ topic }) => topic)).size).toBe(1);
  });

  it('is refused where its name or its slug will not do', async () => {
    const outcomes = [
      await save('Water', { EN: 'Water' }),
      await save('water--supply', { EN: 'Water' }),
      await save('w'.repeat(81), { EN: 'Water' }),
      await save('rivers', { EN: ' ' }),
      await save('rivers', { EN: 'Rivers', FR: 'x'.repeat(201) }),
      await save('rivers', { EN: 'Rivers\nand lakes' }),
      await save('rivers', { EN: 'Rivers', EN2: 'Streams' }),
    ];
    expect(outcomes.map(({ code, path }) => [code, path?.join('.')])).toEqual([
      ['TOPIC_SLUG_UNUSABLE', 'slug'],
      ['TOPIC_SLUG_UNUSABLE', 'slug'],
      ['TOPIC_SLUG_UNUSABLE', 'slug'],
      ['TOPIC_NAME_UNUSABLE', 'names.0.name'],
      ['TOPIC_NAME_UNUSABLE', 'names.1.name'],
      ['TOPIC_NAME_UNUSABLE', 'names.0.name'],
      ['LOCALE_TWICE', 'names.1.locale'],
    ]);
    expect(await onBoth('{ topics { slug } }')).toEqual({ topics: [{ slug: 'water' }] });
  });
});
