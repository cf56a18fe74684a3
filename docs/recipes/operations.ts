import { httpError, Interrupted, Refused, type Result, type Transport } from './follow.js';

/** For whom the copy is. A cursor is valid for the same reader only. */
export interface Reader {
  readonly languages?: readonly string[];
  readonly audience?: string;
}

/** Select what your app shows, the same in both operations. */
const PAGE = `fragment Page on SyncPage {
  cursor
  hasMore
  reset
  changes {
    kind
    reason
    localizedId
    number
    at
    localized {
      id
      reference
      dateText
      title { value lang isFallback }
      body { html lang isFallback }
    }
  }
}`;

export const CHANGES = `query Changes($since: String, $languages: [LanguageTag!], $audience: CountryCode) {
  releaseChanges(since: $since, first: 50, languages: $languages, audience: $audience) { ...Page }
}
${PAGE}`;

export const CHANGED = `subscription Changed($since: String, $languages: [LanguageTag!], $audience: CountryCode) {
  releaseChanged(since: $since, languages: $languages, audience: $audience) { ...Page }
}
${PAGE}`;

interface SubscriptionClient {
  subscribe(
    request: { readonly query: string; readonly variables: Record<string, unknown> },
    sink: { next(result: object): void; error(error: unknown): void; complete(): void },
  ): () => void;
}

/** A client for subscriptions alone, such as those of graphql-ws and graphql-sse; queries go by `fetch`. */
export function transportOf(client: SubscriptionClient, url: string, reader: Reader): Transport {
  return {
    query: (since) => fetchChanges(url, { ...reader, since }),
    subscribe: (since, { next, end }) =>
      client.subscribe(
        { query: CHANGED, variables: { ...reader, since } },
        {
          next,
          error: (error) => end(error as Error),
          complete: () => end(new Interrupted('The subscription was completed')),
        },
      ),
  };
}

async function fetchChanges(
  url: string,
  variables: Reader & { readonly since: string | null },
): Promise<Result> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: CHANGES, variables }),
      signal: AbortSignal.timeout(30_000),
    });
    // The body of 400 has errors of GraphQL.
    if (!response.ok && response.status !== 400) throw httpError(response);
    return (await response.json()) as Result;
  } catch (error) {
    throw error instanceof Refused ? error : Interrupted.from(error);
  }
}
