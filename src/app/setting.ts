import { isAddressBlock } from '../platform/http/client-address.js';
import { resolve } from 'node:path';
import { z } from 'zod';
import { LOCALES, TAG_OF, type Locale } from '../kernel/locale.js';
import { SIGNATURES } from '../platform/auth/oidc.js';
import { hasLogin } from '../platform/db/addresses.js';
import { DEFAULT_RELEASE_URL } from '../platform/http/site-address.js';

export interface Setting<T> {
  readonly schema: z.ZodType<T, string>;
  /** The allowed values, in symbols that need no translation. */
  readonly allowed: string;
  /** The value may contain a password, so an error names only the setting. */
  readonly secret?: true;
  /** The invalid part of a long value; default: all of it. */
  readonly faultyPart?: (value: string) => string;
}

/** An invalid setting, as a message names it. */
export function faultOf(name: string, setting: Setting<unknown>, given: string): string {
  const faulty = setting.faultyPart?.(given) ?? given;
  const shown = setting.secret ? '' : `=${faulty.slice(0, 60)}`;
  return `${name}${shown} (${setting.allowed})`;
}

export function integer(min: number, max: number): Setting<number> {
  const schema = z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= min && value <= max);
  return { schema, allowed: `${min}…${max}` };
}

export const MAX_REPLICAS = 16;

export function isPostgresUrl(value: string): boolean {
  return /^postgres(ql)?:\/\//.test(value) && URL.canParse(value);
}

export const postgresUrl: Setting<string> = {
  schema: z.string().refine(isPostgresUrl),
  allowed: 'postgres://USER:PASSWORD@HOST:5432/DATABASE',
  secret: true,
};

/** The value of DATABASE_URL that selects the embedded database. */
export const EMBEDDED = 'embedded';

export const ownerUrl: Setting<string> = {
  schema: z.string().refine((value) => value === EMBEDDED || isPostgresUrl(value)),
  allowed: `${postgresUrl.allowed}, ${EMBEDDED}`,
  secret: true,
};

/** An address that takes its login from another setting. */
export const postgresServer: Setting<string> = {
  schema: z.string().refine((url) => isPostgresUrl(url) && !hasLogin(url)),
  allowed: 'postgres://HOST:5432/DATABASE',
  secret: true,
};

export const postgresUrls: Setting<string[]> = {
  schema: z
    .string()
    .transform((value) => value.split(',').map((url) => url.trim()))
    .refine((urls) => urls.length <= MAX_REPLICAS && urls.every(isPostgresUrl)),
  allowed: 'postgres://HOST:5432/DATABASE,postgres://…',
  secret: true,
};

export const webAddress: Setting<string> = {
  schema: z
    .string()
    .max(2000)
    .refine((value) => /^https?:\/\//.test(value) && URL.canParse(value)),
  allowed: 'https://…',
};

/** Includes a path if the gateway is not at the root of its host; no query, because paths are appended. */
export const publicUrl: Setting<string> = {
  schema: webAddress.schema
    .refine((value) => !/[?#]/.test(value))
    .transform((value) => value.replace(/\/+$/, '')),
  allowed: 'https://HOST, https://HOST/PATH',
};

export const releaseUrl: Setting<string> = {
  schema: z.string().max(2000).refine(isReleaseUrl),
  allowed: `${DEFAULT_RELEASE_URL}, https://HOST/{lang}/{slug}`,
};

/** `{slug}` is required, because only the slug is unique to each text. */
export function isReleaseUrl(value: string): boolean {
  if (!/^(\{PUBLIC_URL\}|https?:\/\/)/.test(value) || !value.includes('{slug}')) return false;
  const filled = value
    .replace(/^\{PUBLIC_URL\}(?=\/)/, 'https://host')
    .replaceAll(/\{(lang|slug)\}/g, 'x');
  return !/[{}]/.test(filled) && URL.canParse(filled);
}

export const text: Setting<string> = { schema: z.string().max(500), allowed: '…' };

export const signatures: Setting<string[]> = {
  schema: z
    .string()
    .transform((value) => value.split(',').map((name) => name.trim()))
    .refine((names) => names.every((name) => (SIGNATURES as readonly string[]).includes(name))),
  allowed: SIGNATURES.join(', '),
};

/** Relative paths are resolved against the folder the program was started in. */
export const files: Setting<string[]> = {
  schema: z
    .string()
    .regex(/^[^\0]+$/)
    .transform((value) => value.split(',').map((path) => path.trim()))
    .refine((paths) => paths.every((path) => path !== ''))
    .transform((paths) => paths.map((path) => resolve(path))),
  allowed: 'FILE.json, FILE.json,OTHER.json',
};

export const flag: Setting<boolean> = {
  schema: z.enum(['0', '1']).transform((value) => value === '1'),
  allowed: '0, 1',
};

export const addressBlocks: Setting<string[]> = {
  schema: z
    .string()
    .transform((value) => value.split(',').map((entry) => entry.trim()))
    .refine((entries) => entries.every(isAddressBlock)),
  allowed: '10.0.0.1, 10.0.0.0/8, 2001:db8::/32',
};

/**
 * An origin as a browser sends it (RFC 6454 §6.2); null for an invalid one. Apps in a web view have their own schemes.
 */
function originOf(value: string): string | null {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/?#@\s*,\\]+\/?$/i.test(value) || !URL.canParse(value))
    return null;
  const { origin, protocol, host } = new URL(value);
  if (protocol === 'file:' || host === '') return null;
  return origin === 'null' ? `${protocol}//${host}` : origin;
}

const originsIn = (value: string): string[] => value.split(',').map((one) => one.trim());

/** null for `*`: any. */
export const origins: Setting<string[] | null> = {
  schema: z.string().transform((value, context) => {
    if (value === '*') return null;
    const found = originsIn(value).map(originOf);
    if (found.every((origin) => origin !== null)) return [...new Set(found)];
    context.addIssue({ code: 'custom' });
    return z.NEVER;
  }),
  allowed: '*; https://HOST, https://HOST:PORT,https://HOST',
  faultyPart: (value) => {
    const faulty = originsIn(value).filter((one) => originOf(one) === null);
    return faulty.includes('') ? value : faulty.join(',');
  },
};

const tags = LOCALES.map((locale) => TAG_OF[locale]);

export const localeOrder: Setting<Locale[]> = {
  schema: z.string().transform((value, context) => {
    const wanted = value.split(',').map((tag) => tag.trim().toLowerCase());
    const locales = wanted.map((tag) => LOCALES.find((locale) => TAG_OF[locale] === tag));
    const found = locales.filter((locale) => locale !== undefined);
    // Each of the four exactly once: a locale left out could never be a fallback.
    if (found.length === LOCALES.length && new Set(found).size === locales.length) return found;
    context.addIssue({ code: 'custom' });
    return z.NEVER;
  }),
  allowed: `${tags.join(',')}`,
};

export const hostName: Setting<string> = {
  schema: z.string().regex(/^[\w.:-]+$/),
  allowed: '127.0.0.1, 0.0.0.0, ::1',
};
