import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';

import { Metrics } from '../../../../src/platform/observe/metrics.js';
import { Observer } from '../../../../src/platform/observe/observer.js';
import {
  type Channel,
  reportToPrimary,
  textOfWorkers,
} from '../../../../src/platform/observe/worker-metrics.js';
import { sample } from '../../../support/metrics.js';

/** The two ends of a channel between two processes. */
function channel(): { worker: Channel; primary: Channel } {
  const [toWorker, toPrimary] = [new EventEmitter(), new EventEmitter()];
  const end = (receiver: EventEmitter, sender: EventEmitter): Channel => ({
    send: (message) => setImmediate(() => sender.emit('message', structuredClone(message))),
    on: (event, listener) => receiver.on(event, listener),
    off: (event, listener) => receiver.off(event, listener),
  });
  return { worker: end(toPrimary, toWorker), primary: end(toWorker, toPrimary) };
}

describe('metrics', () => {
  it('report hits, drops and sizes of each layer of caches', async () => {
    const metrics = new Metrics();
    const responses = metrics.cache('answer');
    responses.hit();
    responses.hit();
    responses.miss();
    responses.evicted();
    responses.invalidated(3);
    responses.measure(() => ({ entries: 7, bytes: 1234 }));
    const text = await metrics.text();
    const layer = 'answer';
    const requests = 'gateway_cache_requests_total';
    expect(sample(text, requests, { layer, result: 'hit' })).toBe(2);
    expect(sample(text, requests, { layer, result: 'miss' })).toBe(1);
    expect(sample(text, requests, { layer: 'list', result: 'hit' })).toBe(0);
    const drops = 'gateway_cache_drops_total';
    expect(sample(text, drops, { layer, reason: 'evicted' })).toBe(1);
    expect(sample(text, drops, { layer, reason: 'invalidated' })).toBe(3);
    expect(sample(text, 'gateway_cache_entries', { layer })).toBe(7);
    expect(sample(text, 'gateway_cache_bytes', { layer })).toBe(1234);
    expect(sample(text, 'gateway_cache_bytes', { layer: 'list' })).toBeUndefined();
  });

  it('report how far the change log was followed, and how late', async () => {
    const metrics = new Metrics();
    metrics.changes.applied(41, new Date(1_000), 3_500);
    const text = await metrics.text();
    expect(sample(text, 'gateway_change_log_position')).toBe(41);
    expect(sample(text, 'gateway_sync_lag_seconds')).toBe(2.5);
    // The database was restored to an earlier point.
    metrics.changes.applied(38, new Date(9_000), 9_000);
    expect(sample(await metrics.text(), 'gateway_change_log_position')).toBe(38);
  });

  it('count a response from the cache beside those that were executed', async () => {
    const observer = new Observer();
    const meter = observer.metrics.operations.of('Detail');
    meter.ran('OK', 0.02);
    observer.servedFromCache(meter, 0.0001);
    const text = await observer.metrics.text();
    expect(sample(text, 'gateway_operations_total', { operation: 'Detail', code: 'OK' })).toBe(2);
    const bucket = (source: string, le: string) =>
      sample(text, 'gateway_operation_duration_seconds_bucket', {
        operation: 'Detail',
        source,
        le,
      });
    expect([bucket('cache', '0.0005'), bucket('cache', '+Inf')]).toEqual([1, 1]);
    expect([bucket('executed', '0.01'), bucket('executed', '0.025')]).toEqual([0, 1]);
  });

  it('takes a code that it does not know for a fault of ours', async () => {
    const metrics = new Metrics();
    metrics.operations.of(null).ran('MADE UP', 1);
    const labels = { operation: 'unnamed', code: 'INTERNAL_SERVER_ERROR' };
    expect(sample(await metrics.text(), 'gateway_operations_total', labels)).toBe(1);
  });

  it('of several workers become one', async () => {
    const ends = [5, 8].map((seq) => {
      const metrics = new Metrics({ operations: ['A'] });
      metrics.operations.of('A').ran('OK', 0.02);
      metrics.cache('answer').hit();
      metrics.cache('answer').measure(() => ({ entries: 1, bytes: 10 }));
      metrics.changes.applied(seq, new Date(0), seq * 1000);
      const { worker, primary } = channel();
      reportToPrimary(metrics, primary);
      return worker;
    });
    // One that is stuck.
    const silent = channel().worker;
    const text = await textOfWorkers([...ends, silent]);
    expect(sample(text, 'gateway_operations_total', { operation: 'A', code: 'OK' })).toBe(2);
    const labels = { operation: 'A', source: 'executed' };
    expect(sample(text, 'gateway_operation_duration_seconds_count', labels)).toBe(2);
    expect(
      sample(text, 'gateway_operation_duration_seconds_bucket', { ...labels, le: '0.025' }),
    ).toBe(2);
    expect(sample(text, 'gateway_cache_bytes', { layer: 'answer' })).toBe(20);
    expect(sample(text, 'gateway_change_log_position')).toBe(8);
    expect(sample(text, 'gateway_sync_lag_seconds')).toBe(8);
  });
});
