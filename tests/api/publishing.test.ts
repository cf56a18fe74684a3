import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { Locale } from '../../src/kernel/locale.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { asLines, PressOffice } from '../support/publishing.js';
import { Staff } from '../support/staff.js';

let gateway: TestApp;
let office: PressOffice;
let staff: Staff;

beforeAll(async () => {
  gateway = await createTestApp();
  office = new PressOffice(gateway);
  staff = new Staff(gateway.database);
});
afterAll(() => gateway.close());

const sql = <T = object>(text: string, values: unknown[] = []) =>
  gateway.database.dataSource.query<T[]>(text, values);

const simultaneous = (number: string) =>
  sql(`UPDATE authoring.release SET publish_policy = 'SIMULTANEOUS' WHERE number = $1`, [number]);

async function read(number: string) {
  const { data } = await gateway.query<{
    release: { edition: number; locales: { locale: Locale; status: string }[] } | null;
  }>('query ($number: String) { release(number: $number) { edition locales { locale status } } }', {
    variables: { number },
  });
  const { release } = data;
  if (!release) return null;
  const out = release.locales.filter(({ status }) => status === 'PUBLISHED');
  return `${release.edition}: ${out.map(({ locale }) => locale).join(' ')}`;
}

const body = ['One.', 'Two.'];

describe('an edition', () => {
  it('is published with every approved text, and reports what is new', async () => {
    await gateway.given(aRelease('301/12').in('ES').in('EN').in('PT'));
    await staff.translate('301/12', 'FR', { title: 'Brouillon', body });
    const first = await office.publish('301/12');
    expect(first).toMatchObject({ edition: 1, locales: ['EN', 'ES', 'PT'], scheduledFor: null });
    expect(first.release).toMatchObject({ published: { edition: 1 }, schedule: null });
    expect(Date.now() - Date.parse(first.publishedAt ?? '')).toBeLessThan(10_000);
    expect(await read('301/12')).toBe('1: EN ES PT');
  });

  it('is the present one where readers have just that already', async () => {
    await gateway.given(aRelease('302/12').in('ES').in('EN').published());
    expect(await office.publish('302/12')).toMatchObject({ edition: 1, locales: [] });
    expect(await office.publish('302/12', { locales: [] })).toMatchObject({ edition: 1 });
    expect(await read('302/12')).toBe('1: EN ES');
  });

  it('carries over what is not named, and always has the original', async () => {
    await gateway.given(aRelease('303/12').in('ES').in('EN').in('FR'));
    expect((await office.publish('303/12', { locales: ['EN'] })).locales).toEqual(['EN', 'ES']);
    expect((await office.publish('303/12', { locales: ['FR'] })).locales).toEqual(['FR']);
    expect(await read('303/12')).toBe('2: EN ES FR');
  });

  it('is refused for a text that is not ready, and all problems are reported', async () => {
    await gateway.given(aRelease('304/12').addressedTo('CA').in('ES').in('PT'));
    await staff.translate('304/12', 'EN', { title: 'Draft', body }, 'IN_REVIEW');
    const refused = await office.publish('304/12', { locales: ['EN', 'ES'] });
    expect(refused).toMatchObject({
      __typename: 'NotReadyProblem',
      code: 'PUBLICATION_NOT_READY',
      readiness: { ready: false },
    });
    expect(refused.message).toContain('The text in English has not been approved.');
    expect(asLines(refused.readiness.unmet)).toEqual(['! EN NOT_APPROVED', '- CA FR NOT_STARTED']);
    expect(await read('304/12')).toBeNull();
  });

  it('is refused with the place of what is wrong in the input', async () => {
    await gateway.given(aRelease('305/12').in('ES'));
    const waivers = [{ locale: 'EN' as const, reason: 'urgent' }];
    const tries = [
      { at: '2036-01-01T00:00:00Z' },
      { waivers: [...waivers, { locale: 'FR' as const, reason: '  ' }] },
      { waivers: [{ locale: 'FR' as const, reason: 'x'.repeat(1_001) }] },
      { waivers: [{ locale: 'FR' as const, reason: 'urgent', audience: 'ZZ' }] },
    ];
    const outcomes = await Promise.all(tries.map((input) => office.publish('305/12', input)));
    expect(outcomes.map(({ code, path }) => [code, path?.join('.')])).toEqual([
      ['SCHEDULE_TOO_FAR', 'at'],
      ['REASON_UNUSABLE', 'waivers.1.reason'],
      ['REASON_UNUSABLE', 'waivers.0.reason'],
      ['COUNTRY_UNKNOWN', 'waivers.0.audience'],
    ]);
    expect(await read('305/12')).toBeNull();
  });

  it('is for press officers alone; nobody else learns whether there is such a release', async () => {
    await gateway.given(aRelease('306/12').in('ES'));
    const ids = [await office.idOf('306/12'), 'WyJFZGl0b3JpYWxSZWxlYXNlIiwiMCJd'];
    for (const [who, code] of [
      [gateway.as('TRANSLATOR'), 'FORBIDDEN'],
      [gateway.as('REVISER'), 'FORBIDDEN'],
      [{ query: (document: string) => gateway.query(document) }, 'UNAUTHENTICATED'],
    ] as const) {
      for (const id of ids) {
        const documents = [
          `mutation { publish(input: { releaseId: "${id}" }) { __typename } }`,
          `mutation { retract(input: { releaseId: "${id}", reason: "x" }) { __typename } }`,
          `mutation { cancelSchedule(releaseId: "${id}") { __typename } }`,
        ];
        for (const document of documents) {
          const { errors } = await who.query(document);
          expect(errors.map(({ extensions }) => extensions.code)).toEqual([code]);
        }
      }
    }
    expect(await read('306/12')).toBeNull();
  });
});

describe('readiness', () => {
  it('reports for each text that an audience lacks what is wrong with it', async () => {
    await gateway.given(
      aRelease('311/12').addressedTo('BR', 'CA', 'HT').in('ES', { title: 'Título', body }),
    );
    await staff.translate('311/12', 'EN', { title: 'Title', body }, 'APPROVED');
    await staff.translate('311/12', 'PT', { title: 'Título', body }, 'IN_REVIEW');
    const as = async (policy: string, locales: Locale[] | null) => {
      await sql('UPDATE authoring.release SET publish_policy = $1 WHERE number = $2', [
        policy,
        '311/12',
      ]);
      const { ready, unmet } = await office.readiness('311/12', locales);
      return { ready, unmet: asLines(unmet) };
    };
    const lacking = ['BR PT NOT_APPROVED', 'CA FR NOT_STARTED', 'HT FR NOT_STARTED'];
    expect(await as('SIMULTANEOUS', null)).toEqual({
      ready: false,
      unmet: lacking.map((line) => `! ${line}`),
    });
    expect(await as('AS_READY', null)).toEqual({
      ready: true,
      unmet: lacking.map((line) => `- ${line}`),
    });
    expect((await as('SIMULTANEOUS', ['ES'])).unmet).toContain('! CA EN INCOMPLETE');
    expect((await as('AS_READY', ['ES', 'FR'])).unmet).toContain('! FR NOT_STARTED');
  });

  it('reports it in the language of the caller', async () => {
    await gateway.given(aRelease('312/12').addressedTo('HT').in('ES'));
    await simultaneous('312/12');
    const messages = await Promise.all(
      ['en', 'es', 'fr-CA', 'pt'].map(async (language) => {
        const [rule] = (await office.readiness('312/12', null, language)).unmet;
        return rule?.message;
      }),
    );
    expect(messages).toEqual([
      'Haiti: the text required in French has not been started.',
      'Haití: el texto exigido en francés no se ha empezado.',
      'Haïti\u00a0: le texte exigé en français n’est pas commencé.',
      'Haiti: o texto exigido em francês não foi iniciado.',
    ]);
    const { message } = await office.publish('312/12', {}, 'fr');
    expect(message).toContain(messages[2]);
  });

  it('names the assignee of a missing text', async () => {
    await gateway.given(aRelease('313/12').addressedTo('HT').in('ES'));
    const translator = gateway.as('TRANSLATOR', 'FR', 'Amélie Fortin');
    await translator.query('{ viewer { account { name } } }');
    await sql(
      `INSERT INTO authoring.account (id, name, grants) VALUES ($1, $2, '[]') ON CONFLICT DO NOTHING`,
      [translator.accountId, translator.name],
    );
    await sql(
      `INSERT INTO authoring.assignment (release_id, locale, assignee)
       SELECT id, 'FR', $1 FROM authoring.release WHERE number = '313/12'`,
      [translator.accountId],
    );
    const [rule] = (await office.readiness('313/12')).unmet;
    expect(rule).toMatchObject({ locale: 'FR', assignee: { name: 'Amélie Fortin' } });
  });

  it('judges a text against the original that the edition would have', async () => {
    await gateway.given(
      aRelease('314/12')
        .addressedTo('CA', 'BO')
        .in('ES', { title: 'Título', body })
        .in('EN', { title: 'Title', body })
        .in('FR', { title: 'Titre', body })
        .published(),
    );
    await simultaneous('314/12');
    await staff.revise('314/12', 'SUBSTANTIVE', { title: 'Título', body: ['Uno.', 'Dos y tres.'] });
    await staff.translate('314/12', 'FR', { title: 'Titre', body: ['Un.', 'Deux'] }, 'APPROVED');
    // The French was made from the new original, and is stale against the one that readers have.
    expect(asLines((await office.readiness('314/12', ['FR'])).unmet)).toEqual(['! FR STALE']);
    expect(asLines((await office.readiness('314/12', ['ES'])).unmet)).toEqual([
      '! ES NOT_APPROVED',
      '! CA EN STALE',
      '! CA FR STALE',
    ]);
    await sql(
      `UPDATE authoring.translation SET state = 'APPROVED' WHERE locale = 'ES' AND release_id =
         (SELECT id FROM authoring.release WHERE number = '314/12')`,
    );
    const unmet = asLines((await office.readiness('314/12', ['ES', 'FR'])).unmet);
    expect(unmet).toEqual(['! CA EN STALE']);
    const waivers = [{ locale: 'EN' as const, audience: 'CA', reason: 'English follows today.' }];
    const edition = await office.publish('314/12', { locales: ['ES', 'FR'], waivers });
    expect(edition).toMatchObject({ edition: 2, locales: ['ES', 'FR'] });
    const [row] = await sql<{ reason: string }>(
      `SELECT reason FROM authoring.edition e JOIN authoring.release r ON r.id = e.release_id
        WHERE r.number = '314/12' AND e.number = 2`,
    );
    expect(row?.reason).toBe('EN (CA): English follows today.');
  });

  it('is no business of readers', async () => {
    await gateway.given(aRelease('315/12').in('ES'));
    const query = `{ publicationReadiness(releaseId: "${await office.idOf('315/12')}") { ready } }`;
    const { errors } = await gateway.query(query);
    expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const unknown = '{ publicationReadiness(releaseId: "nothing") { ready } }';
    expect((await office.editor.query(unknown)).errors[0]?.extensions.code).toBe('NOT_FOUND');
  });
});

describe('a retraction', () => {
  it('retracts some texts or all, and reports which', async () => {
    await gateway.given(aRelease('321/12').in('ES').in('EN').in('FR').published());
    expect(await office.retract('321/12', ['FR', 'PT'])).toMatchObject({
      edition: 2,
      locales: ['FR'],
      release: { published: { edition: 2 } },
    });
    expect(await read('321/12')).toBe('2: EN ES');
    expect(await office.retract('321/12')).toMatchObject({
      edition: 3,
      locales: ['EN', 'ES'],
      release: { published: null },
    });
    expect(await read('321/12')).toBeNull();
  });

  it('is refused where it cannot be', async () => {
    await gateway.given(aRelease('322/12').in('ES').in('EN').published());
    await gateway.given(aRelease('323/12').in('ES'));
    const outcomes = [
      await office.retract('322/12', ['ES']),
      await office.retract('322/12', ['FR']),
      await office.retract('322/12', null, ' \n'),
      await office.retract('323/12'),
    ];
    expect(outcomes.map(({ __typename, code }) => `${__typename} ${code}`)).toEqual([
      'ValidationProblem ORIGINAL_STAYS',
      'ValidationProblem NOTHING_PUBLIC',
      'ValidationProblem REASON_UNUSABLE',
      'ValidationProblem NOTHING_PUBLIC',
    ]);
    expect(await read('322/12')).toBe('1: EN ES');
  });
});
