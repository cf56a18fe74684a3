import type { ErrorReason, ErrorVariables } from '../../../kernel/errors.js';
import { unprintableIn } from '../../../kernel/unprintable.js';
import type { Refusal } from './imported.js';

/** Aborts the parsing of one file or line; {@link refusalOf} converts it to a result. */
export class Refused extends Error {
  constructor(
    readonly reason: ErrorReason,
    readonly vars: ErrorVariables = {},
  ) {
    super(reason);
  }
}

/** @throws every error that is not a {@link Refused} */
export function refusalOf(error: unknown): Refusal {
  if (!(error instanceof Refused)) throw error;
  return { ok: false, reason: error.reason, vars: error.vars };
}

/** @throws Refused CHARACTER_REFUSED */
export function refuseUnprintable(text: string, member: string): void {
  const character = unprintableIn(text);
  if (character !== null) throw new Refused('CHARACTER_REFUSED', { member, character });
}
