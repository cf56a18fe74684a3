import { setTimeout as pause } from 'node:timers/promises';

import type pg from 'pg';

import { databaseCode } from './faults.js';
import { ChannelListener } from './listen.js';
import { ExchangeableClient } from './exchangeable-client.js';
import type { ReadServer } from './read-server.js';

/** The maximum time that a change stays unknown without readers and notifications. */
const POLL_MS = 250;
/** The delay before a lagging replica is polled again, which doubles each time. */
const CHASE_MS = 5;

const CHANNEL = 'gateway_change';

export interface ReadServersOptions {
  readonly primary: ReadServer;
  readonly replicas: readonly ReadServer[];
  /** The address for notifications of changes (NOTIFY): the primary. Contains a password. */
  readonly url: string;
}

export interface ReplicaStatus {
  /** Its host and port. */
  readonly server: string;
  /** How long it has lacked a known change, 0 if it has all; null if it cannot be used. */
  readonly lagSeconds: number | null;
}

/**
 * Sends readers to replicas, and never from a newer edition to an older one: before a reader uses a replica, the number
 * of the change log is read from the primary (one statement for all waiting readers), and only a replica that has
 * replayed up to it is used; otherwise the primary is. So every result contains everything that was public when it was
 * requested, on any process or node. This is Raft's "read index" (Ongaro 2014, §6.4), with the primary as the leader.
 *
 * If the primary does not respond, replicas are compared with the highest number that this process has seen: it never
 * goes back, but another process may have seen a higher one.
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
    // A number from a history that was undone is no longer comparable.
    parts.primary.onRestored = (seq) => (this.floor = seq);
  }

  /** Resolves when every server has been polled once; those that do not respond are polled again indefinitely. */
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

  /** The newest number of the change log known to this process. */
  get position(): number {
    return this.floor;
  }

  /** Records a number that a reader has seen: from now on no server that is behind it is used. */
  noteSeen(seq: number): void {
    if (seq <= this.floor) return;
    this.floor = seq;
    this.wakeAll();
  }

  /** The pool to read from now, as new as anything this process has seen. {@link choose} polls the primary first. */
  current(): pg.Pool {
    return this.pick().pool;
  }

  /** A server that has everything that was public at the time of the call. */
  async choose(except: ReadServer | null = null): Promise<ReadServer> {
    const { primary } = this.parts;
    const candidate = this.pick(except);
    // The primary itself is always new enough; if it is away, `follow` polls it, not each reader.
    if (candidate === primary || primary.position === null) return candidate;
    await this.pollPrimary();
    return this.pick(except);
  }

  /**
   * A connection chosen by {@link choose}. If its server fails before it has returned a result, the connection switches
   * to another server transparently.
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
    // 40001 is a conflict with replay: the replica itself is healthy.
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

  /** @returns whether a newer number was received meanwhile */
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
