import type { AppError } from '../kernel/errors.js';
import type { Locale } from '../kernel/locale.js';
import { localeFromEnvironment, messageLocale } from '../platform/i18n/caller-locale.js';
import type { LiveMessages, MessageKey, MessageVariables } from '../platform/i18n/messages.js';

/** How a command speaks: results on standard output, everything else on standard error. */
export interface Terminal {
  readonly messages: LiveMessages;
  readonly locale: Locale;
  readonly text: (key: MessageKey, vars?: MessageVariables) => string;
  readonly fault: (error: AppError) => string;
  /** A result, for people. */
  readonly print: (line: string) => void;
  /** A result, for programs: one JSON document on a line. */
  readonly printJson: (value: unknown) => void;
  /** What is going on. */
  readonly note: (line: string) => void;
  /** A line that the next one overwrites; nothing where the output is no terminal. */
  readonly progress: (line: string) => void;
}

export function createTerminal(
  messages: LiveMessages,
  env: NodeJS.ProcessEnv,
  order: readonly Locale[],
): Terminal {
  const locale = messageLocale(localeFromEnvironment(env), [], order);
  let passing = false;
  const clear = (): void => {
    if (passing) process.stderr.write('\r\u001B[K');
    passing = false;
  };
  return {
    messages,
    locale,
    text: (key, vars = {}) => messages.text(locale, key, vars),
    fault: ({ reason, vars }) =>
      messages.text(locale, `errors:${reason}`, { requestId: '–', ...vars }),
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
