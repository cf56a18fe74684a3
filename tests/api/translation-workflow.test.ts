import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { TRANSLATION_STATES, type TranslationState } from '../../src/kernel/workflow.js';
import { aRelease } from '../support/a-release.js';
import { createTestApp, type StaffClient, type TestApp } from '../support/app.js';
import { Staff } from '../support/staff.js';
import { type StepMutation, Text, written } from '../support/translating.js';

let gateway: TestApp;
let staff: Staff;
let translator: StaffClient;
let reviser: StaffClient;
let editor: StaffClient;
let count = 0;
let number: string;
let text: Text;

beforeAll(async () => {
  gateway = await createTestApp();
  staff = new Staff(gateway.database);
  translator = gateway.as('TRANSLATOR', 'FR', 'Amélie Fortin');
  reviser = gateway.as('REVISER', 'FR', 'Jean Réviseur');
  editor = gateway.as('EDITOR', null, 'Ana Prensa');
});
afterAll(() => gateway.close());

beforeEach(async () => {
  number = `${++count}/21`;
  await gateway.given(aRelease(number).in('EN', { title: 'A Roundtable', body: ['First.'] }));
  text = new Text(await staff.idOf(number), 'FR');
});

const WHOLE = { title: 'Une table ronde', b1: 'Un.' };

/** Brings the text into a state; its revision is 1, but 0 where it is not begun. */
async function bring(state: TranslationState): Promise<number> {
  if (state === 'NOT_STARTED') return 0;
  written(await text.write(translator, WHOLE));
  if (state === 'DRAFT') return 1;
  written(await text.step(translator, 'submitTranslation', 1));
  if (state === 'APPROVED') written(await text.step(reviser, 'approveTranslation', 1));
  if (state === 'CHANGES_REQUESTED') {
    written(await text.step(reviser, 'requestChanges', 1, 'À revoir.'));
  }
  return 1;
}

const STEPS: Record<StepMutation, Partial<Record<TranslationState, TranslationState>>> = {
  submitTranslation: { DRAFT: 'IN_REVIEW', CHANGES_REQUESTED: 'IN_REVIEW' },
  approveTranslation: { IN_REVIEW: 'APPROVED' },
  requestChanges: { IN_REVIEW: 'CHANGES_REQUESTED', APPROVED: 'CHANGES_REQUESTED' },
};
const steps = (Object.keys(STEPS) as StepMutation[]).flatMap((step) => {
  return TRANSLATION_STATES.map((from) => [step, from, STEPS[step][from] ?? null] as const);
});

describe('each step from each state', () => {
  it.each(steps)('%s from %s: %s', async (step, from, to) => {
    const revision = await bring(from);
    const outcome = await text.step(reviser, step, revision, 'Bien.');
    const after = await text.read(reviser);
    expect([after.state, after.revision]).toEqual([to ?? from, revision]);
    if (to !== null) return expect(written(outcome).state).toBe(to);
    expect(outcome).toMatchObject({
      __typename: 'TransitionProblem',
      code: 'STEP_IMPOSSIBLE',
      from,
    });
    expect(outcome.allowed).not.toContain(from);
  });
});

describe('a text that is not ready', () => {
  it('is not submitted, and what is missing is reported', async () => {
    written(await text.write(translator, { title: 'Une table ronde' }));
    const outcome = await text.step(translator, 'submitTranslation', 1);
    expect(outcome).toMatchObject({ __typename: 'ValidationProblem', code: 'INCOMPLETE' });
    expect(outcome.message).toContain('1');
  });

  it('is not approved once the original has grown', async () => {
    await bring('IN_REVIEW');
    await staff.revise(number, 'MINOR', { title: 'A Roundtable', body: ['First.', 'More.'] });
    const outcome = await text.step(reviser, 'approveTranslation', 1);
    expect(outcome.code).toBe('INCOMPLETE');
    const returned = written(await text.step(reviser, 'requestChanges', 1, 'Il manque un alinéa.'));
    expect(returned.state).toBe('CHANGES_REQUESTED');
    expect(returned.completeness).toBeCloseTo(2 / 3);
  });
});

describe('a step with a comment', () => {
  it('returning a text needs one', async () => {
    await bring('IN_REVIEW');
    for (const comment of [undefined, ' \n ']) {
      const outcome = await text.step(reviser, 'requestChanges', 1, comment);
      expect([outcome.code, outcome.path]).toEqual(['COMMENT_MISSING', ['comment']]);
    }
    const long = await text.step(reviser, 'requestChanges', 1, 'x'.repeat(10_001));
    expect([long.code, long.path]).toEqual(['COMMENT_TOO_LONG', ['comment']]);
    expect((await text.read(reviser)).state).toBe('IN_REVIEW');
  });
});

describe('a step on what is no longer so', () => {
  it('is a conflict that shows what the others wrote', async () => {
    await bring('IN_REVIEW');
    written(await text.write(translator, { b1: 'Un, mieux.' }));
    const outcome = await text.step(reviser, 'approveTranslation', 1);
    expect(outcome).toMatchObject({ __typename: 'RevisionConflict', currentRevision: 2 });
    expect(outcome.conflicts).toEqual([
      { key: 'b1', base: 'Un.', theirs: 'Un, mieux.', yours: null, sourceChanged: false },
    ]);
    expect((await text.read(reviser)).state).toBe('DRAFT');
  });
});

describe('nobody approves what is theirs alone', () => {
  it('neither a translation', async () => {
    written(await text.write(reviser, WHOLE));
    written(await text.step(reviser, 'submitTranslation', 1));
    const outcome = await text.step(reviser, 'approveTranslation', 1);
    expect([outcome.__typename, outcome.code]).toEqual(['ValidationProblem', 'OWN_TEXT']);
    const other = gateway.as('REVISER', 'FR', 'Lise Autre');
    expect(written(await text.step(other, 'approveTranslation', 1)).state).toBe('APPROVED');
  });

  it('nor a rewriting of what others had approved', async () => {
    await bring('APPROVED');
    written(await text.write(reviser, { b1: 'Un, à ma façon.' }));
    written(await text.step(reviser, 'submitTranslation', 2));
    expect((await text.step(reviser, 'approveTranslation', 2)).code).toBe('OWN_TEXT');
    expect(written(await text.step(editor, 'approveTranslation', 2)).state).toBe('APPROVED');
  });

  it('is still one of their own where the approval was taken back', async () => {
    const other = gateway.as('REVISER', 'FR', 'Marie Seconde');
    written(await text.write(reviser, WHOLE));
    written(await text.step(reviser, 'submitTranslation', 1));
    written(await text.step(other, 'approveTranslation', 1));
    written(await text.step(other, 'requestChanges', 1, 'À revoir.'));
    written(await text.step(reviser, 'submitTranslation', 1));
    expect((await text.step(reviser, 'approveTranslation', 1)).code).toBe('OWN_TEXT');
    expect(written(await text.step(other, 'approveTranslation', 1)).state).toBe('APPROVED');
  });

  it('nor an original', async () => {
    const original = new Text(await staff.idOf(number), 'EN');
    written(await original.step(reviserOf('EN'), 'requestChanges', 1, 'Say more.'));
    const document = `mutation ($input: ReviseOriginalInput!) { reviseOriginal(input: $input) { __typename } }`;
    const segments = [
      { key: 'title', kind: 'TITLE', text: 'A Roundtable' },
      { key: 'b1', kind: 'PARAGRAPH', text: 'First, and more.' },
    ];
    const { releaseId } = original;
    const input = { releaseId, expectedRevision: 1, change: 'MINOR', segments };
    expect((await editor.mutate(document, { variables: { input } })).errors).toEqual([]);
    written(await original.step(editor, 'submitTranslation', 2));
    expect((await original.step(editor, 'approveTranslation', 2)).code).toBe('OWN_TEXT');
    expect(written(await original.step(reviserOf('EN'), 'approveTranslation', 2)).state).toBe(
      'APPROVED',
    );
  });

  it('but a text to which both gave something', async () => {
    written(await text.write(translator, { title: 'Une table ronde' }));
    written(await text.write(reviser, { b1: 'Un.' }));
    written(await text.step(translator, 'submitTranslation', 2));
    expect(written(await text.step(reviser, 'approveTranslation', 2)).state).toBe('APPROVED');
  });
});

const reviserOf = (locale: 'EN' | 'PT') => gateway.as('REVISER', locale, `Reviser of ${locale}`);

describe('rights', () => {
  const codeOf = async (client: StaffClient, mutation: StepMutation, locale: 'EN' | 'FR') => {
    const one = new Text(await staff.idOf(number), locale);
    const { errors } = await one.send(client, mutation, { expectedRevision: 1, comment: 'x' });
    return errors[0]?.extensions.code ?? null;
  };

  it('an original is handed in by editors, and reviewed by revisers too', async () => {
    expect(await codeOf(gateway.as('TRANSLATOR', 'EN'), 'submitTranslation', 'EN')).toBe(
      'FORBIDDEN',
    );
    expect(await codeOf(reviserOf('EN'), 'submitTranslation', 'EN')).toBe('FORBIDDEN');
    expect(await codeOf(editor, 'submitTranslation', 'EN')).toBeNull();
    expect(await codeOf(reviserOf('EN'), 'requestChanges', 'EN')).toBeNull();
  });

  it('a translation is handed in by those who write it, and reviewed by others', async () => {
    await bring('DRAFT');
    expect(await codeOf(editor, 'submitTranslation', 'FR')).toBe('FORBIDDEN');
    expect(await codeOf(reviserOf('PT'), 'submitTranslation', 'FR')).toBe('FORBIDDEN');
    expect(await codeOf(translator, 'submitTranslation', 'FR')).toBeNull();
    expect(await codeOf(translator, 'approveTranslation', 'FR')).toBe('FORBIDDEN');
    expect(await codeOf(translator, 'requestChanges', 'FR')).toBe('FORBIDDEN');
  });

  it('cannot be distinguished from an unknown release by those without any', async () => {
    const nowhere = new Text('00000000-0000-4000-8000-000000000000', 'FR');
    for (const one of [text, nowhere]) {
      const { errors } = await one.send(reviserOf('PT'), 'submitTranslation', {
        expectedRevision: 0,
      });
      expect(errors[0]?.extensions.code).toBe('FORBIDDEN');
    }
    const outcome = await nowhere.step(translator, 'submitTranslation', 0);
    expect([outcome.code, outcome.path]).toEqual(['NOT_FOUND', ['releaseId']]);
  });
});

it('may be set so that one person is enough', async () => {
  const lenient = await createTestApp({ ownApproval: true });
  try {
    await lenient.given(aRelease('1/22').in('EN', { title: 'A Roundtable', body: ['First.'] }));
    const alone = lenient.as('REVISER', 'FR', 'Seule');
    const one = new Text(await new Staff(lenient.database).idOf('1/22'), 'FR');
    written(await one.write(alone, WHOLE));
    written(await one.step(alone, 'submitTranslation', 1));
    expect(written(await one.step(alone, 'approveTranslation', 1)).state).toBe('APPROVED');
  } finally {
    await lenient.close();
  }
});
