import { describe, expect, it } from '@jest/globals';

import {
  type Circumstances,
  type Verdict,
  verdict,
} from '../../../../src/features/sync/change.policy.js';
import type { NotShown, Shown } from '../../../../src/features/sync/shown.js';
import type { Locale } from '../../../../src/kernel/locale.js';

const sees = (locale: Locale, sight = 'a', isFallback = false, trail = 't'): Shown => ({
  locale,
  sight,
  isFallback,
  trail,
});
const not = (reason: NotShown): Shown => ({ locale: null, reason });
const upsert = (reason: string) => ({ kind: 'UPSERT', reason });
const remove = (reason: NotShown) => ({ kind: 'REMOVE', reason });
const NOTHING = not('RETRACTED');

describe('what a reader has to do', () => {
  it.each<[string, Shown, Shown, unknown]>([
    ['nothing, where nothing was and is', NOTHING, not('NO_LONGER_SERVED'), null],
    ['nothing, where all looks the same', sees('FR'), sees('FR'), null],
    ['take in what is new', NOTHING, sees('FR'), upsert('PUBLISHED')],
    ['take in what is served at last', not('NO_LONGER_SERVED'), sees('FR'), upsert('PUBLISHED')],
    ['replace what reads otherwise', sees('FR'), sees('FR', 'b'), upsert('UPDATED')],
    [
      'replace a text that is no longer there by a fallback',
      sees('FR'),
      sees('EN', 'b', true),
      upsert('UPDATED'),
    ],
    ['replace a fallback', sees('EN', 'a', true), sees('FR', 'b'), upsert('FALLBACK_REPLACED')],
    [
      'replace a fallback by a nearer one',
      sees('EN', 'a', true),
      sees('ES', 'b', true),
      upsert('FALLBACK_REPLACED'),
    ],
    ['correct a fallback', sees('EN', 'a', true), sees('EN', 'b', true), upsert('UPDATED')],
    ['drop what was taken back', sees('FR'), NOTHING, remove('RETRACTED')],
    ['drop what is withheld', sees('FR'), not('NO_LONGER_SERVED'), remove('NO_LONGER_SERVED')],
    [
      'drop what is for others now',
      sees('FR'),
      not('NO_LONGER_ADDRESSED'),
      remove('NO_LONGER_ADDRESSED'),
    ],
  ])('%s', (_, before, after, expected) => {
    expect(verdict(before, after)).toEqual(expected);
  });

  it.each<[string, Shown, Shown[], Shown, Verdict | null]>([
    [
      'sends again what may have been sent otherwise',
      sees('FR'),
      [sees('FR', 'b')],
      sees('FR'),
      { kind: 'UPSERT', reason: 'UPDATED' },
    ],
    [
      'drops what came and went meanwhile',
      NOTHING,
      [sees('FR')],
      NOTHING,
      { kind: 'REMOVE', reason: 'RETRACTED' },
    ],
    ['drops nothing that was never shown', NOTHING, [not('NO_LONGER_SERVED')], NOTHING, null],
  ])('in the middle of a sync, %s', (_, before, since, after, expected) => {
    expect(verdict(before, after, { meanwhile: since })).toEqual(expected);
  });

  const METADATA = { kind: 'METADATA' };
  it.each<[string, Shown, Shown, Circumstances, unknown]>([
    ['is metadata, where all reads the same', sees('FR'), sees('FR'), { isLogged: true }, METADATA],
    [
      'is metadata, where a rule changed the trail alone',
      sees('FR'),
      sees('FR', 'a', false, 'u'),
      {},
      METADATA,
    ],
    ['is an update, where it reads otherwise', sees('FR'), sees('FR', 'b'), {}, upsert('UPDATED')],
    [
      'is an update, where a topic has a new name',
      sees('FR'),
      sees('FR'),
      { isLogged: true, isRenamed: true },
      upsert('UPDATED'),
    ],
    [
      'is an update, where the copy may have been sent another text',
      sees('FR'),
      sees('FR'),
      { isLogged: true, meanwhile: [sees('FR', 'b')] },
      upsert('UPDATED'),
    ],
    ['is nothing, where it is not served', NOTHING, NOTHING, { isLogged: true }, null],
    [
      'is new, where it was not served',
      NOTHING,
      sees('FR'),
      { isLogged: true },
      upsert('PUBLISHED'),
    ],
    [
      'is gone, where it is no longer served',
      sees('FR'),
      NOTHING,
      { isLogged: true },
      remove('RETRACTED'),
    ],
  ])('a change of the release %s', (_, before, after, circumstances, expected) => {
    expect(verdict(before, after, circumstances)).toEqual(expected);
  });
});
