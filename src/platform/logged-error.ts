/** An error as the log gets it. */
interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
  /** Names and codes of ours, of Node and of PostgreSQL. */
  readonly [name: string]: unknown;
}

/** The fields of an error that are logged; all others (TypeORM's `parameters`, PostgreSQL's `detail`) may have values. */
const LOGGED_FIELDS = [
  'code',
  'reason',
  'constraint',
  'schema',
  'table',
  'column',
  'routine',
  'syscall',
];

/** Causes of causes. */
const MAX_DEPTH = 4;
const MAX_MESSAGE_LENGTH = 500;

/** Something that reads like `Bearer …` or like a JWT, wherever it stands. */
const TOKEN = /\bbearer\s+\S+|\beyJ[\w-]{5,}(\.[\w-]*)*/gi;
/** What is quoted in a message may be what a caller sent. */
const QUOTED = /"[^"]*"|'[^']*'|`[^`]*`|“[^”]*”|«[^»]*»/g;
/** What is quoted by these is a name of our own: `relation "published.release" does not exist`. */
const NAMES_OWN = /^(42|3D|3F|28|08|53|55|57|58)/;

/**
 * Logs where an error occurred, without what a caller sent: errors of libraries quote values in their
 * messages and carry them in their fields.
 */
export function loggedError(error: unknown, depth = 0): LoggedError | string {
  if (!(error instanceof Error)) return typeof error;
  const { name, cause } = error;
  const fields = error as unknown as Record<string, unknown>;
  const logged = LOGGED_FIELDS.filter((key) => ['string', 'number'].includes(typeof fields[key]));
  return {
    type: fields.constructor.name || name,
    message: safeMessage(error.message, fields['code']),
    stack: framesOf(error),
    ...Object.fromEntries(logged.map((key) => [key, clean(String(fields[key]))])),
    ...(cause !== undefined && depth < MAX_DEPTH && { cause: loggedError(cause, depth + 1) }),
  };
}

function safeMessage(message: string, code: unknown): string {
  const isOwn = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && NAMES_OWN.test(code);
  const bare = isOwn ? message : message.replace(QUOTED, '"…"');
  return clean(bare);
}

function clean(text: string): string {
  return text.replace(TOKEN, '…').slice(0, MAX_MESSAGE_LENGTH);
}

/** Without the first lines, which repeat the message. */
function framesOf({ stack = '' }: Error): string {
  const lines = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return lines.map((line) => line.trim()).join('\n');
}
