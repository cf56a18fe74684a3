import { setTimeout as pause } from 'node:timers/promises';

import { type Client, type ClientOptions, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

import type { Page, Transport } from '../../docs/recipes/follow.js';
import { CHANGED } from '../../docs/recipes/operations.js';
import { type AppliedChange, exampleOf, runExample } from './live-recipes.js';

/** An app that runs the snippet of docs/sync-and-live.md, with a copy in memory. */
export class SnippetApp {
  readonly applied: AppliedChange[] = [];
  readonly reports: unknown[] = [];
  interruptions = 0;
  private readonly copy = {
    cursor: '',
    releases: new Map<string, unknown>(),
    apply: (page: Page) => this.apply(page),
  };
  private readonly listeners = new Set<() => void>();
  private client: Client | undefined;

  /** @param transport for the first copy */
  async start(url: string, transport: Transport): Promise<void> {
    for (let hasMore = true, since: string | null = null; hasMore;) {
      const { data } = await transport.query(since);
      if (!data?.releaseChanges) throw new Error('There is no first copy');
      this.apply(data.releaseChanges);
      ({ hasMore, cursor: since } = data.releaseChanges);
    }
    const open = (given: ClientOptions): Client => {
      const own = { url: url.replace('http', 'ws'), webSocketImpl: WebSocket };
      this.client = createClient({ ...given, ...own });
      let isConnected = false;
      this.client.on('connected', () => (isConnected = true));
      this.client.on('closed', () => {
        if (isConnected) this.interruptions += 1;
        isConnected = false;
      });
      return this.client;
    };
    await runExample(exampleOf('docs/sync-and-live.md', 'Changes as they happen'), {
      ...{ createClient: open, copy: this.copy, query: CHANGED },
      pause: (ms: number) => pause(ms / 10),
      report: (error: unknown) => this.reports.push(error),
    });
  }

  async releases(): Promise<unknown[]> {
    return [...this.copy.releases.values()];
  }

  /** Waits until that is so. */
  async until(found: (app: this) => boolean): Promise<void> {
    if (found(this)) return;
    await new Promise<void>((resolve) => {
      const check = (): void => void (found(this) && resolve());
      this.listeners.add(check);
    });
  }

  async stop(): Promise<void> {
    await this.client?.dispose();
  }

  private apply({ reset, changes, cursor }: Page): void {
    const { releases } = this.copy;
    if (reset) releases.clear();
    for (const { kind, localizedId, localized } of changes) {
      if (kind === 'REMOVE') releases.delete(localizedId);
      else releases.set(localizedId, localized);
    }
    this.copy.cursor = cursor;
    this.applied.push(...(changes as readonly AppliedChange[]));
    for (const check of [...this.listeners]) check();
  }
}
