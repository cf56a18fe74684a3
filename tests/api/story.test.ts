import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import type { Locale } from '../../src/kernel/locale.js';
import { createTestApp, type StaffClient, type TestApp } from '../support/app.js';
import {
  CONFIRM,
  CREATE,
  EDITORIAL_RELEASE,
  PUBLISH,
  READY,
  type ReleaseResult,
  RETRACT,
  REVISE,
  SAVE,
  type SegmentResult,
  type Step,
  step,
  TRANSLATION_OF,
} from '../support/staff-documents.js';

/** From a missing language to a published edition, and what comes after; each test goes on where the last one ended. */
const NUMBER = '305/26';
const TEXTS: Record<Exclude<Locale, 'ES'>, Record<string, string>> = {
  EN: { title: 'States agree on *ports*', b1: 'Nine ports will open.', b2: 'Work begins in May.' },
  FR: {
    title: 'Accord sur les *ports*',
    b1: 'Neuf ports ouvriront.',
    b2: 'Les travaux débutent en mai.',
  },
  PT: {
    title: 'Acordo sobre os *portos*',
    b1: 'Nove portos vão abrir.',
    b2: 'As obras começam em maio.',
  },
};

let gateway: TestApp;
let admin: StaffClient;
let ana: StaffClient;
let luis: StaffClient;
let releaseId: string;

const translator = (locale: Locale) => gateway.as('TRANSLATOR', locale);
const reviser = (locale: Locale) => gateway.as('REVISER', locale);

beforeAll(async () => {
  gateway = await createTestApp({ now: new Date() });
  admin = gateway.as('ADMIN');
  ana = gateway.as('EDITOR', null, 'Ana Prensa');
  luis = gateway.as('EDITOR', null, 'Luis Prensa');
}, 240_000);
afterAll(() => gateway.close());

/** What the one field of an operation came to. */
async function done<T>(who: StaffClient, document: string, variables: object): Promise<T> {
  const { data, errors } = await who.mutate<Record<string, T>>(document, { variables });
  expect(errors).toEqual([]);
  const [outcome] = Object.values(data);
  return outcome as T;
}

interface TranslationOutcome {
  readonly __typename: string;
  readonly translation: { revision: number; state: string; segments: SegmentResult[] };
}
interface Unmet {
  readonly audience: string | null;
  readonly locale: string;
  readonly reason: string;
  readonly blocking: boolean;
}
interface EditionOutcome {
  readonly __typename: string;
  readonly edition: number | null;
  readonly locales: string[];
  readonly publishedAt: string | null;
  readonly scheduledFor: string | null;
  readonly readiness: { readonly ready: boolean; readonly unmet: readonly Unmet[] };
  readonly release: {
    readonly published: { edition: number } | null;
    readonly retractedAt: string | null;
  };
}

const translation = (locale: Locale) =>
  done<TranslationOutcome['translation']>(ana, TRANSLATION_OF, { releaseId, locale });

async function write(locale: Exclude<Locale, 'ES'>, texts: Record<string, string>) {
  const { revision, segments } = await translation(locale);
  const targets = segments
    .filter(({ key }) => key in texts)
    .map(({ key, sourceDigest }) => ({ key, sourceDigest, text: texts[key] }));
  const input = { releaseId, locale, expectedRevision: revision, segments: targets };
  const saved = await done<TranslationOutcome>(translator(locale), SAVE, { input });
  expect(saved.__typename).toBe('TranslationPayload');
}

async function take(
  who: StaffClient,
  name: Step,
  locale: Locale,
  comment?: string,
): Promise<string> {
  const { revision } = await translation(locale);
  const input = { releaseId, locale, expectedRevision: revision, comment };
  const outcome = await done<TranslationOutcome>(who, step(name), { input });
  return outcome.__typename === 'TranslationPayload'
    ? outcome.translation.state
    : outcome.__typename;
}

const bring = async (locale: Locale): Promise<void> => {
  const writer = locale === 'ES' ? ana : translator(locale);
  expect(await take(writer, 'submitTranslation', locale)).toBe('IN_REVIEW');
  expect(await take(reviser(locale), 'approveTranslation', locale)).toBe('APPROVED');
};

const PUBLIC = `query Public($number: String!) {
  release(number: $number) { edition locales { locale status freshness }
    availability(audience: "HT") { servedLocale isFallback status resolution { trail { locale outcome } } }
    localized(languages: ["fr"], audience: "HT") { resolution { locale } title { value } } }
  releases(search: "puertos OR ports OR portos") { totalCount }
  topics { slug } }`;

interface PublicResponse {
  readonly release: {
    readonly edition: number;
    readonly locales: { locale: string; status: string; freshness: string | null }[];
    readonly availability: {
      servedLocale: string | null;
      isFallback: boolean;
      resolution: { trail: { locale: string; outcome: string }[] };
    };
    readonly localized: { resolution: { locale: string }; title: { value: string } };
  } | null;
  readonly releases: { readonly totalCount: number };
}

async function readers(): Promise<PublicResponse> {
  const { data, errors } = await gateway.query<PublicResponse>(PUBLIC, {
    variables: { number: NUMBER },
  });
  expect(errors).toEqual([]);
  return data;
}

it('begins: Haiti withholds what is stale; a release for three states lacks three languages', async () => {
  const validFrom = new Date().toISOString().slice(0, 10);
  const rule = await done<{ __typename: string; rule: object }>(
    admin,
    `mutation Rule($input: AudienceRuleInput!) { setAudienceRule(input: $input) { __typename
      ... on AudienceRulePayload { rule { stalePolicy requiredLocales fallbackChain } } } }`,
    { input: { audience: 'HT', validFrom, stalePolicy: 'WITHHOLD' } },
  );
  expect(rule).toMatchObject({ rule: { stalePolicy: 'WITHHOLD', requiredLocales: ['FR'] } });

  const created = await done<{ release: ReleaseResult }>(ana, CREATE, {
    input: {
      number: NUMBER,
      type: 'PRESS_RELEASE',
      date: validFrom,
      originalLocale: 'ES',
      publishPolicy: 'SIMULTANEOUS',
      audiences: ['BR', 'HT', 'CA'],
      segments: [
        { kind: 'TITLE', text: 'Acuerdo sobre los *puertos*' },
        { kind: 'PARAGRAPH', text: 'Nueve puertos abrirán.' },
        { kind: 'PARAGRAPH', text: 'Las obras comienzan en mayo.' },
      ],
    },
  });
  releaseId = created.release.id;
  const { ready, unmet } = await done<EditionOutcome['readiness']>(ana, READY, { releaseId });
  expect(ready).toBe(false);
  const lines = unmet.map(({ audience, locale, reason, blocking }) =>
    [audience, locale, reason, blocking].join(' '),
  );
  expect(lines.sort()).toEqual([
    ' ES NOT_APPROVED true',
    'BR PT NOT_STARTED true',
    'CA EN NOT_STARTED true',
    'CA FR NOT_STARTED true',
    'HT FR NOT_STARTED true',
  ]);
});

it('translators write, a reviser returns one text, and all are approved', async () => {
  for (const locale of ['EN', 'FR', 'PT'] as const) await write(locale, TEXTS[locale]);
  expect(await take(translator('FR'), 'submitTranslation', 'FR')).toBe('IN_REVIEW');
  expect(await take(reviser('FR'), 'requestChanges', 'FR', '« Accord » suffit ?')).toBe(
    'CHANGES_REQUESTED',
  );
  await write('FR', { title: 'Un accord sur les *ports*' });
  for (const locale of ['EN', 'FR', 'PT', 'ES'] as const) await bring(locale);
  const { ready } = await done<EditionOutcome['readiness']>(ana, READY, { releaseId });
  expect(ready).toBe(true);
});

it('comes out in all four languages at its instant, and not a trace before', async () => {
  const at = new Date(Date.now() + 5_000);
  const outcome = await done<EditionOutcome>(ana, PUBLISH, { input: { releaseId, at } });
  expect(outcome).toMatchObject({ __typename: 'EditionPayload', edition: null });
  expect(new Date(outcome.scheduledFor ?? '')).toEqual(at);

  let seen = await readers();
  let reads = 0;
  while (!seen.release && Date.now() < at.getTime() + 10_000) {
    expect(seen).toMatchObject({ release: null, releases: { totalCount: 0 } });
    reads += 1;
    await pause(20);
    seen = await readers();
  }
  const delay = Date.now() - at.getTime();
  expect(reads).toBeGreaterThan(20);
  expect(delay).toBeGreaterThan(0);
  expect(delay).toBeLessThan(5_000);
  expect(seen.release?.edition).toBe(1);
  expect(seen.release?.locales.map(({ locale, status }) => `${locale} ${status}`)).toEqual([
    'EN PUBLISHED',
    'ES PUBLISHED',
    'FR PUBLISHED',
    'PT PUBLISHED',
  ]);
  expect(seen.releases.totalCount).toBe(1);
  expect(seen.release?.localized.title.value).toBe('Un accord sur les ports');
}, 240_000);

it('shows the staff exactly the segment that a new original makes stale; readers see no change', async () => {
  const before = await readers();
  const spanish = await translation('ES');
  const segments = spanish.segments.map(({ key, kind, target }) => {
    return { key, kind, text: key === 'b1' ? 'Doce puertos abrirán.' : (target ?? '') };
  });
  const input = { releaseId, expectedRevision: spanish.revision, change: 'SUBSTANTIVE', segments };
  const { release } = await done<{ release: ReleaseResult }>(ana, REVISE, { input });
  for (const { locale, isOriginal, freshness, segments: own } of release.translations) {
    if (isOriginal) continue;
    expect([locale, freshness]).toEqual([locale, 'STALE']);
    expect(
      own.filter((s) => s.freshness !== 'CURRENT').map(({ key, sourceWas }) => [key, sourceWas]),
    ).toEqual([['b1', 'Nueve puertos abrirán.']]);
  }
  expect(await readers()).toEqual(before);
});

it('publishes the Spanish alone with waivers: French is stale for readers, and Haiti moves on along its chain', async () => {
  expect(await take(ana, 'submitTranslation', 'ES')).toBe('IN_REVIEW');
  expect(await take(luis, 'approveTranslation', 'ES')).toBe('APPROVED');
  const refused = await done<EditionOutcome>(ana, PUBLISH, {
    input: { releaseId, locales: ['ES'] },
  });
  expect(refused.__typename).toBe('NotReadyProblem');
  const blocking = refused.readiness.unmet.filter((rule) => rule.blocking);
  expect(blocking.map(({ locale, reason }) => `${locale} ${reason}`).sort()).toEqual([
    'EN STALE',
    'FR STALE',
    'FR STALE',
    'PT STALE',
  ]);
  const waivers = ['EN', 'FR', 'PT'].map((locale) => ({ locale, reason: 'Urgent correction' }));
  const outcome = await done<EditionOutcome>(ana, PUBLISH, {
    input: { releaseId, locales: ['ES'], waivers },
  });
  expect(outcome).toMatchObject({ edition: 2, locales: ['ES'] });

  const { release } = await readers();
  expect(release?.edition).toBe(2);
  expect(release?.locales.map(({ locale, freshness }) => `${locale} ${freshness}`)).toEqual([
    'EN STALE',
    'ES CURRENT',
    'FR STALE',
    'PT STALE',
  ]);
  expect(release?.availability.servedLocale).toBe('ES');
  expect(release?.availability.resolution.trail[0]).toEqual({
    locale: 'FR',
    outcome: 'STALE_WITHHELD',
  });
  expect(release?.localized.resolution.locale).toBe('ES');
});

it('is whole again in a third edition: French confirmed, the others translated anew', async () => {
  const { revision } = await translation('FR');
  const input = { releaseId, locale: 'FR', expectedRevision: revision, keys: ['b1'] };
  const confirmed = await done<TranslationOutcome>(translator('FR'), CONFIRM, { input });
  expect(confirmed.translation).toMatchObject({ state: 'APPROVED', revision: revision + 1 });
  await write('EN', { b1: 'Twelve ports will open.' });
  await write('PT', { b1: 'Doze portos vão abrir.' });
  await bring('EN');
  await bring('PT');
  const outcome = await done<EditionOutcome>(ana, PUBLISH, { input: { releaseId } });
  expect(outcome).toMatchObject({ edition: 3, locales: ['EN', 'FR', 'PT'] });
  const { release } = await readers();
  expect(release?.locales.every(({ freshness }) => freshness === 'CURRENT')).toBe(true);
  expect(release?.availability).toMatchObject({ servedLocale: 'FR', isFallback: false });
});

it('is retracted: readers lose it, the staff still have all of it', async () => {
  const outcome = await done<EditionOutcome>(ana, RETRACT, {
    input: { releaseId, reason: 'Signed in error' },
  });
  expect(outcome).toMatchObject({ edition: 4, locales: ['EN', 'ES', 'FR', 'PT'] });
  expect(await readers()).toMatchObject({ release: null, releases: { totalCount: 0 } });
  const release = await done<ReleaseResult>(ana, EDITORIAL_RELEASE, { number: NUMBER });
  expect(release.retractedAt).not.toBeNull();
  expect(release.published).toBeNull();
  const { history } = await done<{
    history: { nodes: { action: string; by: { name: string }; comment: string | null }[] };
  }>(
    ana,
    `query History($releaseId: ID!) { translation(releaseId: $releaseId, locale: FR) {
      history(first: 100) { nodes { action comment by { name } } } } }`,
    { releaseId },
  );
  expect(history.nodes.map(({ action }) => action)).toEqual([
    'RETRACTED',
    'PUBLISHED',
    'CONFIRMED',
    'PUBLISHED',
    'APPROVED',
    'SUBMITTED',
    'SAVED',
    'CHANGES_REQUESTED',
    'SUBMITTED',
    'SAVED',
  ]);
  expect(history.nodes.at(-3)).toMatchObject({
    comment: '« Accord » suffit ?',
    by: { name: 'REVISER FR' },
  });
});
