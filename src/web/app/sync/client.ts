import type { AppChangesQuery, AppPageFragment, AppReferenceQuery } from '../../generated/site.js';
import { TAG_OF } from '../../../kernel/locale.js';
import { OPERATION_IDS } from '../../generated/operation-ids.js';
import type { CopyState } from '../copy/copy-state.js';
import { eventsOf } from './event-stream.js';

/** Worth another attempt: the connection was lost, or the server has no room. */
export class Interrupted extends Error {
  constructor(
    message: string,
    /** From the header Retry-After. */
    readonly retryAfterMs = 0,
  ) {
    super(message);
  }
}

/** Not worth another attempt with the same request. */
export class Refused extends Error {}

interface Result<T> {
  readonly data?: T | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

const TIMEOUT_MS = 60_000;
/** The server sends something every 15 s at the least. */
const MAX_SILENCE_MS = 40_000;

/** Requests of an anonymous reader, without credentials, by the ids of registered operations. */
export class Client {
  /** @param base the path of the gateway on its host */
  constructor(private readonly base: string) {}

  /** @throws Interrupted, Refused */
  async changes(copy: CopyState, signal: AbortSignal): Promise<AppPageFragment> {
    const data = await this.query<AppChangesQuery>('AppChanges', variablesOf(copy), signal);
    return data.releaseChanges;
  }

  /** @throws Interrupted, Refused */
  reference(locale: CopyState['locale'], signal: AbortSignal): Promise<AppReferenceQuery> {
    return this.query('AppReference', { languages: [TAG_OF[locale]] }, signal);
  }

  /**
   * The changes of a copy as they happen, until `signal` is aborted.
   *
   * @throws Interrupted, Refused
   */
  async *changed(
    copy: CopyState,
    signal: AbortSignal,
  ): AsyncGenerator<AppPageFragment, void, void> {
    const silence = new AbortController();
    const late = () => silence.abort();
    let timer = setTimeout(late, MAX_SILENCE_MS);
    const alive = (): void => {
      clearTimeout(timer);
      timer = setTimeout(late, MAX_SILENCE_MS);
    };
    try {
      const both = AbortSignal.any([signal, silence.signal]);
      const response = await this.post('AppChanged', variablesOf(copy), 'text/event-stream', both);
      if (!response.body) throw new Interrupted('The stream is empty');
      for await (const event of eventsOf(response.body, alive)) {
        if (event.name !== 'next') return;
        const { releaseChanged } = dataOf(
          JSON.parse(event.data) as Result<{ releaseChanged: AppPageFragment }>,
        );
        yield releaseChanged;
      }
    } catch (error) {
      throw asInterrupted(error);
    } finally {
      clearTimeout(timer);
      silence.abort();
    }
  }

  private async query<T>(
    name: keyof typeof OPERATION_IDS,
    variables: object,
    signal: AbortSignal,
  ): Promise<T> {
    try {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
      const response = await this.post(name, variables, 'application/json', limited);
      return dataOf((await response.json()) as Result<T>);
    } catch (error) {
      throw asInterrupted(error);
    }
  }

  private async post(
    operationName: keyof typeof OPERATION_IDS,
    variables: object,
    accept: string,
    signal: AbortSignal,
  ): Promise<Response> {
    const sha256Hash = OPERATION_IDS[operationName];
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const response = await fetch(`${this.base}/graphql`, {
      method: 'POST',
      credentials: 'omit',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify({ operationName, variables, extensions }),
      signal,
    });
    const { status, headers, ok } = response;
    if (ok) return response;
    const message = `The server responded with ${status}`;
    if (status < 500 && status !== 408 && status !== 429) throw new Refused(message);
    throw new Interrupted(message, (Number(headers.get('retry-after')) || 0) * 1_000);
  }
}

function variablesOf({ locale, audience, dateFrom, cursor }: CopyState): object {
  return { languages: [TAG_OF[locale]], audience, dateFrom, since: cursor };
}

const TEMPORARY = new Set<unknown>([
  'INTERNAL',
  'INTERRUPTED',
  'OVERLOADED',
  'RATE_LIMITED',
  'SERVICE_UNAVAILABLE',
  'TIMEOUT',
  'TOO_MANY_OPERATIONS',
]);

function dataOf<T>({ data, errors = [] }: Result<T>): T {
  if (data && errors.length === 0) return data;
  const codes = errors.map(({ extensions }) => extensions?.code);
  if (codes.every((code) => TEMPORARY.has(code))) throw new Interrupted(codes.join(' '));
  throw new Refused(codes.join(' '));
}

/** Whatever fetch rejects with is a connection that was lost. */
function asInterrupted(error: unknown): Error {
  if (error instanceof Refused || error instanceof Interrupted) return error;
  return new Interrupted(String(error));
}
