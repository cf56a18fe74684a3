import { describe, expect, it } from '@jest/globals';

import { CommanderError } from 'commander';

import { createProgram } from '../../../src/cli/program.js';
import { createTerminal } from '../../../src/cli/terminal.js';
import { usageFault } from '../../../src/cli/usage-fault.js';
import { LOCALES } from '../../../src/kernel/locale.js';
import { loadMessages } from '../../../src/platform/i18n/messages.js';

const messages = loadMessages();

/** What `gateway` prints for a command line that no command has to run for. */
async function run(line: string, LANG: string): Promise<{ code: number; output: string }> {
  const terminal = createTerminal(messages, { LANG }, LOCALES);
  const config = () => {
    throw new Error('no settings are needed to help');
  };
  const program = createProgram({ terminal, config });
  let output = '';
  for (const command of [program, ...program.commands.flatMap((c) => [c, ...c.commands])]) {
    command.configureOutput({
      writeOut: (text) => (output += text),
      outputError: () => undefined,
    });
  }
  try {
    await program.parseAsync(line.split(' '), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { code: 0, output };
    return { code: 2, output: usageFault(error, terminal) };
  }
  throw new Error('a command was run');
}

const HELP: [lang: string, command: string, parts: string[]][] = [
  ['fr_CA.UTF-8', '--help', ['Utilisation : gateway [options] [commande]', 'démarrer le serveur']],
  ['es_MX.UTF-8', '--help', ['Uso: gateway [opciones] [comando]', 'iniciar el servidor']],
  ['pt_BR.UTF-8', '--help', ['Uso: gateway [opções] [comando]', 'iniciar o servidor']],
  ['en_US.UTF-8', '--help', ['Usage: gateway [options] [command]', 'start the server']],
  [
    'ht_HT.UTF-8',
    'import --help',
    ['gateway import [options] <fichier…>', '--original <langue>', '--dry-run', 'montrer'],
  ],
  [
    'es_AR.UTF-8',
    'import --help',
    ['gateway import [opciones] <archivo…>', 'publicar lo importado'],
  ],
  ['pt_PT.UTF-8', 'export --help', ['-o, --output <arquivo>', 'arquivo']],
  ['fr_FR.UTF-8', 'demo --help', ['--releases <nombre>', 'par défaut']],
  ['es_UY.UTF-8', 'migrate status --help', ['gateway migrate status [opciones]']],
  ['pt_BR.UTF-8', 'help schema', ['gateway schema [opções]', 'mostrar']],
  [
    'pt_BR.UTF-8',
    'token --help',
    ['--role <função>', '--ttl <duração>', 'criar um token', 'padrão: 8h)'],
  ],
  [
    'fr_CA.UTF-8',
    'locales push --help',
    ['gateway locales push [options] [dossier]', '--prune', 'supprimer aussi', 'par défaut'],
  ],
  ['es_PE.UTF-8', 'locales pull --help', ['gateway locales pull [opciones]', 'sin cambiar nada']],
  ['pt_BR.UTF-8', 'locales --help', ['gateway locales [opções] [comando]', 'push', 'pull']],
  ['fr_HT.UTF-8', 'serve --help', ['gateway serve [options]', 'démarrer le serveur']],
];

describe('help', () => {
  it.each(HELP)('in %s: gateway %s', async (LANG, command, parts) => {
    const { code, output } = await run(command, LANG);
    expect(code).toBe(0);
    for (const text of parts) expect(output).toContain(text);
    expect(output).not.toMatch(/default:|display help/);
  });
});

const WRONG: [command: string, sentence: string][] = [
  ['publish', 'There is no command “publish”.'],
  ['import', 'The argument “file” is missing.'],
  ['import --nope x.txt', 'There is no option “--nope”.'],
  ['import --original', 'The option “--original <locale>” requires a value.'],
  [
    'import --original xx a.txt',
    '“xx” is not a valid value for “--original <locale>”. Allowed: EN, ES, FR, PT.',
  ],
  [
    'demo --releases many',
    '“many” is not a valid value for “--releases <count>”. Allowed: 0…99999.',
  ],
  [
    'demo --releases 99999',
    '“99999” is not a valid value for “--releases <count>”. Allowed: 0…89999.',
  ],
  ['token', 'The option “--role <role>” is missing.'],
  [
    'token --role boss',
    '“boss” is not a valid value for “--role <role>”. Allowed: TRANSLATOR, REVISER, EDITOR, ADMIN.',
  ],
  [
    'token --role translator --locale ht',
    '“ht” is not a valid value for “--locale <locale>”. Allowed: EN, ES, FR, PT.',
  ],
  [
    'token --role admin --ttl 31d',
    '“31d” is not a valid value for “--ttl <duration>”. Allowed: 1s…30d.',
  ],
  [
    'token --role admin --ttl 0s',
    '“0s” is not a valid value for “--ttl <duration>”. Allowed: 1s…30d.',
  ],
  [
    'token --role translator --role editor --locale fr',
    '“editor” is a role for all four languages: omit --locale.',
  ],
  ['export one', 'Too many arguments for this command.'],
];

describe('a wrong command line', () => {
  it.each(WRONG)('gateway %s', async (command, sentence) => {
    expect(await run(command, 'en_US.UTF-8')).toEqual({ code: 2, output: sentence });
  });

  it.each([
    ['es', 'No existe el comando «publish».'],
    ['fr', 'La commande «\u00a0publish\u00a0» n’existe pas.'],
    ['pt', 'O comando “publish” não existe.'],
  ])('is named in %s', async (LANG, sentence) => {
    expect(await run('publish', LANG)).toEqual({ code: 2, output: sentence });
  });
});
