import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import type { Config } from '../../app/config.js';
import { OidcIssuer } from '../../platform/auth/oidc.js';
import { error, ok, type Outcome, skipped, warning } from './finding.js';

/** The root of the package, from `src/cli/doctor` and from `dist/cli/doctor` alike. */
const ROOT = new URL('../../../', import.meta.url);

/** Checks whether the package supports this version of Node.js. */
export function checkNode(version = process.versions.node): Outcome {
  const file = readFileSync(new URL('package.json', ROOT), 'utf8');
  const { engines } = JSON.parse(file) as { engines: { node: string } };
  const needed = engines.node.replace(/[^\d.]/g, '');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [minMajor = 0, minMinor = 0] = needed.split('.').map(Number);
  const isOld = major < minMajor || (major === minMajor && minor < minMinor);
  return isOld ? error('old', { version, needed }) : ok('ok', { version });
}

export function checkExplorer(): Outcome {
  const page = fileURLToPath(new URL('dist/explorer/index.html', ROOT));
  return existsSync(page) ? ok('ok') : warning('missing');
}

/** Checks whether the keys of the OpenID provider can be fetched in a bounded time. */
export async function checkOidc({ oidc }: Config): Promise<Outcome> {
  if (oidc === null) return skipped('unset');
  const { issuer } = oidc;
  try {
    await new OidcIssuer(oidc).fetchKeys();
    return ok('ok', { issuer });
  } catch (fault) {
    return error('unreachable', { issuer, detail: detailOf(fault) });
  }
}

/** `fetch` and `unavailable` wrap the original error. */
function detailOf(fault: unknown): string {
  const { message, name, cause } = fault as Error & { code?: string };
  return cause === undefined ? message || name : detailOf(cause);
}
