import { resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from './kernel/errors.js';
import { LOCALES, TAG_OF, type Locale } from './kernel/locale.js';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogThreshold = (typeof LOG_LEVELS)[number];

/** What the whole program is told from outside, read once at its start. */
export interface Config {
  readonly host: string;
  /** 0 lets the operating system choose a free port. */
  readonly port: number;
  /** Absolute; relative values are taken from the folder the program was started in. */
  readonly dataDir: string;
  /** The owner's login; absent means the embedded PostgreSQL. Holds a password: never log it. */
  readonly databaseUrl: string | undefined;
  /** A login that may only read; absent means one that the gateway makes for itself. */
  readonly databaseReaderUrl: string | undefined;
  /** How long a start waits for a database that does not answer yet, in milliseconds. */
  readonly databaseWaitMs: number;
  readonly readPoolSize: number;
  readonly writePoolSize: number;
  /** The longest a reader's statement may run, in milliseconds. */
  readonly statementTimeoutMs: number;
  /** The longest a statement of editors, imports and workers may run, in milliseconds. */
  readonly writeStatementTimeoutMs: number;
  /** Load the demonstration releases at the first start. */
  readonly demo: boolean;
  /** In which order the locales come that neither the reader nor the audience names. */
  readonly localeOrder: readonly Locale[];
  readonly logLevel: LogThreshold;
}

interface Setting<T> {
  readonly schema: z.ZodType<T, string>;
  /** What is allowed, in signs that need no translation. */
  readonly allowed: string;
  /** The value may hold a password, so a fault names only the setting. */
  readonly secret?: true;
}

function integer(min: number, max: number): Setting<number> {
  const schema = z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= min && value <= max);
  return { schema, allowed: `${min}…${max}` };
}

function isPostgresUrl(value: string): boolean {
  return /^postgres(ql)?:\/\//.test(value) && URL.canParse(value);
}

const postgresUrl: Setting<string> = {
  schema: z.string().refine(isPostgresUrl),
  allowed: 'postgres://USER:PASSWORD@HOST:5432/DATABASE',
  secret: true,
};

const tags = LOCALES.map((locale) => TAG_OF[locale]);

const localeOrder: Setting<Locale[]> = {
  schema: z.string().transform((value, context) => {
    const wanted = value.split(',').map((tag) => tag.trim().toLowerCase());
    const locales = wanted.map((tag) => LOCALES.find((locale) => TAG_OF[locale] === tag));
    const found = locales.filter((locale) => locale !== undefined);
    // Each of the four exactly once: a locale left out could never be fallen back to.
    if (found.length === LOCALES.length && new Set(found).size === locales.length) return found;
    context.addIssue({ code: 'custom' });
    return z.NEVER;
  }),
  allowed: `${tags.join(',')}`,
};

const SETTINGS = {
  HOST: { schema: z.string().regex(/^[\w.:-]+$/), allowed: '127.0.0.1, 0.0.0.0, ::1' },
  PORT: integer(0, 65_535),
  DATA_DIR: { schema: z.string().regex(/^[^\0]+$/), allowed: '.data' },
  DATABASE_URL: postgresUrl,
  DATABASE_READER_URL: postgresUrl,
  DATABASE_WAIT_MS: integer(0, 600_000),
  READ_POOL_SIZE: integer(1, 500),
  WRITE_POOL_SIZE: integer(2, 500),
  STATEMENT_TIMEOUT_MS: integer(100, 600_000),
  WRITE_STATEMENT_TIMEOUT_MS: integer(100, 3_600_000),
  DEMO: { schema: z.enum(['0', '1']).transform((value) => value === '1'), allowed: '0, 1' },
  LOCALE_ORDER: localeOrder,
  LOG_LEVEL: { schema: z.enum(LOG_LEVELS), allowed: LOG_LEVELS.join(', ') },
} satisfies Record<string, Setting<unknown>>;

type Settings = typeof SETTINGS;
type Values = { -readonly [Name in keyof Settings]?: z.output<Settings[Name]['schema']> };

function readValues(env: NodeJS.ProcessEnv): Values {
  const values: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const [name, setting] of Object.entries<Setting<unknown>>(SETTINGS)) {
    const given = env[name]?.trim();
    if (given === undefined || given === '') continue;
    const parsed = setting.schema.safeParse(given);
    if (parsed.success) values[name] = parsed.data;
    else faults.push(faultOf(name, setting, given));
  }
  if (values.DATABASE_READER_URL !== undefined && values.DATABASE_URL === undefined) {
    if (!faults.some((fault) => fault.startsWith('DATABASE_URL '))) {
      faults.push(`DATABASE_READER_URL (+ DATABASE_URL)`);
    }
  }
  if (faults.length > 0) throw new AppError('SETTING_INVALID', { faults: faults.join('; ') });
  return values;
}

function faultOf(name: string, setting: Setting<unknown>, given: string): string {
  const shown = setting.secret ? '' : `=${given.slice(0, 60)}`;
  return `${name}${shown} (${setting.allowed})`;
}

/**
 * Reads and checks all settings; empty ones count as not set. Numbers of milliseconds end in `Ms`.
 *
 * @throws AppError SETTING_INVALID with every fault at once in `faults`; values that may hold a
 *   password are never repeated.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const values = readValues(env);
  return {
    host: values.HOST ?? '127.0.0.1',
    port: values.PORT ?? 4000,
    dataDir: resolve(values.DATA_DIR ?? '.data'),
    databaseUrl: values.DATABASE_URL,
    databaseReaderUrl: values.DATABASE_READER_URL,
    databaseWaitMs: values.DATABASE_WAIT_MS ?? 15_000,
    readPoolSize: values.READ_POOL_SIZE ?? 10,
    writePoolSize: values.WRITE_POOL_SIZE ?? 6,
    statementTimeoutMs: values.STATEMENT_TIMEOUT_MS ?? 5_000,
    writeStatementTimeoutMs: values.WRITE_STATEMENT_TIMEOUT_MS ?? 60_000,
    demo: values.DEMO ?? values.DATABASE_URL === undefined,
    localeOrder: values.LOCALE_ORDER ?? LOCALES,
    logLevel: values.LOG_LEVEL ?? 'info',
  };
}
