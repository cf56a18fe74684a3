import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

import type { Logger } from 'pino';

/** A worker that exits immediately is restarted after a delay. */
const FIRST_WAIT_MS = 100;
const MAX_WAIT_MS = 10_000;
/** A worker that ran this long had started properly: whatever ended it, the next one is started without delay. */
const GOOD_START_MS = 30_000;
/** Longer than a worker takes to finish its requests: one that has not exited by then hangs. */
const KILL_MS = 15_000;

const STOP = 'stop';

interface WorkerOptions {
  readonly host: string;
  /** 0 lets the operating system choose. */
  readonly port: number;
  /** How long each worker drains before it closes its port, in milliseconds. */
  readonly drainDelayMs: number;
}

interface Listening {
  readonly url: string;
}

/** Communication of a worker process with the primary process. */
export const ownWorker = {
  get isOne(): boolean {
    return cluster.isWorker;
  },
  /** Sends the address to the primary process, which reports it once all workers listen. */
  listens(url: string): void {
    process.send?.({ url } satisfies Listening);
  },
  /** The channel to the primary process would prevent this one from exiting. */
  leaves(): void {
    cluster.worker?.disconnect();
  },
  /** A terminal signal reaches all processes; only the message from the primary process counts. */
  onStop(stop: () => void): void {
    process.on('message', (message) => void (message === STOP && stop()));
  },
};

/**
 * Processes that share one port. One that exits is restarted, after a delay if it did not run for long. If this process
 * dies, Node ends all workers, because they lose their channel to it.
 */
export class Workers {
  /** How many workers were restarted since the start. */
  restarts = 0;
  private stopping = false;
  private port = 0;

  constructor(
    private readonly count: number,
    private readonly options: WorkerOptions,
    private readonly log: Logger,
  ) {}

  /**
   * Starts the first worker alone, so that an error that prevents a start is reported once.
   *
   * @returns the address, once all listen; or the exit code of a first worker that could not start
   */
  async start(): Promise<{ url: string } | { code: number }> {
    // The same port for all, including workers that start after all others have exited.
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

  /** The workers that are currently running. */
  get living(): Worker[] {
    return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
  }

  /** Lets each worker drain and finish its requests in progress. Never rejects. */
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
    // The first worker will report the error for this address.
    server.once('error', () => resolve(0));
    server.listen({ host, port, exclusive: true }, () => {
      const found = (server.address() as AddressInfo).port;
      server.close(() => resolve(found));
    });
  });
}

/** @returns its address, or null if it exits first */
function listening(worker: Worker): Promise<string | null> {
  return new Promise((resolve) => {
    worker.on('message', ({ url }: Partial<Listening>) => void (url !== undefined && resolve(url)));
    worker.once('exit', () => resolve(null));
  });
}
