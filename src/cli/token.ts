import { type Command, CommanderError, InvalidArgumentError, Option } from 'commander';

import type { Config } from '../app/config.js';
import { type Role, ROLES } from '../kernel/access.js';
import { AppError } from '../kernel/errors.js';
import { type Locale, LOCALES, TAG_OF } from '../kernel/locale.js';
import { wallClockMs } from '../kernel/wall-clock.js';
import { isOfLocales } from '../platform/auth/claims.js';
import { isEmbeddedRunning } from '../platform/db/index.js';
import type { Bearer } from '../platform/auth/development-tokens.js';
import { developmentTokens } from './authenticator.js';
import { withDatabase } from './database.js';
import { instantText } from './instant-text.js';
import type { Terminal } from './terminal.js';

export interface TokenOptions {
  readonly role: readonly Role[];
  readonly locale?: readonly Locale[];
  readonly name?: string;
  /** Seconds. */
  readonly ttl: number;
  readonly json?: boolean;
}

const SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 };
const MAX_TTL = 30 * SECONDS.d;
const DEFAULT_TTL = 8 * SECONDS.h;

/**
 * `gateway token`: prints a token that the gateway of this database accepts if development tokens are enabled. With the
 * embedded database, a server must be running on it.
 */
export function addToken(program: Command, terminal: Terminal, config: () => Config): void {
  const { text } = terminal;
  const oneOf = <T extends string>(known: readonly T[]) => {
    return (value: string, before: readonly T[] = []): readonly T[] => {
      const found = known.find((candidate) => candidate === value.toUpperCase());
      if (!found) throw new InvalidArgumentError(known.join(', '));
      return [...before.filter((other) => other !== found), found];
    };
  };
  program
    .command('token')
    .description(text('cli:token.description'))
    .addOption(
      new Option('--role <role>', text('cli:token.role'))
        .argParser(oneOf(ROLES))
        .makeOptionMandatory(),
    )
    .addOption(new Option('--locale <locale>', text('cli:token.locale')).argParser(oneOf(LOCALES)))
    .option('--name <name>', text('cli:token.name'))
    .addOption(
      new Option('--ttl <duration>', text('cli:token.ttl'))
        .argParser(secondsOf)
        .default(DEFAULT_TTL, '8h'),
    )
    .option('--json', text('cli:help.json'))
    .action((options: TokenOptions) => {
      refuseLocaleOfEditors(options, terminal);
      return runToken(config(), terminal, options);
    });
}

async function runToken(config: Config, terminal: Terminal, options: TokenOptions): Promise<void> {
  if (!config.devTokens) throw new AppError('DEVELOPMENT_TOKENS_OFF');
  await refuseIdleFolder(config);
  const bearer = bearerOf(options);
  const { token, accountId } = await withDatabase(config, async (database) => {
    const tokens = await developmentTokens(database);
    const made = await tokens.make(bearer, options.ttl);
    return { token: made, accountId: tokens.accountIdOf(bearer.subject) };
  });
  const { name, roles, locales } = bearer;
  const until = new Date(wallClockMs() + options.ttl * 1_000);
  if (options.json) {
    const tags = locales?.map((locale) => TAG_OF[locale]) ?? null;
    const expiresAt = `${until.toISOString().slice(0, 19)}Z`;
    return terminal.printJson({ token, name, accountId, roles, locales: tags, expiresAt });
  }
  terminal.print(token);
  terminal.note(
    terminal.text('cli:token.made', { name, until: instantText(until, terminal.locale) }),
  );
}

/**
 * A token is valid for one database: a server elsewhere would reject a token from a folder that no server uses.
 *
 * @throws AppError SERVER_NOT_RUNNING
 */
async function refuseIdleFolder({ databaseUrl, dataDir }: Config): Promise<void> {
  if (databaseUrl !== undefined || (await isEmbeddedRunning(dataDir))) return;
  throw new AppError('SERVER_NOT_RUNNING', { folder: dataDir });
}

/** The name identifies the account: the same name with another role is the same person. */
function bearerOf({ role, locale, name }: TokenOptions): Bearer {
  const locales = locale ?? null;
  const called = name?.trim() || [...role, ...(locales ?? [])].join(' ').toLowerCase();
  return { subject: called, name: called, roles: role, locales };
}

function refuseLocaleOfEditors({ role, locale }: TokenOptions, { text }: Terminal): void {
  const everywhere = role.find((one) => !isOfLocales(one));
  if (!locale || !everywhere) return;
  const message = text('cli:token.localeForAll', { role: everywhere.toLowerCase() });
  throw new CommanderError(2, 'gateway.localeForAll', message);
}

/** `90s`, `30m`, `8h`, `2d`. */
function secondsOf(value: string): number {
  const [, count, unit] = /^(\d{1,7})([smhd])$/.exec(value) ?? [];
  const seconds = Number(count) * SECONDS[unit as keyof typeof SECONDS];
  if (seconds >= 1 && seconds <= MAX_TTL) return seconds;
  throw new InvalidArgumentError('1s…30d');
}
