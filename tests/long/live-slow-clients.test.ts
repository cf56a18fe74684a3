import { connect, type Socket } from 'node:net';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { aRelease } from '../support/a-release.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { LiveClient } from '../support/live.js';
import { RawSocket } from '../support/raw-socket.js';

let gateway: TestApp;

beforeAll(async () => {
  gateway = await createTestApp({ live: { slowMs: 400 } });
});
afterAll(() => gateway.close());

it('disconnects clients that do not read, with a code that means "resume"; others continue', async () => {
  const body = Array.from({ length: 60 }, (_, index) => `${index} ${'word '.repeat(1_600)}`);
  const query = `subscription { releaseChanged { cursor changes { number localized { body { html } } } } }`;
  const slow = await new RawSocket(gateway.url).init();
  await slow.subscribe('1', query);
  await slow.received(({ type }) => type === 'next');
  slow.socket.pause();
  const sse = slowEvents(query);
  const quick = new LiveClient(gateway.url, { languages: ['en'] }).overSocket();
  await quick.until(({ pages }) => pages.length === 1);
  let published = 0;
  while (!(sse.closed && published >= 20) && published < 40) {
    const number = `${100 + published++}/18`;
    if (published === 3) expect(sse.closed).toBe(false);
    await gateway.given(aRelease(number).in('EN', { title: number, body }).published());
  }
  await quick.until(({ changes }) => changes.length === published);
  // It reads on: what was underway comes, and then the reason.
  slow.socket.resume();
  const { code, reason } = await slow.closed;
  quick.stop();
  process.stderr.write(
    `live, slow clients: WebSocket closed with ${code} (${reason || 'cut off'}), event stream ${sse.closed ? 'cut off' : 'still open'}, ` +
      `after ${published} releases of 0.5 MB\n`,
  );
  expect([1006, 4290]).toContain(code);
  expect(sse.closed).toBe(true);
}, 240_000);

/** Sends a request, and never reads the response. */
function slowEvents(query: string): { closed: boolean } {
  const { hostname, port } = new URL(gateway.url);
  const state = { closed: false };
  const body = JSON.stringify({ query });
  const socket: Socket = connect(Number(port), hostname, () => {
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\ncontent-type: application/json\r\n` +
        `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    socket.pause();
    // It never reads; that the other side is gone shows when it writes.
    const probe = setInterval(() => socket.write('\r\n'), 100);
    socket.on('close', () => clearInterval(probe));
  });
  socket.on('error', () => (state.closed = true));
  return state;
}
