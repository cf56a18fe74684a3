import type { GraphQLFormattedError } from 'graphql';

/** Nobody reads more errors than this. */
export const MAX_ERRORS = 20;
/** For all errors of a response together, as JSON; leaves room for the last one and the surrounding JSON. */
const MAX_BYTES = 7_000;
const MAX_LOCATIONS = 5;
/** As JSON, in bytes; a path contains names that the caller chose. */
const MAX_PATH_LENGTH = 1_000;

/**
 * Limits the errors in a response, in number and size, so that nobody can make the server send, or anybody store, more
 * than was requested.
 *
 * @param format formats one of them
 * @returns the first errors, and how many were omitted
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
