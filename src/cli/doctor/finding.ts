import type { MessageVariables } from '../../platform/i18n/messages.js';

/** `skipped`: a check it depends on failed, so the result is unknown. */
export type Status = 'ok' | 'warning' | 'error' | 'skipped';

/** In reporting order. */
export const CHECKS = [
  'settings',
  'node',
  'explorer',
  'oidc',
  'database',
  'poolers',
  'identity',
  'collations',
  'extensions',
  'roles',
  'migrations',
  'logins',
  'connections',
  'listen',
  'replicas',
  'clock',
  'schedules',
] as const;

export type CheckName = (typeof CHECKS)[number];

/** The result of a check; `text` is the end of a key below `cli:doctor.<check>`. */
export interface Outcome {
  readonly status: Status;
  readonly text: string;
  readonly vars: MessageVariables;
}

/** A finding in the language of the terminal, with the recommended action. */
export interface Finding {
  readonly check: CheckName;
  readonly status: Status;
  /** The code of the error with which a start would fail too. */
  readonly reason: string | null;
  readonly message: string;
}

type MakeOutcome = (text: string, vars?: MessageVariables) => Outcome;

const outcome =
  (status: Status): MakeOutcome =>
  (text, vars = {}) => ({ status, text, vars });

export const ok = outcome('ok');
export const warning = outcome('warning');
export const error = outcome('error');
export const skipped = outcome('skipped');
