import type { GraphQLError } from 'graphql';

import { faultOf } from './faults.js';

export interface Outage {
  readonly status: number;
  readonly retryAfterS: number;
}

/**
 * Whether an operation returned nothing because of an outage, so that the same request may succeed later. A response
 * with part of the data is not an outage; neither is one with an error that a retry would not fix.
 *
 * @param data of the response
 * @param thrown the errors of the response, before they were formatted
 */
export function outageOf(data: unknown, thrown: readonly unknown[]): Outage | null {
  const outages = thrown.map(outageOfError);
  const [first] = outages;
  if (!first || outages.includes(null)) return null;
  const failed = new Set(thrown.map((error) => (error as GraphQLError).path?.[0]));
  const roots = Object.entries(data ?? {});
  if (roots.some(([name, value]) => value !== null || !failed.has(name))) return null;
  return first;
}

function outageOfError(thrown: unknown): Outage | null {
  const { status, retryAfterS } = faultOf(thrown).error.row;
  return status === 503 && retryAfterS !== undefined ? { status, retryAfterS } : null;
}
