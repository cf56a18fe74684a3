import {
  createRemoteJWKSet,
  errors,
  type JWTVerifyOptions,
  jwtVerify,
  type RemoteJWKSet,
} from 'jose';

import type { Viewer } from '../../kernel/access.js';
import { AppError } from '../../kernel/errors.js';
import type { TokenIssuer } from './authenticator.js';
import { type ClaimNames, viewerOfClaims } from './claims.js';
import { TOLERANCE } from './tolerance.js';

/** Asymmetric signatures only: a public key must never be accepted as a shared secret. */
export const SIGNATURES = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
] as const;

export interface OidcSettings {
  readonly issuer: string;
  readonly audience: string;
  /** The address of the issuer's keys; null: the one in its discovery document. */
  readonly jwksUrl: string | null;
  readonly algorithms: readonly string[];
  readonly claims: ClaimNames;
}

export interface OidcTimes {
  /** The maximum wait for keys. */
  readonly timeoutMs?: number;
  /** The minimum interval between fetches of keys that are caused by tokens with an unknown key. */
  readonly cooldownMs?: number;
}

/** Tokens of an OpenID provider. Its keys are fetched when needed, so that they may change at any time. */
export class OidcIssuer implements TokenIssuer {
  readonly issuer: string;
  private readonly options: JWTVerifyOptions;
  private keys: Promise<RemoteJWKSet> | null = null;

  constructor(
    private readonly settings: OidcSettings,
    private readonly times: OidcTimes = {},
  ) {
    const { issuer, audience, algorithms } = settings;
    this.issuer = issuer;
    this.options = {
      algorithms: [...algorithms],
      issuer,
      audience,
      requiredClaims: ['sub', 'exp'],
      clockTolerance: TOLERANCE,
    };
  }

  async verify(token: string): Promise<Viewer> {
    const { issuer, settings } = this;
    const keys = await this.findKeys();
    const { payload } = await this.check(token, async (...args) => {
      return keys(...args).catch((error: unknown) => {
        throw isOfToken(error) ? error : unavailable(error);
      });
    });
    return viewerOfClaims(payload, { issuer, subject: String(payload.sub) }, settings.claims);
  }

  /**
   * Fetches the keys now, for a check of the settings.
   *
   * @throws AppError ISSUER_UNAVAILABLE with its cause
   */
  async fetchKeys(): Promise<void> {
    const keys = await this.findKeys();
    await keys.reload().catch((error: unknown) => {
      throw unavailable(error);
    });
  }

  /** A token that names no key may be signed with any of the keys. */
  private async check(
    token: string,
    keys: (...args: Parameters<RemoteJWKSet>) => ReturnType<RemoteJWKSet>,
  ) {
    try {
      return await jwtVerify(token, keys, this.options);
    } catch (error) {
      if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
      for await (const key of error) {
        const verified = await jwtVerify(token, key, this.options).catch((cause: unknown) => {
          if (cause instanceof errors.JWSSignatureVerificationFailed) return null;
          throw cause;
        });
        if (verified) return verified;
      }
      throw new errors.JWSSignatureVerificationFailed();
    }
  }

  private findKeys(): Promise<RemoteJWKSet> {
    return (this.keys ??= this.locateKeys().then(
      (url) => {
        const { timeoutMs = 5_000, cooldownMs = 5_000 } = this.times;
        return createRemoteJWKSet(url, {
          timeoutDuration: timeoutMs,
          cooldownDuration: cooldownMs,
        });
      },
      (error: unknown) => {
        // The next request tries again.
        this.keys = null;
        throw unavailable(error);
      },
    ));
  }

  /** OpenID Connect Discovery 1.0 §4. */
  private async locateKeys(): Promise<URL> {
    const { issuer, jwksUrl } = this.settings;
    if (jwksUrl !== null) return new URL(jwksUrl);
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const signal = AbortSignal.timeout(this.times.timeoutMs ?? 5_000);
    const response = await fetch(address, { signal, headers: { accept: 'application/json' } });
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    const found = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
    // The document of another issuer could name that issuer's keys.
    if (found.issuer !== issuer) throw new Error(`${address} is not the document of ${issuer}`);
    return new URL(String(found.jwks_uri));
  }
}

/** Whether the token is at fault, rather than the fetch of the keys. */
function isOfToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}

function unavailable(cause: unknown): AppError {
  return new AppError('ISSUER_UNAVAILABLE', {}, { cause });
}
