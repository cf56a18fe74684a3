/** The default limits for live connections. */
export const LIVE_LIMITS = {
  /** In one process. */
  connections: 5_000,
  /** On one WebSocket. */
  subscriptions: 10,
  /** How long a client may take to accept what it is sent. */
  slowMs: 30_000,
  /** A client with more unsent bytes than this is disconnected. */
  unsentBytes: 1024 * 1024,
  /** How long a WebSocket may be open without `connection_init`. */
  initMs: 5_000,
  /** How often a connection is pinged, and how long a client may take to respond. */
  pingMs: 15_000,
  /** The maximum size of one message from a client. */
  maxMessageBytes: 256 * 1024,
} as const;
export type LiveLimits = { readonly [Name in keyof typeof LIVE_LIMITS]: number };

/** Why a connection is closed; after each of them the client resumes from its last cursor. */
export const CLOSE = {
  /** RFC 6455 §7.4.1: the server is going down. */
  GOING_AWAY: 1001,
  /** From the IANA registry of close codes: an error of the server, or no capacity. */
  TRY_AGAIN_LATER: 1013,
  /** Our own code: the client does not accept data fast enough. */
  TOO_SLOW: 4290,
  /** From graphql-transport-ws. */
  FORBIDDEN: 4403,
} as const;

/** How long a client has to close its connection before it is cut off. */
export const LEAVE_MS = 2_000;

/** How long a client that was refused for lack of capacity should wait before it retries, in seconds. */
export const RETRY_AFTER_S = 10;

interface LiveConnection {
  /** Requests that the client disconnect and reconnect. */
  sendAway(): void;
  cut(): void;
}

/** All live connections of one process, over any transport. */
export class LiveConnections {
  private readonly open = new Set<LiveConnection>();
  private draining = false;
  private emptied: () => void = () => undefined;

  constructor(private readonly max: number) {}

  get count(): number {
    return this.open.size;
  }

  get hasRoom(): boolean {
    return !this.draining && this.open.size < this.max;
  }

  /** @returns a function to call once the connection is closed */
  add(connection: LiveConnection): () => void {
    this.open.add(connection);
    return () => {
      this.open.delete(connection);
      if (this.open.size === 0) this.emptied();
    };
  }

  /** Sends all clients away, and cuts off those that stay longer than {@link LEAVE_MS}. New ones are refused. */
  async drain(): Promise<void> {
    this.draining = true;
    if (this.open.size === 0) return;
    const empty = new Promise<void>((resolve) => (this.emptied = resolve));
    for (const connection of [...this.open]) connection.sendAway();
    const late = setTimeout(() => this.open.forEach((connection) => connection.cut()), LEAVE_MS);
    await empty.finally(() => clearTimeout(late));
  }
}
