import { exportJWK, generateKeyPair, importJWK, type JWK, jwtVerify, SignJWT } from 'jose';

import type { Role, Viewer } from '../../kernel/access.js';
import { type Locale, TAG_OF } from '../../kernel/locale.js';
import { wallClockMs } from '../../kernel/wall-clock.js';
import type { TokenIssuer } from './authenticator.js';
import { accountIdFor, type ClaimNames, isOfLocales, viewerOfClaims } from './claims.js';
import { TOLERANCE } from './tolerance.js';

const ALGORITHM = 'ES256';
const NAMES: ClaimNames = { roles: 'roles', locales: 'locales', name: 'name' };

/** The account that a development token is made for. */
export interface Bearer {
  /** One subject is one account, whatever its roles. */
  readonly subject: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Of translators and revisers; null: all four. */
  readonly locales: readonly Locale[] | null;
}

/** Issues and accepts tokens with a key of the gateway itself: for development and trials, without a provider. */
export class DevelopmentTokens implements TokenIssuer {
  readonly issuer = 'oas-release-gateway';

  private constructor(
    private readonly key: Awaited<ReturnType<typeof importJWK>>,
    private readonly publicKey: Awaited<ReturnType<typeof importJWK>>,
    private readonly audience: string,
  ) {}

  /**
   * @param key as {@link createDevelopmentKey} makes it
   * @param audience identifies the database: tokens for another database are refused
   */
  static async of(key: JWK, audience: string): Promise<DevelopmentTokens> {
    const publicPart = { ...key, d: undefined };
    const keys = [importJWK(key, ALGORITHM), importJWK(publicPart, ALGORITHM)] as const;
    const [own, open] = await Promise.all(keys);
    return new DevelopmentTokens(own, open, audience);
  }

  /** @param seconds how long the token is valid */
  make({ subject, name, roles, locales }: Bearer, seconds: number): Promise<string> {
    const tags = locales?.map((locale) => TAG_OF[locale]) ?? ['*'];
    const now = Math.floor(wallClockMs() / 1000);
    return new SignJWT({
      name,
      roles: roles.map((role) => role.toLowerCase()),
      ...(roles.some(isOfLocales) && { locales: tags }),
    })
      .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
      .setIssuer(this.issuer)
      .setAudience(this.audience)
      .setSubject(subject)
      .setIssuedAt(now)
      .setExpirationTime(now + seconds)
      .sign(this.key);
  }

  accountIdOf(subject: string): string {
    return accountIdFor(this.issuer, subject);
  }

  async verify(token: string): Promise<Viewer> {
    const { issuer, audience } = this;
    const { payload } = await jwtVerify(token, this.publicKey, {
      algorithms: [ALGORITHM],
      issuer,
      audience,
      requiredClaims: ['sub', 'exp'],
      clockTolerance: TOLERANCE,
    });
    return viewerOfClaims(payload, { issuer, subject: String(payload.sub) }, NAMES);
  }
}

/** A new key pair, with its private part. */
export async function createDevelopmentKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  return exportJWK(privateKey);
}
