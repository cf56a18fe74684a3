import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

import type { Logger } from 'pino';

/** A worker that ends at once is not started again at once. */
const FIRST_WAIT_MS = 100;
const MAX_WAIT_MS = 10_000;
/** A worker that lived so long had a good start: whatever ended it, the next one is started without delay. */
const GOOD_START_MS = 30_000;
/** Longer than a worker takes to finish its requests: one that has not ended by then hangs. */
const KILL_MS = 15_000;

const STOP = 'stop';

interface WorkerOptions {
  readonly host: string;
  /** 0 lets the operating system choose. */
  readonly port: number;
  /** How long each drains before it closes its port, in milliseconds. */
  readonly drainDelayMs: number;
}

interface Listening {
  readonly url: string;
}

/** What a worker process says and hears. */
export const ownWorker = {
  get isOne(): boolean {
    return cluster.isWorker;
  },
  /** To the process that started us, which passes it on once all listen. */
  listens(url: string): void {
    process.send?.({ url } satisfies Listening);
  },
  /** The channel to the process that started us would keep this one alive. */
  leaves(): void {
    cluster.worker?.disconnect();
  },
  /** The signal of a terminal reaches all processes; what counts is what the first one says. */
  onStop(stop: () => void): void {
    process.on('message', (message) => void (message === STOP && stop()));
  },
};

/**
 * Some processes that share one port. One that ends is started again, sooner or later as it lived long or not; should
 * this process die, node ends them all (they lose their channel to it).
 */
export class Workers {
  /** How many were started anew since the beginning. */
  restarts = 0;
  private stopping = false;
  private port = 0;

  constructor(
    private readonly count: number,
    private readonly options: WorkerOptions,
    private readonly log: Logger,
  ) {}

  /**
   * The first one begins alone, so that what keeps it from beginning is said once.
   *
   * @returns the address, once all listen; or the exit code of a first one that could not begin
   */
  async start(): Promise<{ url: string } | { code: number }> {
    // The same for all, also for those that come when all others have gone.
    this.port = await chosenPort(this.options);
    const first = this.fork();
    const url = await listening(first);
    if (url === null) return { code: first.process.exitCode ?? 1 };
    this.keep(first, 0);
    const others = Array.from({ length: this.count - 1 }, () => this.fork());
    const ready = others.map(listening);
    for (const worker of others) this.keep(worker, 0);
    await Promise.all(ready);
    return { url };
  }

  /** Those that are there now. */
  get living(): Worker[] {
    return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
  }

  /** Lets each drain and finish the requests under way. Never rejects. */
  async stop(): Promise<void> {
    this.stopping = true;
    const { living } = this;
    const kill = setTimeout(
      () => living.forEach((worker) => worker.process.kill('SIGKILL')),
      this.options.drainDelayMs + KILL_MS,
    );
    const ends = living.filter((worker) => !worker.isDead()).map((worker) => once(worker, 'exit'));
    for (const worker of living) if (worker.isConnected()) worker.send(STOP);
    await Promise.all(ends);
    clearTimeout(kill);
  }

  private fork(): Worker {
    const worker = cluster.fork({ PORT: String(this.port) });
    worker.on('error', (err) => this.log.warn({ err, pid: worker.process.pid }, 'A worker'));
    return worker;
  }

  private keep(worker: Worker, waited: number): void {
    const begun = performance.now();
    const onExit = (code: number | null, signal: string | null): void => {
      if (this.stopping) return;
      const isGood = performance.now() - begun >= GOOD_START_MS;
      const wait = isGood ? 0 : Math.min(Math.max(waited * 2, FIRST_WAIT_MS), MAX_WAIT_MS);
      this.restarts += 1;
      const { pid } = worker.process;
      const { restarts } = this;
      this.log.warn(
        { pid, code, signal, restarts, waitMs: wait },
        'A worker ended; another starts',
      );
      setTimeout(() => {
        if (!this.stopping) this.keep(this.fork(), wait);
      }, wait);
    };
    if (worker.isDead()) onExit(worker.process.exitCode, worker.process.signalCode);
    else worker.once('exit', onExit);
  }
}

function chosenPort({ host, port }: WorkerOptions): Promise<number> {
  if (port !== 0) return Promise.resolve(port);
  return new Promise((resolve) => {
    const server = createServer();
    // The first worker will say what is wrong with the address.
    server.once('error', () => resolve(0));
    server.listen({ host, port, exclusive: true }, () => {
      const found = (server.address() as AddressInfo).port;
      server.close(() => resolve(found));
    });
  });
}

/** @returns its address, or null where it ends before */
function listening(worker: Worker): Promise<string | null> {
  return new Promise((resolve) => {
    worker.on('message', ({ url }: Partial<Listening>) => void (url !== undefined && resolve(url)));
    worker.once('exit', () => resolve(null));
  });
}
