import { relative } from 'node:path';

import { AppError } from '../kernel/errors.js';
import {
  isSchemaFileCurrent,
  schemaPath,
  schemaText,
  writeSchemaFile,
} from '../app/schema-file.js';
import type { Terminal } from './terminal.js';

/** Prints the public schema, writes it to its file, or compares the file with it. */
export function runSchema(
  terminal: Terminal,
  { check = false, write = false }: { check?: boolean; write?: boolean },
): void {
  const file = relative(process.cwd(), schemaPath);
  if (write) {
    writeSchemaFile();
    terminal.print(terminal.text('cli:schema.written', { file }));
  } else if (!check) {
    process.stdout.write(schemaText());
  } else if (isSchemaFileCurrent()) {
    terminal.print(terminal.text('cli:schema.current', { file }));
  } else {
    throw new AppError('SCHEMA_OUT_OF_DATE', { file, command: 'npm run gen:schema' });
  }
}
