import type { DatabaseSettings } from './pools.js';

/** Parameters that contain the login in an address without a host (that of a socket). */
const LOGIN_PARAMETERS = ['user', 'password'];

/**
 * The owner's address for work that needs a session: migrations, locks. It bypasses the pooler, if there is one.
 * Contains a password: never log it.
 */
export function ownerAddress({ databaseUrl = '', databaseListenUrl }: DatabaseSettings): string {
  return databaseListenUrl === undefined
    ? databaseUrl
    : withLoginOf(databaseUrl, databaseListenUrl);
}

/** The address of one server with the login of another address. Contains a password: never log it. */
export function withLoginOf(source: string, target: string): string {
  const from = new URL(source);
  const url = new URL(target);
  const user = from.username || encodeURIComponent(from.searchParams.get('user') ?? '');
  const password = from.password || encodeURIComponent(from.searchParams.get('password') ?? '');
  return withLogin(url, { user, password });
}

/** @param login percent-encoded, as in an address */
export function withLogin(url: URL, login: { user: string; password: string }): string {
  const made = new URL(url);
  if (made.hostname === '') {
    made.searchParams.set('user', decodeURIComponent(login.user));
    made.searchParams.set('password', decodeURIComponent(login.password));
    return made.href;
  }
  for (const name of LOGIN_PARAMETERS) made.searchParams.delete(name);
  made.username = login.user;
  made.password = login.password;
  return made.href;
}

/** Whether an address contains a login. */
export function hasLogin(url: string): boolean {
  const { username, searchParams } = new URL(url);
  return username !== '' || LOGIN_PARAMETERS.some((name) => searchParams.has(name));
}
