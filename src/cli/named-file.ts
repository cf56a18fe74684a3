import { resolve } from 'node:path';

/** npm runs a script in the package's folder; files are named from where the person is. */
export function pathOf(file: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), file);
}
