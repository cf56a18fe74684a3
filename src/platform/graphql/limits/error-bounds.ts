import type { GraphQLFormattedError } from 'graphql';

/** Nobody reads more. */
export const MAX_ERRORS = 20;
/** Of all the errors of an answer together, as JSON; leaves room for the last one and what is around them. */
const MAX_BYTES = 7_000;
const MAX_LOCATIONS = 5;
/** As JSON, in bytes; a path holds names that the caller made up. */
const MAX_PATH_LENGTH = 1_000;

/**
 * The errors that an answer tells of: few and short enough that nobody can make the server send, or anybody store, more
 * than was asked for.
 *
 * @param format words one of them
 * @returns the first of them, and how many more there are
 */
export function boundedErrors<T>(
  errors: readonly T[],
  format: (error: T, index: number) => GraphQLFormattedError,
): { readonly shown: GraphQLFormattedError[]; readonly omitted: number } {
  const shown: GraphQLFormattedError[] = [];
  let bytes = 0;
  for (const [index, error] of errors.entries()) {
    const short = shortened(format(error, index));
    bytes += sizeOf(short);
    if (index >= MAX_ERRORS || (index > 0 && bytes > MAX_BYTES)) {
      return { shown, omitted: errors.length - shown.length };
    }
    shown.push(short);
  }
  return { shown, omitted: 0 };
}

function shortened({ locations, path, ...error }: GraphQLFormattedError): GraphQLFormattedError {
  return {
    ...error,
    ...(locations && { locations: locations.slice(0, MAX_LOCATIONS) }),
    ...(path && sizeOf(path) <= MAX_PATH_LENGTH && { path }),
  };
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
