import { Worker } from 'node:worker_threads';

import { AppError } from '../../../../kernel/errors.js';
import type { CardContent } from './card-content.js';
import type { CardOutcome } from './card-worker.js';

/** More pictures than these may not wait: each takes some tenths of a second. */
const MAX_WAITING = 20;
const RETRY_S = 5;
/** Also for the first picture, for which the libraries are loaded. */
const MAX_DRAWING_MS = 30_000;
/** The thread uses about 100 MB, so that it ends when it has had nothing to draw for this long. */
const IDLE_MS = 60_000;

/**
 * Draws pictures for link previews, one at a time, in a thread of its own that is started for the first one. Pictures with
 * the same content that are requested at the same time are drawn once.
 */
export class CardRenderer {
  private readonly drawing = new Map<string, Promise<Buffer>>();
  private last: Promise<unknown> = Promise.resolve();
  private worker: Worker | null = null;
  private idle: NodeJS.Timeout | null = null;

  /** @param program the compiled card-worker.js */
  constructor(private readonly program: URL) {}

  /**
   * @returns the bytes of a PNG
   * @throws AppError OVERLOADED if too many pictures wait
   */
  draw(content: CardContent): Promise<Buffer> {
    const key = JSON.stringify(content);
    const known = this.drawing.get(key);
    if (known) return known;
    if (this.drawing.size >= MAX_WAITING) throw new AppError('OVERLOADED', { seconds: RETRY_S });
    const drawn = this.last.then(() => this.drawNow(content));
    this.drawing.set(key, drawn);
    this.last = drawn.then(
      () => this.drawing.delete(key),
      () => this.drawing.delete(key),
    );
    return drawn;
  }

  async close(): Promise<void> {
    if (this.idle) clearTimeout(this.idle);
    const { worker } = this;
    this.worker = null;
    await worker?.terminate();
  }

  private async drawNow(content: CardContent): Promise<Buffer> {
    if (this.idle) clearTimeout(this.idle);
    const worker = (this.worker ??= this.start());
    try {
      const outcome = await outcomeOf(worker, content);
      if ('error' in outcome) throw new Error(`the picture was not drawn: ${outcome.error}`);
      return Buffer.from(outcome.png);
    } catch (error) {
      await this.close();
      throw error;
    } finally {
      this.idle = setTimeout(() => void this.close(), IDLE_MS).unref();
    }
  }

  private start(): Worker {
    // The thread needs no setting of the server, and none of its modules to be loaded in advance.
    const worker = new Worker(this.program, { env: {}, execArgv: [] });
    worker.unref();
    // An error while it draws rejects the picture.
    worker.on('error', () => undefined);
    return worker;
  }
}

function outcomeOf(worker: Worker, content: CardContent): Promise<CardOutcome> {
  return new Promise((resolve, reject) => {
    const onExit = (): void => finish(() => reject(new Error('the thread of the pictures ended')));
    const onError = (error: Error): void => finish(() => reject(error));
    const onMessage = (outcome: CardOutcome): void => finish(() => resolve(outcome));
    const onTimeout = (): void =>
      finish(() => reject(new Error('drawing a picture took too long')));
    const timer = setTimeout(onTimeout, MAX_DRAWING_MS);
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      worker.off('exit', onExit).off('error', onError).off('message', onMessage);
      settle();
    };
    worker.once('exit', onExit).once('error', onError).once('message', onMessage);
    worker.postMessage(content);
  });
}
