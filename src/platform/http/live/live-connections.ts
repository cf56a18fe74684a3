/** What holds one live connection within bounds. */
export const LIVE_LIMITS = {
  /** Of one process. */
  connections: 5_000,
  /** Of one WebSocket. */
  subscriptions: 10,
  /** How long a client may take to accept what it is sent. */
  slowMs: 30_000,
  /** With this many bytes still unsent a client is sent nothing more. */
  unsentBytes: 1024 * 1024,
  /** How long a WebSocket may be open without `connection_init`. */
  initMs: 5_000,
  /** How often a connection is tried, and how long it may take to answer. */
  pingMs: 15_000,
  /** In bytes. */
  largestMessage: 256 * 1024,
} as const;
export type LiveLimits = { readonly [Name in keyof typeof LIVE_LIMITS]: number };

/** Why a connection is closed; after each of them the client resumes from its last cursor. */
export const CLOSE = {
  /** RFC 6455 §7.4.1: the server is going down. */
  GOING_AWAY: 1001,
  /** Of the IANA registry of close codes: a fault of ours, or no room. */
  TRY_AGAIN_LATER: 1013,
  /** Of our own: the client does not accept what it is sent. */
  TOO_SLOW: 4290,
  /** Of graphql-transport-ws. */
  FORBIDDEN: 4403,
} as const;

/** How long a client is given to take leave. */
export const LEAVE_MS = 2_000;

/** When a client that found no room may try again, in seconds. */
export const RETRY_AFTER_S = 10;

interface LiveConnection {
  /** Asks the client to leave and come again. */
  sendAway(): void;
  cut(): void;
}

/** All live connections of one process, whatever carries them. */
export class LiveConnections {
  private readonly open = new Set<LiveConnection>();
  private draining = false;
  private emptied: () => void = () => undefined;

  constructor(private readonly most: number) {}

  get count(): number {
    return this.open.size;
  }

  get hasRoom(): boolean {
    return !this.draining && this.open.size < this.most;
  }

  /** @returns what to call once it is closed */
  add(connection: LiveConnection): () => void {
    this.open.add(connection);
    return () => {
      this.open.delete(connection);
      if (this.open.size === 0) this.emptied();
    };
  }

  /** Sends all away, and cuts off those who stay. Further ones are refused. */
  async drain(): Promise<void> {
    this.draining = true;
    if (this.open.size === 0) return;
    const empty = new Promise<void>((resolve) => (this.emptied = resolve));
    for (const connection of [...this.open]) connection.sendAway();
    const late = setTimeout(() => this.open.forEach((connection) => connection.cut()), LEAVE_MS);
    await empty.finally(() => clearTimeout(late));
  }
}
