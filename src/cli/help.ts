import { type Command, Help, type HelpConfiguration } from 'commander';

import type { MessageKey } from '../platform/i18n/messages.js';
import type { Terminal } from './terminal.js';

/** Help in the language of the terminal: commander's own titles and placeholders are English. */
export function helpIn(terminal: Terminal): HelpConfiguration {
  const { text } = terminal;
  const plain = new Help();
  const named = (term: string): string => withPlaces(term, terminal);
  return {
    styleTitle: (title) => styleTitle(title, terminal),
    commandUsage: (command) => named(plain.commandUsage(command)),
    subcommandTerm: (command) => named(plain.subcommandTerm(command)),
    argumentTerm: (argument) => placeName(plain.argumentTerm(argument), terminal),
    optionTerm: (option) => named(plain.optionTerm(option)),
    optionDescription({ description, defaultValue, defaultValueDescription }) {
      if (defaultValue === undefined) return description;
      const shown = defaultValueDescription ?? String(defaultValue);
      return `${description} (${text('cli:help.default', { value: shown })})`;
    },
  };
}

/** `--original <locale>` with the placeholder in the language of the terminal: `--original <idioma>`. */
export function withPlaces(term: string, terminal: Terminal): string {
  return term.replace(
    /([<[])([a-z]+)(\.{3})?([>\]])/g,
    (_, open: string, name: string, more: string | undefined, close: string) =>
      `${open}${placeName(name, terminal)}${more === undefined ? '' : '…'}${close}`,
  );
}

/** The displayed name of a placeholder; unchanged if it has no translation. */
export function placeName(name: string, { messages, locale, text }: Terminal): string {
  const key: MessageKey = `cli:places.${name}`;
  return messages.has(locale, key) ? text(key) : name;
}

/** `gateway import`: the leading words of a command line that name a command. */
export function commandPath(program: Command, words: readonly string[]): string {
  const path = [program.name()];
  let command = program;
  for (const word of words) {
    const next = command.commands.find((one) => one.name() === word);
    if (!next) break;
    path.push(word);
    command = next;
  }
  return path.join(' ');
}

function styleTitle(title: string, { text }: Terminal): string {
  const known: Record<string, string> = {
    'Usage:': text('cli:help.usage'),
    'Arguments:': text('cli:help.arguments'),
    'Options:': text('cli:help.options'),
    'Commands:': text('cli:help.commands'),
  };
  return known[title] ?? title;
}
