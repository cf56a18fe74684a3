/** Settings that require another setting. */
const NEEDS = {
  METRICS_HOST: 'METRICS_PORT',
  DATABASE_LISTEN_URL: 'DATABASE_URL',
  DATABASE_POOLER: 'DATABASE_LISTEN_URL',
  DATABASE_READER_URL: 'DATABASE_URL',
  DATABASE_WRITER_URL: 'DATABASE_URL',
  DATABASE_REPLICA_URLS: 'DATABASE_URL',
  OIDC_ISSUER: 'OIDC_AUDIENCE',
  OIDC_AUDIENCE: 'OIDC_ISSUER',
  OIDC_JWKS_URL: 'OIDC_ISSUER',
  OIDC_ALGORITHMS: 'OIDC_ISSUER',
  OIDC_ROLES_CLAIM: 'OIDC_ISSUER',
  OIDC_LOCALES_CLAIM: 'OIDC_ISSUER',
  OIDC_NAME_CLAIM: 'OIDC_ISSUER',
} as const satisfies Partial<Record<string, string>>;

/** Settings that have no effect without another one, which is not set. */
export function lonelySettings(
  values: Readonly<Record<string, unknown>>,
  faults: readonly string[],
): string[] {
  return Object.entries<string>(NEEDS).flatMap(([name, needed]) => {
    const isThere = (setting: string) => values[setting] !== undefined;
    const isFaulty = faults.some(
      (fault) => fault.startsWith(`${needed} `) || fault.startsWith(`${needed}=`),
    );
    return isThere(name) && !isThere(needed) && !isFaulty ? [`${name} (+ ${needed})`] : [];
  });
}
