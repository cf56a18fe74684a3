import { decodeJwt, errors } from 'jose';

import type { Viewer } from '../../kernel/access.js';
import { AppError } from '../../kernel/errors.js';

/** Whoever makes tokens that are accepted here. */
export interface TokenIssuer {
  /** The claim `iss` of its tokens. */
  readonly issuer: string;
  /** @throws what jose throws of a token that is not valid; AppError ISSUER_UNAVAILABLE */
  verify(token: string): Promise<Viewer>;
}

/** RFC 6750 §2.1. */
const BEARER = /^Bearer +([\w~+/.-]+=*) *$/i;

/** Finds out whom a request speaks for, by its header Authorization. */
export class Authenticator {
  constructor(private readonly issuers: readonly TokenIssuer[]) {}

  /**
   * @returns null without the header
   * @throws AppError TOKEN_INVALID for anything that is not a valid token of an issuer known here; ISSUER_UNAVAILABLE
   *   where the issuer's keys cannot be had
   */
  async viewerOf(header: string | undefined): Promise<Viewer | null> {
    if (header === undefined) return null;
    try {
      const token = BEARER.exec(header)?.[1] ?? '';
      // Not verified yet: it only tells whose keys to try.
      const { iss } = decodeJwt(token);
      const issuer = this.issuers.find((candidate) => candidate.issuer === iss);
      if (!issuer) throw new AppError('TOKEN_INVALID', {}, { cause: 'ISSUER_UNKNOWN' });
      return await issuer.verify(token);
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      // Only its code is for the log: the error itself may hold the claims.
      throw new AppError('TOKEN_INVALID', {}, { cause: error.code });
    }
  }
}
