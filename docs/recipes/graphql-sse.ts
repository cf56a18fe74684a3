import { type Client, type ClientOptions, createClient, NetworkError } from 'graphql-sse';

import { httpError, Interrupted } from './follow.js';

/** The server sends at least a comment every 15 seconds. */
const SILENCE_MS = 40_000;

/** A client whose subscriptions end with `Interrupted` or `Refused`. */
export function createEventClient(options: ClientOptions, silenceMs = SILENCE_MS): Client {
  const client = createClient({
    // `follow` connects again: the library would repeat the variables, and so the cursor, of the first connection.
    retryAttempts: 0,
    fetchFn: (url: string, init: RequestInit) => fetchWatched(url, init, silenceMs),
    ...options,
  });
  return {
    ...client,
    subscribe: (request, sink, on) =>
      client.subscribe(
        request,
        {
          next: (result: never) => sink.next(result),
          error: (error) => sink.error(explained(error)),
          complete: () => sink.complete(),
        },
        on,
      ),
  };
}

function explained(error: unknown): Error {
  const response = error instanceof NetworkError ? (error.response as Response | undefined) : null;
  return response ? httpError(response) : new Interrupted(String(error));
}

/** `fetch` that gives up a stream from which nothing has come for so long. */
async function fetchWatched(url: string, init: RequestInit, silenceMs: number): Promise<Response> {
  const silent = new AbortController();
  let timer: ReturnType<typeof setTimeout>;
  const wait = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => silent.abort(), silenceMs);
  };
  const signal = AbortSignal.any([silent.signal, ...(init.signal ? [init.signal] : [])]);
  signal.addEventListener('abort', () => clearTimeout(timer));
  wait();
  const response = await fetch(url, { ...init, signal }).finally(() => clearTimeout(timer));
  if (!response.ok || !response.body) return response;
  const watched = new TransformStream<Uint8Array, Uint8Array>({
    start: wait,
    transform(chunk, controller) {
      wait();
      controller.enqueue(chunk);
    },
    // Without the event `complete`, the end of a stream is a lost connection.
    flush(controller) {
      clearTimeout(timer);
      controller.error(new Error('The stream has ended'));
    },
  });
  return new Response(response.body.pipeThrough(watched), response);
}
