import type { AppError, ErrorReason, ErrorVariables } from '../kernel/errors.js';
import type { Locale } from '../kernel/locale.js';
import { localeFromEnvironment, messageLocale } from '../platform/i18n/caller-locale.js';
import type { LiveMessages, MessageKey, MessageVariables } from '../platform/i18n/messages.js';

/** The output of a command: results to standard output, everything else to standard error. */
export interface Terminal {
  readonly messages: LiveMessages;
  readonly locale: Locale;
  readonly text: (key: MessageKey, vars?: MessageVariables) => string;
  readonly fault: (error: AppError) => string;
  /**
   * The error message of another program, in whatever language it uses: printed on a line of its own, never within a
   * sentence. Null for an error whose sentence is complete.
   */
  readonly details: (error: AppError) => string | null;
  /** A result, for people. */
  readonly print: (line: string) => void;
  /** A result, for programs: one JSON document on a line. */
  readonly printJson: (value: unknown) => void;
  /** Progress and other messages. */
  readonly note: (line: string) => void;
  /** A line that the next one overwrites; nothing if the output is not a terminal. */
  readonly progress: (line: string) => void;
}

/** Errors whose `detail` comes from PostgreSQL, graphql-js or Node.js. */
const WITH_DETAILS: ReadonlySet<ErrorReason> = new Set([
  'DATABASE_UNREACHABLE',
  'DATABASE_RIGHTS_MISSING',
  'DATABASE_START_FAILED',
  'DATA_FOLDER_UNUSABLE',
  'OPERATIONS_MANIFEST_INVALID',
]);

/**
 * The message for an error code of the operating system or of Node.js, followed by the code; anything else is
 * unchanged.
 */
function systemError(detail: string, messages: LiveMessages, locale: Locale): string {
  if (!/^E[A-Z][A-Z0-9_]+$/.test(detail)) return detail;
  const key: MessageKey = `cli:system.${detail}`;
  const known = messages.has(locale, key) ? key : 'cli:system.other';
  return messages.text(locale, known, { code: detail });
}

export function createTerminal(
  messages: LiveMessages,
  env: NodeJS.ProcessEnv,
  order: readonly Locale[],
): Terminal {
  const locale = messageLocale(localeFromEnvironment(env), [], order);
  let passing = false;
  const detailOf = ({ detail }: ErrorVariables): { detail?: string } =>
    detail === undefined ? {} : { detail: systemError(String(detail), messages, locale) };
  const clear = (): void => {
    if (passing) process.stderr.write('\r\u001B[K');
    passing = false;
  };
  return {
    messages,
    locale,
    text: (key, vars = {}) => messages.text(locale, key, vars),
    fault: ({ reason, vars }) =>
      messages.text(locale, `errors:${reason}`, { requestId: '–', ...vars, ...detailOf(vars) }),
    details({ reason, vars }) {
      const { detail = '' } = detailOf(vars);
      return detail !== '' && WITH_DETAILS.has(reason) ? detail : null;
    },
    print(line) {
      clear();
      process.stdout.write(`${line}\n`);
    },
    printJson(value) {
      process.stdout.write(`${JSON.stringify(value)}\n`);
    },
    note(line) {
      clear();
      process.stderr.write(`${line}\n`);
    },
    progress(line) {
      if (!process.stderr.isTTY) return;
      clear();
      process.stderr.write(line);
      passing = true;
    },
  };
}
