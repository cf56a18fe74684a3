import { AppError } from './errors.js';
import type { Locale } from './locale.js';

/**
 * TRANSLATOR and REVISER work in locales; EDITOR is a press officer; ADMIN is an EDITOR who also maintains the rules.
 */
export const ROLES = ['TRANSLATOR', 'REVISER', 'EDITOR', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];

/** If `locale` is null, the grant covers all four. */
export interface Grant {
  readonly role: Role;
  readonly locale: Locale | null;
}

/** The person identified by a verified token. */
export interface Viewer {
  /** The same for one person on every node and in every database. */
  readonly accountId: string;
  readonly name: string;
  readonly grants: readonly Grant[];
}

const ALL = ROLES;
const EDITORS = ['EDITOR', 'ADMIN'] as const;
const WRITERS = ['TRANSLATOR', 'REVISER'] as const;

/**
 * The roles that may perform each action. An action on one locale needs a role whose grant covers that locale; the
 * grants of editors and administrators cover all four.
 */
export const ACTIONS = {
  READ_WORK: ALL,
  COMMENT: ALL,
  WRITE_TRANSLATION: WRITERS,
  SUBMIT_TRANSLATION: WRITERS,
  /** Including originals. */
  REVIEW: ['REVISER', 'EDITOR', 'ADMIN'],
  CREATE_RELEASE: EDITORS,
  UPDATE_RELEASE: EDITORS,
  WRITE_ORIGINAL: EDITORS,
  ASSIGN: EDITORS,
  PUBLISH: EDITORS,
  WAIVE: EDITORS,
  RETRACT: EDITORS,
  /** Writes a text under an existing key. */
  WRITE_LOCALE_ENTRY: ALL,
  ADD_LOCALE_ENTRY: EDITORS,
  ADD_NAMESPACE: ['ADMIN'],
  SET_AUDIENCE_RULE: ['ADMIN'],
  SAVE_TOPIC: ['ADMIN'],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof ACTIONS;

/** @param locale null for an action without a locale */
export function allows(viewer: Viewer, action: Action, locale: Locale | null = null): boolean {
  const roles: readonly Role[] = ACTIONS[action];
  return viewer.grants.some((grant) => {
    return (
      roles.includes(grant.role) &&
      (locale === null || grant.locale === null || grant.locale === locale)
    );
  });
}

/**
 * The first statement of every use case.
 *
 * @throws AppError UNAUTHENTICATED without a viewer, FORBIDDEN or FORBIDDEN_IN_LOCALE without the right
 */
export function authorize(
  viewer: Viewer | null,
  action: Action,
  locale: Locale | null = null,
): Viewer {
  if (!viewer) throw new AppError('UNAUTHENTICATED');
  if (!allows(viewer, action, locale)) throw forbidden(viewer, action, locale);
  return viewer;
}

/**
 * Lists the roles that may perform the action, as tokens name them; and the locale, if the viewer has such a role for
 * others.
 */
function forbidden(viewer: Viewer, action: Action, locale: Locale | null): AppError {
  const roles = ACTIONS[action].map((role) => role.toLowerCase());
  return locale !== null && allows(viewer, action)
    ? new AppError('FORBIDDEN_IN_LOCALE', { roles, locale })
    : new AppError('FORBIDDEN', { roles });
}

/** The locales in which a viewer may perform this action. */
export function localesFor(
  viewer: Viewer,
  action: Action,
  locales: readonly Locale[],
): readonly Locale[] {
  return locales.filter((locale) => allows(viewer, action, locale));
}
