import type { IncomingMessage } from 'node:http';

import { isCacheable, withVary } from './content-encoding.js';
import type { CrossOrigin } from './cross-origin.js';

/** What the headers of a response depend on, besides the request. */
export interface ResponseFacts {
  /** Whether it was computed from public data only, so that every reader gets the same. */
  readonly isPublic: boolean;
  readonly usesAcceptLanguage: boolean;
  /** Whether a shared cache may store it in several encodings. */
  readonly isCompressible?: boolean;
}

/**
 * The policy for all responses to GraphQL requests, computed, cached or refused: who may store them, which request
 * headers they depend on, and which pages may read them.
 */
export class ResponseHeaders {
  private readonly publicControl: string | null;

  /** @param maxAge how long shared caches may use a public response without revalidation, in seconds; null: never */
  constructor(
    private readonly crossOrigin: CrossOrigin,
    maxAge: number | null,
  ) {
    this.publicControl = maxAge === null ? null : `public, max-age=${maxAge}, must-revalidate`;
  }

  /** Whether clients may revalidate the response, and shared caches may store it if it is one to a GET. */
  isShared({ headers }: IncomingMessage, { isPublic }: ResponseFacts): boolean {
    return isPublic && this.publicControl !== null && headers.authorization === undefined;
  }

  /** Names and values in turn, as `writeHead` takes them. */
  flat(request: IncomingMessage, facts: ResponseFacts): string[] {
    const { method, headers } = request;
    const isShared = this.isShared(request, facts);
    const isAuthorized = headers.authorization !== undefined;
    const vary = isShared ? sharedVary(facts) : ownVary(facts, isAuthorized);
    const control = isShared && isCacheable(method) ? this.publicControl : null;
    const all = ['cache-control', control ?? 'no-store', 'x-content-type-options', 'nosniff'];
    const allVary = this.crossOrigin.varyWith(vary);
    if (allVary !== '') all.push('vary', allVary);
    all.push(...this.crossOrigin.flatFields(headers.origin));
    return all;
  }

  /** By name. */
  byName(request: IncomingMessage, facts: ResponseFacts): Record<string, string> {
    const flat = this.flat(request, facts);
    const all: Record<string, string> = {};
    for (let index = 0; index < flat.length; index += 2) {
      all[flat[index] as string] = flat[index + 1] as string;
    }
    return all;
  }
}

/** The request headers that every response to a reader depends on. */
const VARY = 'Accept, Authorization';
const VARY_BY_LANGUAGE = withVary(VARY, 'Accept-Language');
const VARY_BY_ENCODING = withVary(VARY, 'Accept-Encoding');
const VARY_BY_BOTH = withVary(VARY_BY_ENCODING, 'Accept-Language');

function sharedVary({ usesAcceptLanguage, isCompressible = false }: ResponseFacts): string {
  if (usesAcceptLanguage) return isCompressible ? VARY_BY_BOTH : VARY_BY_LANGUAGE;
  return isCompressible ? VARY_BY_ENCODING : VARY;
}

/** A response to an authenticated caller must not reach any other client. */
function ownVary({ usesAcceptLanguage }: ResponseFacts, isAuthorized: boolean): string {
  const language = usesAcceptLanguage ? 'Accept-Language' : '';
  return isAuthorized ? withVary(language, 'Authorization') : language;
}
