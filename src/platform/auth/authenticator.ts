import { decodeJwt, errors } from 'jose';

import type { Viewer } from '../../kernel/access.js';
import { AppError } from '../../kernel/errors.js';

/** An issuer of tokens that the gateway accepts. */
export interface TokenIssuer {
  /** The claim `iss` of its tokens. */
  readonly issuer: string;
  /** @throws the error of jose for an invalid token; AppError ISSUER_UNAVAILABLE */
  verify(token: string): Promise<Viewer>;
}

/** RFC 6750 §2.1. */
const BEARER = /^Bearer +([\w~+/.-]+=*) *$/i;

/** Authenticates the caller of a request by its header Authorization. */
export class Authenticator {
  constructor(private readonly issuers: readonly TokenIssuer[]) {}

  /**
   * @returns null without the header
   * @throws AppError TOKEN_INVALID for anything but a valid token of a known issuer; ISSUER_UNAVAILABLE if the issuer's
   *   keys cannot be fetched
   */
  async viewerOf(header: string | undefined): Promise<Viewer | null> {
    if (header === undefined) return null;
    try {
      const token = BEARER.exec(header)?.[1] ?? '';
      // Not verified yet: it only selects the keys to verify with.
      const { iss } = decodeJwt(token);
      const issuer = this.issuers.find((candidate) => candidate.issuer === iss);
      if (!issuer) throw new AppError('TOKEN_INVALID', {}, { cause: 'ISSUER_UNKNOWN' });
      return await issuer.verify(token);
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      // Only the code is logged: the error itself may contain the claims.
      throw new AppError('TOKEN_INVALID', {}, { cause: error.code });
    }
  }
}
