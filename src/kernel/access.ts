import { AppError } from './errors.js';
import type { Locale } from './locale.js';

/** TRANSLATOR and REVISER work in locales; EDITOR is a press officer; ADMIN is an EDITOR who also keeps the rules. */
export const ROLES = ['TRANSLATOR', 'REVISER', 'EDITOR', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];

/** `locale` null: for all four. */
export interface Grant {
  readonly role: Role;
  readonly locale: Locale | null;
}

/** Whoever a verified token speaks for. */
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
 * Who may do what. An action on one locale needs a role whose grant covers that locale; the grants of editors and
 * administrators cover all four.
 */
export const ACTIONS = {
  READ_WORK: ALL,
  COMMENT: ALL,
  WRITE_TRANSLATION: WRITERS,
  SUBMIT_TRANSLATION: WRITERS,
  /** Also of originals. */
  REVIEW: ['REVISER', 'EDITOR', 'ADMIN'],
  CREATE_RELEASE: EDITORS,
  UPDATE_RELEASE: EDITORS,
  WRITE_ORIGINAL: EDITORS,
  ASSIGN: EDITORS,
  PUBLISH: EDITORS,
  WAIVE: EDITORS,
  RETRACT: EDITORS,
  /** A text under a key that is there. */
  WRITE_LOCALE_ENTRY: ALL,
  ADD_LOCALE_ENTRY: EDITORS,
  ADD_NAMESPACE: ['ADMIN'],
  SET_AUDIENCE_RULE: ['ADMIN'],
  SAVE_TOPIC: ['ADMIN'],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof ACTIONS;

/** @param locale null for an action that has none */
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

/** Names the roles that may, as tokens name them; and the locale, where the viewer has such a role for others. */
function forbidden(viewer: Viewer, action: Action, locale: Locale | null): AppError {
  const roles = ACTIONS[action].map((role) => role.toLowerCase());
  return locale !== null && allows(viewer, action)
    ? new AppError('FORBIDDEN_IN_LOCALE', { roles, locale })
    : new AppError('FORBIDDEN', { roles });
}

/** The locales in which a viewer may take this action. */
export function localesFor(
  viewer: Viewer,
  action: Action,
  locales: readonly Locale[],
): readonly Locale[] {
  return locales.filter((locale) => allows(viewer, action, locale));
}
