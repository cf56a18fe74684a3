import type { Logger } from 'pino';

import type { Locale } from '../../kernel/locale.js';
import type { Database } from '../../platform/db/index.js';
import { ChannelListener } from '../../platform/db/listen.js';
import type { LiveMessages } from '../../platform/i18n/messages.js';
import {
  CATALOG_CHANNEL,
  findRevision,
  loadPrivateNamespaces,
  loadTexts,
} from './catalog.repository.js';
import { effectiveTexts } from './effective-texts.js';
import { isPublicNamespace } from './entry.policy.js';
import { bringShipped } from './shipped-catalogs.js';

/** The maximum delay of a text whose notification is lost. */
const POLL_MS = 3_000;

export interface CatalogCacheDependencies {
  readonly database: Pick<Database, 'dataSource' | 'url'>;
  readonly messages: LiveMessages;
  /** The first locale in this order that has a new text is its original. */
  readonly localeOrder: readonly Locale[];
  readonly log: Logger;
}

/**
 * A cache of the texts in the database, which a running server uses. It is refreshed on every notification, and by
 * polling in case one is lost. While the database is unavailable, the texts stay as they are.
 */
export class CatalogCache {
  private readonly listener: ChannelListener;
  private poll: NodeJS.Timeout | undefined;
  private revision: number | string | null = null;
  private privateNamespaces: ReadonlySet<string> | null = null;
  private running: Promise<void> = Promise.resolve();
  private waiting: Promise<void> | null = null;
  private failed = false;

  constructor(private readonly parts: CatalogCacheDependencies) {
    const refresh = (): void => void this.refresh();
    this.listener = new ChannelListener(parts.database.url, CATALOG_CHANNEL, refresh);
  }

  /** Writes the texts of this version to the database, then loads all texts from there. Never rejects. */
  async bring(): Promise<void> {
    await this.bringShipped();
    await this.refresh();
  }

  /** Loads the texts of the database, and refreshes them from now on. Never rejects. */
  async start(): Promise<void> {
    await this.refresh();
    this.listener.start();
    this.poll = setInterval(() => void this.refresh(), POLL_MS).unref();
  }

  /** Never rejects. */
  async stop(): Promise<void> {
    clearInterval(this.poll);
    await this.listener.stop();
    await (this.waiting ?? this.running);
  }

  /** Whether client apps may load a namespace. */
  isPublic(namespace: string): boolean {
    return !this.privateNamespaces?.has(namespace) && isPublicNamespace(namespace);
  }

  /** Resolves when every text saved before the call is loaded. A failure is logged. Never rejects. */
  refresh(): Promise<void> {
    this.waiting ??= this.running.then(() => {
      this.waiting = null;
      this.running = this.load();
      return this.running;
    });
    return this.waiting;
  }

  private async load(): Promise<void> {
    const { database, messages, log } = this.parts;
    const { manager } = database.dataSource;
    try {
      // Before the texts: if they change in between, they are only loaded once more.
      const revision = await findRevision(manager);
      if (revision === this.revision) return;
      const stored = await loadTexts(manager, null);
      this.privateNamespaces = new Set(await loadPrivateNamespaces(manager));
      messages.replace(effectiveTexts(messages.shipped, stored));
      this.revision = revision;
      this.failed = false;
    } catch (err) {
      if (!this.failed) log.warn({ err }, 'The texts of the interface could not be read anew');
      this.failed = true;
    }
  }

  private async bringShipped(): Promise<void> {
    const { database, localeOrder, log } = this.parts;
    try {
      const report = await bringShipped(database.dataSource, localeOrder);
      if (report === null) return;
      const { added, changed, conflicts, refused } = report;
      const counts = { added, changed, conflicts: conflicts.length, refused: refused.length };
      log.info(counts, 'Texts of this version brought into the database; edited ones stay');
    } catch (err) {
      log.warn({ err }, 'The texts of this version could not be brought into the database');
    }
  }
}
