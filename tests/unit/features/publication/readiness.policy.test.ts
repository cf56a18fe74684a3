import { describe, expect, it } from '@jest/globals';

import {
  type Candidate,
  type Proposal,
  unmetRules,
  type Waiver,
} from '../../../../src/features/publication/readiness.policy.js';
import { type Locale, maskOf } from '../../../../src/kernel/locale.js';

/** `FR APPROVED`, `FR DRAFT missing b2,b3`, `FR APPROVED stale`, `FR`, `FR DRAFT untitled`. */
function text(described: string): Candidate {
  const [locale, state, ...flags] = described.split(' ');
  const missing = flags.includes('missing') ? (flags.at(-1)?.split(',') ?? []) : [];
  return {
    locale: locale as Locale,
    state: (state as Candidate['state'] | undefined) ?? null,
    titleKey: 'title',
    hasTitle: !flags.includes('untitled'),
    missing,
    isStale: flags.includes('stale'),
  };
}

/** `CA EN,FR`. */
function needs(described: string): Proposal['required'][number] {
  const [audience = '', locales = ''] = described.split(' ');
  return { audience, mask: maskOf(locales.split(',') as Locale[]) };
}

/** `FR: CA`, `FR: all`. */
function waiver(described: string): Waiver {
  const [locale, audience] = described.split(': ');
  return {
    locale: locale as Locale,
    audience: audience === 'all' ? null : (audience ?? ''),
    reason: 'urgent',
  };
}

interface Row {
  readonly named?: readonly string[];
  readonly others?: readonly string[];
  readonly staleCarried?: readonly Locale[];
  readonly required?: readonly string[];
  readonly waivers?: readonly string[];
}

function unmet(policy: Proposal['policy'], row: Row): string[] {
  const proposal = {
    policy,
    candidates: (row.named ?? ['EN APPROVED']).map(text),
    others: (row.others ?? []).map(text),
    staleCarried: row.staleCarried ?? [],
    required: (row.required ?? []).map(needs),
  };
  return unmetRules(proposal, (row.waivers ?? []).map(waiver)).map((rule) => {
    const { blocking, audience, locale, reason, segmentKey } = rule;
    return [blocking ? '!' : '-', audience, locale, reason, segmentKey].filter(Boolean).join(' ');
  });
}

describe('a text that is to come out', () => {
  it.each<[what: string, text: string, unmet: string[]]>([
    ['fit', 'ES APPROVED', []],
    ['not begun', 'ES', ['! ES NOT_STARTED']],
    ['a draft', 'ES DRAFT', ['! ES NOT_APPROVED']],
    ['in review', 'ES IN_REVIEW', ['! ES NOT_APPROVED']],
    ['returned', 'ES CHANGES_REQUESTED', ['! ES NOT_APPROVED']],
    ['stale', 'ES APPROVED stale', ['! ES STALE']],
    [
      'unfinished',
      'ES APPROVED stale missing b2,b3',
      ['! ES INCOMPLETE b2', '! ES INCOMPLETE b3', '! ES STALE'],
    ],
    ['untitled', 'ES APPROVED untitled', ['! ES TITLE_MISSING title']],
  ])('%s', (_, described, expected) => {
    expect(unmet('AS_READY', { named: [described] })).toEqual(expected);
    expect(unmet('SIMULTANEOUS', { named: [described] })).toEqual(expected);
  });
});

describe('a required text that the edition lacks', () => {
  it.each<[what: string, text: string, unmet: string]>([
    ['not begun', 'FR', 'CA FR NOT_STARTED'],
    ['unfinished', 'FR DRAFT missing b2,b3', 'CA FR INCOMPLETE b2'],
    ['untitled', 'FR APPROVED untitled', 'CA FR INCOMPLETE title'],
    ['not approved', 'FR IN_REVIEW', 'CA FR NOT_APPROVED'],
    ['not approved and stale', 'FR DRAFT stale', 'CA FR NOT_APPROVED'],
    ['stale', 'FR APPROVED stale', 'CA FR STALE'],
    ['fit, but not named', 'FR APPROVED', 'CA FR INCOMPLETE'],
  ])('%s', (_, described, expected) => {
    const row = { others: [described, 'PT DRAFT'], required: ['CA EN,FR', 'AR ES'] };
    expect(unmet('SIMULTANEOUS', row)).toEqual([`! ${expected}`]);
    expect(unmet('AS_READY', row)).toEqual([`- ${expected}`]);
  });
});

describe('a text that stays as it is', () => {
  it('is missed where it would be stale by each audience that requires it', () => {
    const row = { staleCarried: ['FR', 'PT'] as const, required: ['CA EN,FR', 'HT FR', 'AR ES'] };
    expect(unmet('SIMULTANEOUS', row)).toEqual(['! CA FR STALE', '! HT FR STALE']);
    expect(unmet('AS_READY', row)).toEqual(['- CA FR STALE', '- HT FR STALE']);
  });
});

describe('a waiver', () => {
  const row = { others: ['FR', 'PT'], required: ['CA EN,FR', 'HT FR', 'BR PT'] };

  it.each<[waivers: string[], unmet: string[]]>([
    [['FR: CA'], ['! HT FR NOT_STARTED', '! BR PT NOT_STARTED', '- CA FR NOT_STARTED']],
    [['FR: all'], ['! BR PT NOT_STARTED', '- CA FR NOT_STARTED', '- HT FR NOT_STARTED']],
    [
      ['FR: all', 'PT: BR'],
      ['- CA FR NOT_STARTED', '- HT FR NOT_STARTED', '- BR PT NOT_STARTED'],
    ],
    [
      ['EN: all', 'PT: HT'],
      ['! CA FR NOT_STARTED', '! HT FR NOT_STARTED', '! BR PT NOT_STARTED'],
    ],
  ])('%j lets through what it names, and that is still listed', (waivers, expected) => {
    expect(unmet('SIMULTANEOUS', { ...row, waivers })).toEqual(expected);
  });

  it('for one audience does not let out an unfit text', () => {
    const named = ['FR DRAFT'];
    expect(unmet('AS_READY', { named, waivers: ['FR: CA'] })).toEqual(['! FR NOT_APPROVED']);
    expect(unmet('AS_READY', { named, waivers: ['FR: all'] })).toEqual(['- FR NOT_APPROVED']);
  });

  it('never helps against a missing title', () => {
    const named = ['FR DRAFT untitled'];
    expect(unmet('AS_READY', { named, waivers: ['FR: all'] })).toEqual([
      '! FR TITLE_MISSING title',
      '- FR NOT_APPROVED',
    ]);
  });
});
