import type { Config } from '../app/config.js';
import { Authenticator, type TokenIssuer } from '../platform/auth/authenticator.js';
import { createDevelopmentKey, DevelopmentTokens } from '../platform/auth/development-tokens.js';
import { OidcIssuer } from '../platform/auth/oidc.js';
import { type Database, findOrCreateSecret } from '../platform/db/index.js';

/** Accepts tokens from the issuers that the settings configure. */
export async function createAuthenticator(
  { devTokens, oidc }: Pick<Config, 'devTokens' | 'oidc'>,
  database: Database,
): Promise<Authenticator> {
  const issuers: TokenIssuer[] = [];
  if (oidc) issuers.push(new OidcIssuer(oidc));
  if (devTokens) issuers.push(await developmentTokens(database));
  return new Authenticator(issuers);
}

/** Signed with the key of this database, so that every node accepts them, and no gateway of another database does. */
export async function developmentTokens({
  asOwner,
  readPool,
}: Database): Promise<DevelopmentTokens> {
  const key = await asOwner((owner) => {
    return findOrCreateSecret(owner, 'development_key', createDevelopmentKey);
  });
  const { rows } = await readPool.query<{ id: string }>(
    'SELECT database_id AS id FROM published.change_log_head',
  );
  return DevelopmentTokens.of(key, rows[0]?.id ?? '');
}
