import type { Locale } from '../../kernel/locale.js';
import type { CopyDatabase } from './copy/database.js';
import type { News } from './copy/news.js';
import { Client } from './sync/client.js';
import { follow, type SyncStatus } from './sync/follow.js';

export interface SessionOptions {
  readonly database: CopyDatabase;
  /** The path of the gateway on its host. */
  readonly base: string;
  readonly locale: Locale;
  /** Something in the database has changed, here or in another tab. */
  readonly onChange: (status: SyncStatus) => void;
  readonly onNews: (news: readonly News[]) => void;
}

interface Message {
  readonly status: SyncStatus;
  /** Whether the reader has chosen other copies. */
  readonly isRestart: boolean;
}

/**
 * Updates the copies while the page is visible. Of several tabs one does it, by a lock; the others hear from it. A copy
 * that is being fetched goes on in a tab in the background.
 */
export class Session {
  private readonly channel: BroadcastChannel;
  private readonly lock: string;
  private current = new AbortController();
  private status: SyncStatus = 'UPDATING';

  constructor(private readonly options: SessionOptions) {
    this.lock = `copies ${options.base}/`;
    this.channel = new BroadcastChannel(this.lock);
    this.channel.onmessage = ({ data }: MessageEvent<Message>) => {
      options.onChange(data.status);
      if (data.isRestart) this.current.abort();
    };
    document.addEventListener('visibilitychange', () => {
      if (document.hidden && this.status === 'UP_TO_DATE') this.current.abort();
    });
  }

  /** Never ends. */
  async run(): Promise<void> {
    for (;;) {
      await untilVisible();
      this.current = new AbortController();
      const { signal } = this.current;
      try {
        await navigator.locks.request(this.lock, { signal }, () => this.follow(signal));
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    }
  }

  /** After the reader has chosen other copies, or none. */
  restart(): void {
    this.report('UPDATING', true);
    this.current.abort();
  }

  private async follow(signal: AbortSignal): Promise<void> {
    const { database, base, locale, onNews } = this.options;
    const onStatus = (status: SyncStatus): void => {
      this.report(status);
      if (status === 'UP_TO_DATE' && document.hidden) this.current.abort();
    };
    await follow({ database, client: new Client(base), signal, locale, onStatus, onNews });
  }

  private report(status: SyncStatus, isRestart = false): void {
    this.status = status;
    this.options.onChange(status);
    this.channel.postMessage({ status, isRestart } satisfies Message);
  }
}

function untilVisible(): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (document.hidden) return;
      document.removeEventListener('visibilitychange', check);
      resolve();
    };
    document.addEventListener('visibilitychange', check);
    check();
  });
}
