import { once } from 'node:events';
import { randomUUID } from 'node:crypto';

import { singleClient } from '../pools.js';

/** Different from the channels of changes, so that no server reacts. */
const CHANNEL = 'gateway_doctor';
const WAIT_MS = 3_000;

/** Whether a notification from another connection arrives. */
export async function canListen(url: string): Promise<boolean> {
  const [listener, sender] = [singleClient(url), singleClient(url)];
  try {
    await Promise.all([listener.connect(), sender.connect()]);
    await listener.query(`LISTEN ${CHANNEL}`);
    const signal = AbortSignal.timeout(WAIT_MS);
    const arrives = once(listener, 'notification', { signal }).then(
      () => true,
      () => false,
    );
    await sender.query('SELECT pg_notify($1, $2)', [CHANNEL, randomUUID()]);
    return await arrives;
  } finally {
    await Promise.all([listener, sender].map((one) => one.end().catch(() => undefined)));
  }
}
