import { describe, expect, it } from '@jest/globals';

import { type Claims, grantsOf, viewerOfClaims } from '../../../../src/platform/auth/claims.js';

const NAMES = { roles: 'roles', locales: 'locales', name: 'name' };
const FROM = { issuer: 'https://id.example', subject: 'u1' };

/** `TRANSLATOR FR`, `EDITOR *` */
function grants(claims: Claims, names = NAMES): string[] {
  return grantsOf(claims, names).map(({ role, locale }) => `${role} ${locale ?? '*'}`);
}

const ROWS: [title: string, claims: Claims, expected: string[]][] = [
  ['no claim at all', {}, []],
  ['a role without a locale', { roles: ['translator'] }, []],
  ['a role and a locale', { roles: ['translator'], locales: ['fr'] }, ['TRANSLATOR FR']],
  ['a regional tag', { roles: 'reviser', locales: 'fr-CA' }, ['REVISER FR']],
  ['a language that is only served French', { roles: 'translator', locales: ['ht'] }, []],
  ['a language that is none of the four', { roles: 'translator', locales: ['nl', 'x', ''] }, []],
  [
    'words with spaces between them, in any case',
    { roles: 'Translator REVISER', locales: ' pt-BR  es-419 ' },
    ['TRANSLATOR ES', 'TRANSLATOR PT', 'REVISER ES', 'REVISER PT'],
  ],
  ['a locale of its own', { roles: ['translator:fr'], locales: ['es'] }, ['TRANSLATOR FR']],
  ['all four locales', { roles: ['reviser:*'] }, ['REVISER *']],
  ['all four by the claim of locales', { roles: ['reviser'], locales: ['*'] }, ['REVISER *']],
  ['an editor', { roles: ['editor'], locales: ['fr'] }, ['EDITOR *']],
  ['an administrator', { roles: ['admin'] }, ['ADMIN *']],
  ['an editor of one locale, whom there is not', { roles: ['editor:fr', 'admin:es'] }, []],
  ['roles of another program', { roles: ['offline_access', 'superadmin', 'admin '] }, []],
  ['the same twice', { roles: ['editor', 'EDITOR', 'editor:*'] }, ['EDITOR *']],
  ['too many parts', { roles: ['translator:fr:es'] }, []],
  ['what is no text', { roles: [1, null, ['editor']], locales: [true] }, []],
  ['an object', { roles: { admin: true } }, []],
  ['a number', { roles: 7 }, []],
];

describe('grants of claims', () => {
  it.each(ROWS)('%s', (_, claims, expected) => {
    expect(grants(claims)).toEqual(expected);
  });

  it('reads a claim at the end of a path, or of that very name', () => {
    const roles = ['editor'];
    expect(grants({ realm_access: { roles } }, { ...NAMES, roles: 'realm_access.roles' })).toEqual([
      'EDITOR *',
    ]);
    const named = 'https://example.org/roles';
    expect(grants({ [named]: roles }, { ...NAMES, roles: named })).toEqual(['EDITOR *']);
  });

  it('reads nothing that a token does not contain itself', () => {
    expect(grants({}, { ...NAMES, roles: 'constructor.name' })).toEqual([]);
    expect(grants({}, { ...NAMES, roles: '__proto__' })).toEqual([]);
  });
});

describe('the account', () => {
  it('is that of issuer and subject, whatever else changes', () => {
    const one = viewerOfClaims({ name: 'A', roles: ['admin'] }, FROM, NAMES);
    const other = viewerOfClaims({ name: 'B' }, FROM, NAMES);
    expect(one.accountId).toMatch(/^[\w-]{22}$/);
    expect(other.accountId).toBe(one.accountId);
    const elsewhere = { ...FROM, issuer: 'https://other.example' };
    expect(viewerOfClaims({}, elsewhere, NAMES).accountId).not.toBe(one.accountId);
  });

  it.each<[Claims, string]>([
    [{ name: 'Amélie Fortin' }, 'Amélie Fortin'],
    [{ preferred_username: 'amelie' }, 'amelie'],
    [{ name: ' \u0007 ', preferred_username: 'amelie' }, 'amelie'],
    [{ name: 7 }, 'u1'],
    [{}, 'u1'],
    [{ name: ' A\u0000m\né\u202elie ' }, 'Amélie'],
    [{ name: 'half \ud83d of one' }, 'half  of one'],
    [{ name: '🦜'.repeat(300) }, '🦜'.repeat(200)],
  ])('%j is called %j', (claims, name) => {
    expect(viewerOfClaims(claims, FROM, NAMES).name).toBe(name);
  });
});
