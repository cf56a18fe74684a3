import { expect, it } from '@jest/globals';

import { eventsOf } from '../../../../../src/web/app/sync/event-stream.js';

it('reads events however they are cut, and reports comments as signs of life only', async () => {
  const sent = ':\n\nevent: next\ndata: {"a":"é"}\n\n:\n\nevent: complete\ndata:\n\n';
  const bytes = new TextEncoder().encode(sent);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += 7) controller.enqueue(bytes.slice(at, at + 7));
      controller.close();
    },
  });
  let signs = 0;
  const events = [];
  for await (const event of eventsOf(body, () => (signs += 1))) events.push(event);
  expect(events).toEqual([
    { name: 'next', data: '{"a":"é"}' },
    { name: 'complete', data: '' },
  ]);
  expect(signs).toBeGreaterThan(4);
});
