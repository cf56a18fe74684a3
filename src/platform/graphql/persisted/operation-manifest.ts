import { readFile } from 'node:fs/promises';

import {
  getOperationAST,
  type GraphQLSchema,
  Kind,
  parse,
  validate,
  type ValidationRule,
} from 'graphql';
import { z } from 'zod';

import { AppError } from '../../../kernel/errors.js';
import { normalText } from './normal-text.js';

/** One operation that a client app is known to send. */
export interface RegisteredOperation {
  /** The value that a client sends instead of the text; usually the text's SHA-256, but Apollo's format allows any. */
  readonly id: string;
  readonly name: string;
  /** The text in the manifest. */
  readonly body: string;
  /** See {@link normalText}. */
  readonly normal: string;
}

const FORMAT = 'apollo-persisted-query-manifest';

/** Version 1; fields that later versions add are ignored. */
const manifest = z.looseObject({
  format: z.literal(FORMAT),
  version: z.literal(1),
  operations: z.array(
    z.looseObject({
      id: z.string().min(1).max(200),
      name: z.string().min(1),
      type: z.enum(['query', 'mutation', 'subscription']),
      body: z.string().min(1),
    }),
  ),
});

type Row = z.output<typeof manifest>['operations'][number];

interface Checks {
  readonly schema: GraphQLSchema;
  readonly rules: readonly ValidationRule[];
}

/**
 * Reads manifests in Apollo's format and checks every operation in them. Two files may contain the same operation,
 * because several versions of an app are in use at a time.
 *
 * @param rules the validation rules; an operation that they would refuse in a request is an error of the manifest
 * @throws AppError OPERATIONS_MANIFEST_INVALID with all faults of all files
 */
export async function readManifests(
  files: readonly string[],
  checks: Checks,
): Promise<RegisteredOperation[]> {
  const faults: string[] = [];
  const found = new Map<string, RegisteredOperation>();
  for (const file of files) {
    const rows = await readRows(file, faults);
    const own = new Set<string>();
    for (const row of rows) {
      const operation = checked(row, checks, (fault) => faults.push(`${file}: ${fault}`));
      if (!operation) continue;
      const other = found.get(row.id);
      if (own.has(row.id) || (other && other.normal !== operation.normal)) {
        faults.push(`${file}: ${row.name}: id ${row.id} = ${other?.name ?? row.name}`);
      }
      own.add(row.id);
      found.set(row.id, other ?? operation);
    }
  }
  if (faults.length === 0) return [...found.values()];
  throw new AppError('OPERATIONS_MANIFEST_INVALID', { detail: faults.join('; ') });
}

async function readRows(file: string, faults: string[]): Promise<readonly Row[]> {
  try {
    const given: unknown = JSON.parse(await readFile(file, 'utf8'));
    const parsed = manifest.safeParse(given);
    if (parsed.success) return parsed.data.operations;
    const places = parsed.error.issues.map(({ path }) => path.join('.') || '.');
    faults.push(`${file}: ≠ ${FORMAT} 1 (${[...new Set(places)].join(', ')})`);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    faults.push(`${file}: ${code ?? message}`);
  }
  return [];
}

function checked(
  { id, name, type, body }: Row,
  { schema, rules }: Checks,
  report: (fault: string) => void,
): RegisteredOperation | null {
  try {
    const document = parse(body, { noLocation: true });
    const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
    const operation = getOperationAST(document, name);
    if (operations.length !== 1 || String(operation?.operation) !== type) {
      report(`${name}: body ≠ 1 × ${type} ${name}`);
      return null;
    }
    const unfit = validate(schema, document, rules);
    unfit.forEach(({ message }) => report(`${name}: ${message}`));
    return unfit.length === 0 ? { id, name, body, normal: normalText(document) } : null;
  } catch (error) {
    report(`${name}: ${(error as Error).message}`);
    return null;
  }
}
