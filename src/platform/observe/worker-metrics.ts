import { randomUUID } from 'node:crypto';

import { AggregatorRegistry } from 'prom-client';

import type { Metrics, TransportedFamily } from './metrics.js';

/** A worker that does not reply in time is left out: its event loop may be blocked. */
const REPLY_TIMEOUT_MS = 1_000;

/** One end of the channel between a process and one that it forked; `process` and a cluster's `Worker` are such. */
export interface Channel {
  send?(message: object, done?: (error: Error | null) => void): unknown;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  off(event: 'message', listener: (message: unknown) => void): unknown;
}

interface MetricsRequest {
  readonly gatewayMetrics: 'request';
  readonly id: string;
}

interface MetricsReply {
  readonly gatewayMetrics: 'response';
  readonly id: string;
  readonly families: TransportedFamily[];
}

/** In a worker: sends its metrics on each request of the primary. @returns a function that stops it */
export function reportToPrimary(metrics: Metrics, primary: Channel): () => void {
  const onMessage = (message: unknown): void => {
    const request = message as MetricsRequest | null;
    if (request?.gatewayMetrics !== 'request') return;
    void metrics.forTransport().then((families) => {
      const reply: MetricsReply = { gatewayMetrics: 'response', id: request.id, families };
      primary.send?.(reply, () => undefined);
    });
  };
  primary.on('message', onMessage);
  return () => void primary.off('message', onMessage);
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
      worker.off('message', onMessage);
      resolve(families);
    };
    const onMessage = (message: unknown): void => {
      const reply = message as MetricsReply | null;
      if (reply?.gatewayMetrics === 'response' && reply.id === id) end(reply.families);
    };
    const late = setTimeout(() => end(null), REPLY_TIMEOUT_MS);
    worker.on('message', onMessage);
    const request: MetricsRequest = { gatewayMetrics: 'request', id };
    worker.send?.(request, (error) => void (error && end(null)));
  });
}
