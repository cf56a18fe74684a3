import 'fake-indexeddb/auto';

import { readFileSync } from 'node:fs';

import { type ApolloClient, gql } from '@apollo/client';
import { WebSocket } from 'ws';

import { apolloCopy, createApolloClient, overApollo } from '../../docs/recipes/apollo.js';
import {
  type Change,
  type Copy,
  follow,
  type FollowOptions,
  type Page,
  type Status,
  type Transport,
} from '../../docs/recipes/follow.js';
import { createEventClient } from '../../docs/recipes/graphql-sse.js';
import { createSocketClient } from '../../docs/recipes/graphql-ws.js';
import { CHANGES, type Reader, transportOf } from '../../docs/recipes/operations.js';
import { createUrqlClient, overUrql } from '../../docs/recipes/urql.js';

/** It is for browsers: its types are checked by the configuration beside it. */
const INDEXED_DB: string = '../../docs/recipes/indexed-db.js';

/** As the recipes select it. */
export interface AppliedChange extends Change {
  readonly reason: string;
  readonly number: string;
  readonly at: string;
}

export interface StoredCopy extends Copy {
  releases(): Promise<unknown[]>;
}

/** Everything that an app has of one recipe. */
export interface Recipe {
  readonly transport: Transport;
  readonly copy: StoredCopy;
}

export interface RecipeOptions {
  /** Sent with subscriptions. */
  readonly headers?: Record<string, string>;
  /** How long a connection may be silent. */
  readonly silenceMs?: number;
}

/** By their headings in docs/sync-and-live.md. */
export const RECIPES = ['graphql-ws', 'graphql-sse', 'Apollo Client', 'urql'];

/** The first example below a heading of a document. */
export function exampleOf(file: string, heading: string): string {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  const [, section = ''] = text.split(new RegExp(`^#+ ${heading}$`, 'm'));
  const example = /^```[jt]s\n(.*?)^```$/ms.exec(section)?.[1];
  if (example === undefined) throw new Error(`${file} has no example for ${heading}`);
  return example;
}

/** Runs an example with these names in its scope. */
export async function runExample(code: string, scope: Record<string, unknown>): Promise<void> {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- The code is in a document of this project.
  const run = Function(...Object.keys(scope), `return (async () => { ${code} })();`) as (
    ...values: unknown[]
  ) => Promise<void>;
  await run(...Object.values(scope));
}

/** What the example under that heading of docs/sync-and-live.md passes to `follow`. */
export async function recipeOf(
  heading: string,
  url: string,
  reader: Reader,
  options: RecipeOptions = {},
): Promise<Recipe> {
  const { headers = {}, silenceMs } = options;
  const beat = silenceMs === undefined ? {} : { keepAlive: silenceMs };
  let recipe: Recipe | undefined;
  await runExample(exampleOf('docs/sync-and-live.md', heading), {
    ...{ url, reader, signal: null, copy: await newIndexedDbCopy() },
    createSocketClient: (given: { url: string }) =>
      createSocketClient({
        ...{ ...given, ...beat },
        webSocketImpl: WebSocket,
        connectionParams: headers,
      }),
    createEventClient: (given: { url: string }) =>
      createEventClient({ ...given, headers }, silenceMs),
    ...{ createApolloClient, createUrqlClient, transportOf, overApollo, overUrql },
    apolloCopy: readableApolloCopy,
    follow: async (transport: Transport, copy: StoredCopy) => {
      recipe = { transport, copy };
    },
  });
  if (!recipe) throw new Error(`The example of ${heading} follows nothing`);
  return recipe;
}

let copies = 0;

async function newIndexedDbCopy(): Promise<StoredCopy> {
  const { IndexedDbCopy } = (await import(INDEXED_DB)) as {
    IndexedDbCopy: { open(name: string): Promise<StoredCopy> };
  };
  return IndexedDbCopy.open(`copy ${(copies += 1)}`);
}

function readableApolloCopy(client: ApolloClient, reader: Reader): StoredCopy {
  const query = { query: gql(CHANGES), variables: { ...reader } };
  return {
    ...apolloCopy(client, reader),
    async releases() {
      const data = client.cache.readQuery<{ releaseChanges: Page }>(query);
      return data?.releaseChanges.changes.map(({ localized }) => withoutTypes(localized)) ?? [];
    },
  };
}

function withoutTypes(value: unknown): unknown {
  const text = JSON.stringify(value, (key, one: unknown) =>
    key === '__typename' ? undefined : one,
  );
  return JSON.parse(text);
}

/** An app that runs a recipe, and what came of it. */
export class RecipeApp {
  /** Each change that was applied, in order. */
  readonly applied: AppliedChange[] = [];
  readonly statuses: Status[] = [];
  /** Settles when the recipe ends; rejects with the error that ended it. */
  readonly ended: Promise<void>;
  private readonly stopping = new AbortController();
  private readonly listeners = new Set<() => void>();

  /** @param beforeStored is called with each page before it is stored */
  constructor(
    private readonly recipe: Recipe,
    beforeStored: (page: Page) => void = () => undefined,
    options: Partial<FollowOptions> = {},
  ) {
    const { copy, transport } = recipe;
    const watched: Copy = {
      cursor: () => copy.cursor(),
      apply: async (page) => {
        beforeStored(page);
        await copy.apply(page);
        this.applied.push(...(page.changes as readonly AppliedChange[]));
      },
    };
    const { signal } = this.stopping;
    const onStatus = (status: Status): void => {
      this.statuses.push(status);
      for (const check of [...this.listeners]) check();
    };
    this.ended = follow(transport, watched, { minWaitMs: 100, ...options, signal, onStatus });
    this.ended.catch(() => undefined);
  }

  /** How often the connection was lost. */
  get interruptions(): number {
    const { statuses } = this;
    return statuses.filter((one, index) => one === 'OFFLINE' && statuses[index - 1] !== one).length;
  }

  get isUpToDate(): boolean {
    return this.statuses.at(-1) === 'UP_TO_DATE';
  }

  /** Whether it made a first copy, and then the first page of its subscription came. */
  get isLive(): boolean {
    return this.isUpToDate && this.statuses.filter((one) => one === 'UP_TO_DATE').length > 1;
  }

  releases(): Promise<unknown[]> {
    return this.recipe.copy.releases();
  }

  /** Waits until that is so. Rejects where the recipe ends before. */
  async until(found: (app: this) => boolean): Promise<void> {
    if (found(this)) return;
    let check = (): void => undefined;
    const seen = new Promise<void>((resolve) => {
      check = () => void (found(this) && resolve());
      this.listeners.add(check);
    });
    await Promise.race([seen, this.ended.then(() => Promise.reject(new Error('It has ended')))]);
    this.listeners.delete(check);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.ended;
  }
}
