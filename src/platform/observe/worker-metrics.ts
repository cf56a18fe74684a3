import { randomUUID } from 'node:crypto';

import { AggregatorRegistry } from 'prom-client';

import type { Metrics, TransportedFamily } from './metrics.js';

/** A worker that does not reply in time is left out: its event loop may be blocked. */
const REPLY_TIMEOUT_MS = 1_000;

/** One end of the channel between a process and one that it forked; `process` and a cluster's `Worker` are such. */
export interface Channel {
  send?(message: object, done?: (error: Error | null) => void): unknown;
  on(event: 'message', heard: (message: unknown) => void): unknown;
  off(event: 'message', heard: (message: unknown) => void): unknown;
}

interface Question {
  readonly gatewayMetrics: 'request';
  readonly id: string;
}

interface Reply {
  readonly gatewayMetrics: 'response';
  readonly id: string;
  readonly families: TransportedFamily[];
}

/** In a worker: sends its metrics on each request of the primary. @returns a function that stops it */
export function reportToPrimary(metrics: Metrics, primary: Channel): () => void {
  const heard = (message: unknown): void => {
    const question = message as Question | null;
    if (question?.gatewayMetrics !== 'request') return;
    void metrics.forTransport().then((families) => {
      const reply: Reply = { gatewayMetrics: 'response', id: question.id, families };
      primary.send?.(reply, () => undefined);
    });
  };
  primary.on('message', heard);
  return () => void primary.off('message', heard);
}

/**
 * In the primary: the combined metrics of all workers, for `serveMetrics`. Counts are added up; positions and lags are
 * those of the worst worker.
 */
export async function textOfWorkers(workers: readonly Channel[]): Promise<string> {
  const replies = await Promise.all(workers.map(requestMetrics));
  return AggregatorRegistry.aggregate(replies.filter((families) => families !== null)).metrics();
}

/** @returns null if the worker does not reply */
function requestMetrics(worker: Channel): Promise<TransportedFamily[] | null> {
  const id = randomUUID();
  return new Promise((resolve) => {
    const end = (families: TransportedFamily[] | null): void => {
      clearTimeout(late);
      worker.off('message', heard);
      resolve(families);
    };
    const heard = (message: unknown): void => {
      const reply = message as Reply | null;
      if (reply?.gatewayMetrics === 'response' && reply.id === id) end(reply.families);
    };
    const late = setTimeout(() => end(null), REPLY_TIMEOUT_MS);
    worker.on('message', heard);
    const question: Question = { gatewayMetrics: 'request', id };
    worker.send?.(question, (error) => void (error && end(null)));
  });
}
