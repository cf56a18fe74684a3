import { describe, expect, it } from '@jest/globals';

import {
  type Action,
  ACTIONS,
  allows,
  authorize,
  localesFor,
  type Role,
  ROLES,
  type Viewer,
} from '../../../src/kernel/access.js';
import { type Locale, LOCALES } from '../../../src/kernel/locale.js';

/** Where a role gives the right: in the locales that it was given for, everywhere, or nowhere. */
type Reach = 'own' | 'all' | '-';

/** Written out by hand from the contract, not from the program's own table. */
const RIGHTS: Record<Action, Record<Role, Reach>> = {
  READ_WORK: { TRANSLATOR: 'own', REVISER: 'own', EDITOR: 'all', ADMIN: 'all' },
  COMMENT: { TRANSLATOR: 'own', REVISER: 'own', EDITOR: 'all', ADMIN: 'all' },
  WRITE_TRANSLATION: { TRANSLATOR: 'own', REVISER: 'own', EDITOR: '-', ADMIN: '-' },
  SUBMIT_TRANSLATION: { TRANSLATOR: 'own', REVISER: 'own', EDITOR: '-', ADMIN: '-' },
  REVIEW: { TRANSLATOR: '-', REVISER: 'own', EDITOR: 'all', ADMIN: 'all' },
  CREATE_RELEASE: { TRANSLATOR: '-', REVISER: '-', EDITOR: 'all', ADMIN: 'all' },
  UPDATE_RELEASE: { TRANSLATOR: '-', REVISER: '-', EDITOR: 'all', ADMIN: 'all' },
  WRITE_ORIGINAL: { TRANSLATOR: '-', REVISER: '-', EDITOR: 'all', ADMIN: 'all' },
  ASSIGN: { TRANSLATOR: '-', REVISER: '-', EDITOR: 'all', ADMIN: 'all' },
  PUBLISH: { TRANSLATOR: '-', REVISER: '-', EDITOR: 'all', ADMIN: 'all' },
  WAIVE: { TRANSLATOR: '-', REVISER: '-', EDITOR: 'all', ADMIN: 'all' },
  RETRACT: { TRANSLATOR: '-', REVISER: '-', EDITOR: 'all', ADMIN: 'all' },
  WRITE_LOCALE_ENTRY: { TRANSLATOR: 'own', REVISER: 'own', EDITOR: 'all', ADMIN: 'all' },
  ADD_LOCALE_ENTRY: { TRANSLATOR: '-', REVISER: '-', EDITOR: 'all', ADMIN: 'all' },
  ADD_NAMESPACE: { TRANSLATOR: '-', REVISER: '-', EDITOR: '-', ADMIN: 'all' },
  SET_AUDIENCE_RULE: { TRANSLATOR: '-', REVISER: '-', EDITOR: '-', ADMIN: 'all' },
  SAVE_TOPIC: { TRANSLATOR: '-', REVISER: '-', EDITOR: '-', ADMIN: 'all' },
};

/** null: as a grant, all four; as the requested locale, none. */
const PLACES: readonly (Locale | null)[] = [null, ...LOCALES];

function viewer(...grants: Viewer['grants']): Viewer {
  return { accountId: 'someone', name: 'Someone', grants };
}

function expected(reach: Reach, granted: Locale | null, requested: Locale | null): boolean {
  if (reach === '-') return false;
  return granted === null || requested === null || granted === requested;
}

const actions = Object.keys(RIGHTS) as Action[];
const grants = ROLES.flatMap((role) => {
  const isOfLocales = role === 'TRANSLATOR' || role === 'REVISER';
  return (isOfLocales ? PLACES : [null]).map((locale) => ({ role, locale }));
});
const combinations = actions.flatMap((action) =>
  grants.flatMap((grant) => PLACES.map((requested) => ({ action, grant, requested }))),
);

describe('rights', () => {
  it('are written out for every action and role', () => {
    expect(actions.sort()).toEqual(Object.keys(ACTIONS).sort());
    expect(combinations).toHaveLength(17 * 12 * 5);
  });

  it(`are as written out in ${combinations.length} combinations of role, locale and action`, () => {
    const wrong = combinations.filter(({ action, grant, requested }) => {
      const may = expected(RIGHTS[action][grant.role], grant.locale, requested);
      return allows(viewer(grant), action, requested) !== may;
    });
    expect(wrong).toEqual([]);
  });

  it(`of someone with two grants are those of both, in ${combinations.length * grants.length}`, () => {
    const wrong = combinations.flatMap(({ action, grant, requested }) =>
      grants.filter((other) => {
        const may = [grant, other].some((one) =>
          expected(RIGHTS[action][one.role], one.locale, requested),
        );
        return allows(viewer(grant, other), action, requested) !== may;
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('are none without a grant', () => {
    for (const action of actions) {
      for (const requested of PLACES) {
        expect(allows(viewer(), action, requested)).toBe(false);
        expect(() => authorize(viewer(), action, requested)).toThrow(
          expect.objectContaining({ reason: 'FORBIDDEN' }),
        );
        expect(() => authorize(null, action, requested)).toThrow(
          expect.objectContaining({ reason: 'UNAUTHENTICATED' }),
        );
      }
    }
  });

  it('name the locales in which somebody works', () => {
    const french = viewer({ role: 'TRANSLATOR', locale: 'FR' }, { role: 'REVISER', locale: 'PT' });
    expect(localesFor(french, 'WRITE_TRANSLATION', LOCALES)).toEqual(['FR', 'PT']);
    expect(localesFor(french, 'REVIEW', LOCALES)).toEqual(['PT']);
    expect(localesFor(viewer({ role: 'EDITOR', locale: null }), 'REVIEW', LOCALES)).toEqual(
      LOCALES,
    );
  });
});
