import { resolve } from 'node:path';

/** npm runs a script in the package's folder; relative paths refer to the folder it was called from. */
export function pathOf(file: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), file);
}
