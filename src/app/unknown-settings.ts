import { diffChars } from 'diff';

import { AppError } from '../kernel/errors.js';

/** An environment variable that is not a setting, but resembles one. */
export interface ResemblingName {
  readonly name: string;
  /** The setting that it resembles; null if it only has the prefix of settings. */
  readonly setting: string | null;
}

export interface UnknownSettings {
  /** Misspellings of settings that are not set. */
  readonly misspelt: readonly ResemblingName[];
  /** Others, which may belong to another program. */
  readonly foreign: readonly ResemblingName[];
}

/** Prefixes of many settings of this program. */
const PREFIX = /^(DATABASE|OIDC|QUERY|METRICS|OPERATIONS)_/;

/** A shorter name resembles too many others: HOST is two letters away from HOME. */
const MIN_LENGTH = 8;
/** Letters added or removed; a replaced letter counts twice, as do two swapped ones. */
const MAX_EDITS = 2;

/**
 * Read by libpq and the tools of PostgreSQL, and by scripts around them: PGDATA_DIR is not a misspelling of DATA_DIR.
 */
const OF_POSTGRES = /^PG[A-Z]/;
/** Kubernetes and Docker set them for services called `database` or `metrics`. */
const OF_SERVICE = /_SERVICE_(HOST|PORT)|_PORT_\d+_/;

/**
 * Finds variables that resemble settings of this program but are not. If the setting itself is also set, its
 * misspelling belongs to another program: DATABASE_URI beside DATABASE_URL.
 */
export function unknownSettings(
  env: NodeJS.ProcessEnv,
  settings: readonly string[],
): UnknownSettings {
  const isSet = (name: string) => (env[name] ?? '').trim() !== '';
  const misspelt: ResemblingName[] = [];
  const foreign: ResemblingName[] = [];
  for (const name of Object.keys(env).sort()) {
    if (settings.includes(name) || !isSet(name)) continue;
    if (OF_POSTGRES.test(name) || isOfService(name, env[name])) continue;
    const meant = settings.find((setting) => isMisspelling(name, setting));
    if (meant !== undefined && !isSet(meant)) misspelt.push({ name, setting: meant });
    else if (meant !== undefined || PREFIX.test(name)) foreign.push({ name, setting: null });
    else {
      const setting = settings.find((one) => isMisspelling(name, one.replace(PREFIX, '')));
      if (setting !== undefined && !isSet(setting)) foreign.push({ name, setting });
    }
  }
  return { misspelt, foreign };
}

/** @throws AppError SETTING_MISSPELT */
export function refuseMisspelt(env: NodeJS.ProcessEnv, settings: readonly string[]): void {
  const { misspelt } = unknownSettings(env, settings);
  if (misspelt.length === 0) return;
  const faults = misspelt.map(({ name, setting }) => `${name} (${setting}?)`);
  throw new AppError('SETTING_MISSPELT', { faults: faults.join('; ') });
}

function isMisspelling(name: string, setting: string): boolean {
  if (Math.min(name.length, setting.length) < MIN_LENGTH) return false;
  const upper = name.toUpperCase();
  return diffChars(upper, setting, { maxEditLength: MAX_EDITS }) !== undefined;
}

function isOfService(name: string, value = ''): boolean {
  return OF_SERVICE.test(name) || value.startsWith('tcp://');
}
