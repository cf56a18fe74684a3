import { setTimeout as pause } from 'node:timers/promises';

import type pg from 'pg';

import { databaseCode } from './faults.js';
import { ChannelListener } from './listen.js';
import { ExchangeableClient } from './exchangeable-client.js';
import type { ReadServer } from './read-server.js';

/** How long a change is unknown at most where nobody reads and nothing is heard. */
const POLL_MS = 250;
/** A replica that lags is asked again after so long, then after twice as long, and so on. */
const CHASE_MS = 5;

const CHANNEL = 'gateway_change';

export interface ReadServersOptions {
  readonly primary: ReadServer;
  readonly replicas: readonly ReadServer[];
  /** Where changes are heard of (NOTIFY): the primary. Holds a password. */
  readonly url: string;
}

export interface ReplicaStatus {
  /** Its host and port. */
  readonly server: string;
  /** How long it has lacked a change that is known here, 0 where it has all; null where it cannot be used. */
  readonly lagSeconds: number | null;
}

/**
 * Sends readers to replicas, and never from a newer edition to an older one: before a reader goes to a replica, the
 * primary is asked for the number of the change log (one question for all who wait), and only a replica that has
 * replayed up to it answers; else the primary does. So every answer holds whatever was public when it was asked for,
 * whichever process or node is asked. This is Raft's "read index" (Ongaro 2014, §6.4), with the primary for the leader.
 *
 * Where the primary does not answer, replicas go on by the highest number that this process has seen: it never goes
 * back, while another process may have seen more.
 */
export class ReadServers {
  private floor = 0;
  private readonly begunAt = performance.now();
  /** When each server was last found to have every change. */
  private readonly hadAllAt = new Map<ReadServer, number>();
  private readonly stopping = new AbortController();
  private readonly wakers = new Set<() => void>();
  private readonly listener: ChannelListener;
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: ReadServersOptions) {
    this.listener = new ChannelListener(parts.url, CHANNEL, () => void this.pollPrimary());
    // What readers were shown of a history that was taken back is no measure any more.
    parts.primary.onRestored = (seq) => (this.floor = seq);
  }

  /** Resolves when every server was asked once; those that do not answer are asked again for ever. */
  async start(): Promise<void> {
    const { primary, replicas } = this.parts;
    await this.pollPrimary();
    await Promise.all(replicas.map((replica) => replica.poll()));
    this.running = Promise.all([primary, ...replicas].map((server) => this.follow(server)));
    this.listener.start();
  }

  /** Never rejects. */
  async close(): Promise<void> {
    this.stopping.abort();
    this.wakeAll();
    const { primary, replicas } = this.parts;
    await Promise.all([this.listener.stop(), ...[primary, ...replicas].map((one) => one.close())]);
    await this.running;
  }

  /** The newest number of the change log that this process knows of. */
  get position(): number {
    return this.floor;
  }

  /** What a reader was shown: from now on no server that is behind it is used. */
  noteSeen(seq: number): void {
    if (seq <= this.floor) return;
    this.floor = seq;
    this.wakeAll();
  }

  /** The pool to read from now, as new as all that this process has seen. {@link choose} asks the primary first. */
  current(): pg.Pool {
    return this.pick().pool;
  }

  /** A server that has all that was public at the time of the call. */
  async choose(except: ReadServer | null = null): Promise<ReadServer> {
    const { primary } = this.parts;
    const candidate = this.pick(except);
    // The primary itself is always new enough; one that is away is asked by `follow`, not by each reader.
    if (candidate === primary || primary.position === null) return candidate;
    await this.pollPrimary();
    return this.pick(except);
  }

  /**
   * A connection as of {@link choose}. Where its server fails before it has answered anything, another server takes its
   * place unnoticed.
   */
  async connect(): Promise<pg.PoolClient> {
    const client = new ExchangeableClient((failed, error) => this.open(failed, error));
    await client.open();
    return client.asPoolClient();
  }

  /** For metrics: no passwords. In the order of the setting. */
  replicaStatus(): ReplicaStatus[] {
    return this.parts.replicas.map((replica) => {
      return { server: replica.name, lagSeconds: this.lagOf(replica) };
    });
  }

  private lagOf(replica: ReadServer): number | null {
    if (replica.position === null) return null;
    if (replica.position >= this.floor) return 0;
    return (performance.now() - (this.hadAllAt.get(replica) ?? this.begunAt)) / 1_000;
  }

  private async open(failed: ReadServer | null, error: unknown) {
    // 40001 is a conflict with what is replayed: the replica itself is well.
    if (failed && databaseCode(error) !== '40001') void failed.poll();
    for (let except = failed, left = this.parts.replicas.length + 1; ; left -= 1) {
      const server = await this.choose(except);
      try {
        return { server, client: await server.acquire() };
      } catch (fault) {
        if (left === 0 || this.pick(server) === server) throw fault;
        if (server.isReplica) server.lose();
        else void server.poll();
        except = server;
      }
    }
  }

  private pick(except: ReadServer | null = null): ReadServer {
    let best: ReadServer | null = null;
    for (const replica of this.parts.replicas) {
      const { position } = replica;
      if (replica === except || position === null || position < this.floor) continue;
      if (best === null || replica.busy < best.busy) best = replica;
    }
    return best ?? this.parts.primary;
  }

  private async pollPrimary(): Promise<void> {
    const position = await this.parts.primary.poll();
    if (position !== null) this.noteSeen(position);
  }

  private async follow(server: ReadServer): Promise<void> {
    const { signal } = this.stopping;
    let wait = POLL_MS;
    while (!signal.aborted) {
      const woken = await this.sleep(server.isReplica ? wait : POLL_MS);
      if (signal.aborted) return;
      if (!server.isReplica) await this.pollPrimary();
      else await server.poll();
      const lags = server.position !== null && server.position < this.floor;
      if (!lags && server.position !== null) this.hadAllAt.set(server, performance.now());
      wait = lags ? Math.min(woken ? CHASE_MS : wait * 2, POLL_MS) : POLL_MS;
    }
  }

  /** @returns whether a newer number was heard of meanwhile */
  private async sleep(ms: number): Promise<boolean> {
    const waking = new AbortController();
    const wake = () => waking.abort();
    this.wakers.add(wake);
    await pause(ms, undefined, { ref: false, signal: waking.signal }).catch(() => undefined);
    this.wakers.delete(wake);
    return waking.signal.aborted;
  }

  private wakeAll(): void {
    for (const wake of this.wakers) wake();
  }
}
