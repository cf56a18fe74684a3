import { foreignSettings } from '../app/config.js';
import type { Terminal } from './terminal.js';

/** Warns of variables that resemble settings but are not. */
export function noteForeignSettings(env: NodeJS.ProcessEnv, { text, note }: Terminal): void {
  for (const line of foreignSettingLines(env, text)) note(text('cli:warning', { message: line }));
}

/** A sentence for each variable that resembles a setting but is not. */
export function foreignSettingLines(env: NodeJS.ProcessEnv, text: Terminal['text']): string[] {
  return foreignSettings(env).map(({ name, setting }) => {
    if (setting === null) return text('cli:start.settingUnknown', { name });
    return text('cli:start.settingResembles', { name, setting });
  });
}
