import type { CommanderError } from 'commander';

import { placeName, withPlaces } from './help.js';
import type { Terminal } from './terminal.js';

/** In characters; quoting more of the input does not help to find it. */
const MAX_QUOTE = 60;

/** The message for a wrong command line, in the language of the terminal: commander's messages are English. */
export function usageFault(error: CommanderError, terminal: Terminal): string {
  const { text } = terminal;
  const quoted = (/'([^']*)'/.exec(error.message)?.[1] ?? '').slice(0, MAX_QUOTE);
  const name = withPlaces(quoted, terminal);
  switch (error.code) {
    // Thrown by commander after it has shown the help of a command that requires a subcommand.
    case 'commander.help':
      return text('cli:usage.missingCommand');
    case 'commander.unknownCommand':
      return text('cli:usage.unknownCommand', { name: quoted });
    case 'commander.unknownOption':
      return text('cli:usage.unknownOption', { name: quoted });
    case 'commander.missingArgument':
      return text('cli:usage.missingArgument', { name: placeName(quoted, terminal) });
    case 'commander.missingMandatoryOptionValue':
      return text('cli:usage.missingOption', { name });
    case 'commander.optionMissingArgument':
      return text('cli:usage.missingOptionValue', { name });
    case 'commander.excessArguments':
      return text('cli:usage.tooManyArguments');
    case 'commander.invalidArgument': {
      const [, value = '', allowed = ''] =
        /(?:argument|value) '(.*)' is invalid\. (.*)$/s.exec(error.message) ?? [];
      return text('cli:usage.invalidValue', { name, value: value.slice(0, MAX_QUOTE), allowed });
    }
    default:
      return error.code.startsWith('gateway.')
        ? error.message
        : text('cli:unexpected', { detail: error.code });
  }
}
