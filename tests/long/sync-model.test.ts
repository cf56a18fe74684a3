import { setTimeout as pause } from 'node:timers/promises';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import type { PublishRequest } from '../../src/features/publication/index.js';
import { Random } from '../../src/demo/random.js';
import { LOCALES, type Locale } from '../../src/kernel/locale.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type StaffClient, type TestApp } from '../support/app.js';
import { Copy, type CopyContext } from '../support/copy.js';
import { Staff } from '../support/staff.js';

/** More by hand: SYNC_HISTORIES=20. */
const HISTORIES = Number(process.env['SYNC_HISTORIES'] ?? 1);
const STEPS = 300;
/** At each of so many steps everybody catches up, and what they hold is compared with a fresh copy. */
const QUIET_EVERY = 30;

const CONTEXTS: readonly CopyContext[] = [
  { languages: ['fr'], audience: 'HT' },
  { audience: 'CA', coherence: 'FIELD' },
  { languages: ['pt-BR', 'es'], coherence: 'STRICT', dateFrom: '2015-06-01' },
  { languages: ['es-419'], addressedTo: 'BR' },
  {},
];
const STATES = ['HT', 'CA', 'BR', 'US', 'SR'];

let gateway: TestApp;
let staff: Staff;
let admin: StaffClient;
let editor: StaffClient;

beforeAll(async () => {
  gateway = await createTestApp({ now: new Date() });
  staff = new Staff(gateway.database);
  admin = gateway.as('ADMIN');
  editor = gateway.as('EDITOR');
}, 240_000);
afterAll(() => gateway.close());

let serial = 1000;

/** One history: what staff do, by chance, on a few releases at a time. */
class History {
  private readonly numbers: string[] = [];
  private words = 0;

  constructor(private readonly random: Random) {}

  async step(): Promise<void> {
    const acts = [
      () => this.begin(),
      () => this.correct(),
      () => this.correct(),
      () => this.translate(),
      () => this.translate(),
      () => this.translate(),
      () => this.retractOne(),
      () => this.retractAll(),
      () => this.address(),
      () => this.redate(),
      () => this.rule(),
      () => this.schedule(),
    ];
    await (this.numbers.length < 3 ? this.begin() : this.random.pick(acts)());
  }

  private text() {
    const { random } = this;
    const word = `word${++this.words}`;
    const summary = random.chance(0.3) ? `Summary ${word}` : null;
    return { title: `Title ${word}`, summary, body: [`Paragraph ${word}.`] };
  }

  private async begin(): Promise<void> {
    const { random } = this;
    const number = `${++serial}/20`;
    this.numbers.push(number);
    const [original, ...others] = random.sample(LOCALES, 4);
    if (!original) return;
    let release = aRelease(number).dated(random.pick(['1989-01-01', '2015-06-01', '2020-01-01']));
    if (random.chance(0.5)) release = release.addressedTo(...this.states());
    const text = this.text();
    release = release.in(original, text);
    // A history has no waivers, so a translation has all that the original has.
    const same = { ...this.text(), summary: text.summary };
    if (random.chance(0.5) && others[0]) release = release.in(others[0], same);
    await gateway.given(random.chance(0.8) ? release.published() : release);
  }

  private states(): string[] {
    return this.random.sample(STATES, this.random.between(1, 2));
  }

  private async correct(): Promise<void> {
    const { random } = this;
    const number = random.pick(this.numbers);
    const change = random.pick(['SUBSTANTIVE', 'MINOR'] as const);
    await staff.revise(number, change, this.text(), 'APPROVED');
    await this.publish(number, [await this.originalOf(number)], this.notes());
  }

  private async translate(): Promise<void> {
    const number = this.random.pick(this.numbers);
    const original = await this.originalOf(number);
    const locale = this.random.pick(LOCALES.filter((candidate) => candidate !== original));
    await staff.translate(number, locale, this.text(), 'APPROVED');
    await this.publish(number, [locale]);
  }

  private notes(): PublishRequest['notes'] {
    const locales = this.random.sample(LOCALES, this.random.between(0, 3));
    return Object.fromEntries(locales.map((locale) => [locale, `Note ${++this.words}`]));
  }

  private async publish(
    number: string,
    locales: Locale[] | null,
    notes: PublishRequest['notes'] = {},
  ): Promise<void> {
    const waivers = LOCALES.map((locale) => ({ audience: null, locale, reason: 'by chance' }));
    await staff.publish(number, locales, waivers, notes).catch((error: Failure) => {
      // It was not public.
      if (error.reason === 'CORRECTION_REPLACES_NOTHING') return this.publish(number, locales);
      throw new Error(JSON.stringify([number, locales, error.readiness ?? error]));
    });
  }

  private async originalOf(number: string): Promise<Locale> {
    const [row] = await gateway.database.dataSource.query<{ locale: Locale }[]>(
      'SELECT original_locale AS locale FROM authoring.release WHERE number = $1',
      [number],
    );
    return row?.locale ?? 'EN';
  }

  private async retractOne(): Promise<void> {
    const number = this.random.pick(this.numbers);
    const original = await this.originalOf(number);
    const others = LOCALES.filter((locale) => locale !== original);
    await staff.retract(number, [this.random.pick(others)]).catch(expectNothingPublic);
  }

  private async retractAll(): Promise<void> {
    await staff.retract(this.random.pick(this.numbers)).catch(expectNothingPublic);
  }

  private async address(): Promise<void> {
    const number = this.random.pick(this.numbers);
    await staff.changeFacts(number, { audiences: this.random.chance(0.3) ? [] : this.states() });
    await this.publish(number, [await this.originalOf(number)]);
  }

  private async redate(): Promise<void> {
    const number = this.random.pick(this.numbers);
    await staff.changeFacts(number, { date: this.random.pick(['2015-05-31', '2015-06-01']) });
    await this.publish(number, [await this.originalOf(number)]);
  }

  private async rule(): Promise<void> {
    const { random } = this;
    const input = {
      audience: random.pick(['HT', 'CA']),
      type: random.chance(0.3) ? 'PRESS_RELEASE' : null,
      validFrom: random.pick(['2014-01-01', '2019-01-01', new Date().toISOString().slice(0, 10)]),
      stalePolicy: random.pick(['SERVE', 'WITHHOLD']),
      fallbackChain: [...random.sample(LOCALES, 4), 'ORIGINAL'],
      requiredLocales: random.sample(LOCALES, random.between(1, 2)),
    };
    const { data, errors } = await admin.mutate<{ setAudienceRule: { __typename: string } }>(
      'mutation ($input: AudienceRuleInput!) { setAudienceRule(input: $input) { __typename } }',
      { variables: { input } },
    );
    expect({ errors, type: data.setAudienceRule.__typename }).toEqual({
      errors: [],
      type: 'AudienceRulePayload',
    });
  }

  private async schedule(): Promise<void> {
    const number = this.random.pick(this.numbers);
    const original = await this.originalOf(number);
    await staff.revise(number, 'SUBSTANTIVE', this.text(), 'APPROVED');
    const { data } = await editor.query<{ editorialRelease: { id: string } }>(
      'query ($number: String) { editorialRelease(number: $number) { id } }',
      { variables: { number } },
    );
    const at = new Date(Date.now() + 60);
    const waivers = LOCALES.map((locale) => ({ locale, reason: 'by chance' }));
    const input = { releaseId: data.editorialRelease.id, locales: [original], at, waivers };
    const planned = await editor.mutate<{ publish: { __typename: string } }>(
      'mutation ($input: PublishInput!) { publish(input: $input) { __typename } }',
      { variables: { input } },
    );
    expect(planned.errors).toEqual([]);
    expect(planned.data.publish.__typename).toBe('EditionPayload');
    await this.whenOut(number);
  }

  private async whenOut(number: string): Promise<void> {
    for (const deadline = Date.now() + 10_000; Date.now() < deadline; await pause(10)) {
      const [row] = await gateway.database.dataSource.query<{ waiting: boolean }[]>(
        `SELECT EXISTS (SELECT FROM authoring.schedule s JOIN authoring.release r ON r.id = s.release_id
                         WHERE r.number = $1) AS waiting`,
        [number],
      );
      if (row?.waiting === false) return;
    }
    throw new Error(`${number} did not come out`);
  }
}

interface Failure {
  readonly reason?: string;
  readonly readiness?: object;
}

function expectNothingPublic(error: { reason?: string }): void {
  if (error.reason !== 'NOTHING_PUBLIC') throw error as Error;
}

it.each(Array.from({ length: HISTORIES }, (_, index) => index + 1))(
  'history %i: a synchronized copy equals a fresh copy',
  async (seed) => {
    const random = new Random(seed);
    const history = new History(random);
    const readers = CONTEXTS.map((context) => ({ context, copy: newCopy(context) }));
    const stored = new Map<CopyContext, { cursor: string | null; held: [string, string][] }>();
    let comparisons = 0;
    for (let step = 1; step <= STEPS; step += 1) {
      await history.step();
      for (const { context, copy } of readers) {
        if (random.chance(0.25)) await copy.pull(random.between(1, 4));
        if (random.chance(0.02)) stored.set(context, { cursor: copy.cursor, held: [...copy.held] });
        const old = stored.get(context);
        // A device that comes back from a backup: an old copy, with the cursor that it had then.
        if (old && random.chance(0.02)) {
          copy.cursor = old.cursor;
          copy.held.clear();
          for (const [id, text] of old.held) copy.held.set(id, text);
        }
      }
      if (step % QUIET_EVERY !== 0) continue;
      for (const { context, copy } of readers) {
        await copy.sync(random.between(1, 10));
        const fresh = newCopy(context);
        const { total } = await fresh.pull(100);
        await fresh.sync(100);
        expect({ step, context, total }).toEqual({ step, context, total: fresh.changes.length });
        expect({ step, context, content: copy.content }).toEqual({
          step,
          context,
          content: fresh.content,
        });
        comparisons += 1;
      }
    }
    expect(comparisons).toBe((STEPS / QUIET_EVERY) * CONTEXTS.length);
    const delivered = readers.map(({ copy }) => copy.changes.length);
    expect(Math.min(...delivered)).toBeGreaterThan(20);
  },
  180_000,
);

function newCopy(context: CopyContext): Copy {
  return new Copy((document, request) => gateway.query(document, request), context);
}
