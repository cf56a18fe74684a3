import { createHash } from 'node:crypto';

import { type Grant, type Role, ROLES, type Viewer } from '../../kernel/access.js';
import { isWellFormedTag } from '../../kernel/language-tag.js';
import { type Locale, LOCALES } from '../../kernel/locale.js';
import { isLanguageOf } from '../../kernel/negotiation.js';

/** The claims in which an issuer sends each value: a name, or a path such as `realm_access.roles`. */
export interface ClaimNames {
  readonly roles: string;
  readonly locales: string;
  readonly name: string;
}

/** The claims of a verified token: RFC 7519 §4, and any others of its issuer. */
export type Claims = Readonly<Record<string, unknown>>;

const MAX_NAME_LENGTH = 200;
const EVERY_LOCALE = '*';

/** The viewer that verified claims identify. Without a known role, the viewer has no grants. */
export function viewerOfClaims(
  claims: Claims,
  { issuer, subject }: { readonly issuer: string; readonly subject: string },
  names: ClaimNames,
): Viewer {
  const accountId = accountIdFor(issuer, subject);
  const candidates = [claimAt(claims, names.name), claims['preferred_username'], subject];
  const name = candidates.map(cleanName).find((candidate) => candidate !== '') ?? accountId;
  return { accountId, name, grants: grantsOf(claims, names) };
}

/** One account for one subject of one issuer, the same on every node and in every database. */
export function accountIdFor(issuer: string, subject: string): string {
  const digest = createHash('sha256').update(`${issuer}\n${subject}`).digest('base64url');
  return digest.slice(0, 22);
}

/**
 * `translator` and `reviser` apply to the locales of the locales claim, `translator:fr` to that locale and
 * `translator:*` to all four; `editor` and `admin` apply to all four. Any other role is ignored.
 */
export function grantsOf(claims: Claims, names: Omit<ClaimNames, 'name'>): readonly Grant[] {
  const locales = listOf(claimAt(claims, names.locales)).flatMap(localesOfTag);
  const given = listOf(claimAt(claims, names.roles)).flatMap((text) => grantsOfRole(text, locales));
  const ordered = ROLES.flatMap((role) =>
    [null, ...LOCALES].map((locale): Grant => ({ role, locale })),
  );
  return ordered.filter((grant) => given.some((one) => isSame(one, grant)));
}

function grantsOfRole(text: string, locales: readonly (Locale | null)[]): Grant[] {
  const [name = '', tag, ...rest] = text.split(':');
  const role = ROLES.find((candidate) => candidate === name.toUpperCase());
  if (!role || rest.length > 0) return [];
  if (isOfLocales(role)) {
    return (tag === undefined ? locales : localesOfTag(tag)).map((locale) => ({ role, locale }));
  }
  // "editor:fr" is narrower than the role editor, so it must not grant all locales.
  return tag === undefined || tag === EVERY_LOCALE ? [{ role, locale: null }] : [];
}

/** Whether a role is granted by locale rather than for all four at once. */
export function isOfLocales(role: Role): boolean {
  return role === 'TRANSLATOR' || role === 'REVISER';
}

/** `fr-CA` is French; `ht` is not, although its readers are served French. */
function localesOfTag(tag: string): (Locale | null)[] {
  if (tag === EVERY_LOCALE) return [null];
  if (!isWellFormedTag(tag)) return [];
  return LOCALES.filter((locale) => isLanguageOf(tag, locale));
}

function isSame(one: Grant, other: Grant): boolean {
  return one.role === other.role && one.locale === other.locale;
}

/** A list, or a string of words separated by spaces, like the scopes of OAuth (RFC 6749 §3.3). */
function listOf(value: unknown): string[] {
  if (typeof value === 'string') return value.split(' ').filter((word) => word !== '');
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

/** The claim with exactly that name (`https://example.org/roles`), else the one at the end of that path. */
function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let value: unknown = claims;
  for (const key of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** Without characters that break the line or change the direction of the surrounding text. */
function cleanName(value: unknown): string {
  if (typeof value !== 'string') return '';
  const visible = value.normalize('NFC').replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, '');
  return [...visible.trim()].slice(0, MAX_NAME_LENGTH).join('').trim();
}
