import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Registry } from 'prom-client';

export interface MetricsServer {
  /** The address of the metrics. */
  readonly url: string;
  /** May be called twice; never rejects. */
  close(): Promise<void>;
}

export interface MetricsAddress {
  readonly host: string;
  /** 0 lets the operating system choose. */
  readonly port: number;
}

/**
 * Serves only `/metrics`, on a separate port that readers need not reach. It is independent of the app, so that a
 * process that only manages workers can serve the sum of their metrics.
 *
 * @param read returns the metrics in the text format of Prometheus
 */
export async function serveMetrics(
  { host, port }: MetricsAddress,
  read: () => Promise<string>,
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    if (path !== '/metrics') return void response.writeHead(404).end();
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return void response.writeHead(405, { allow: 'GET, HEAD' }).end();
    read().then(
      (text) => {
        response.writeHead(200, { 'content-type': Registry.PROMETHEUS_CONTENT_TYPE }).end(text);
      },
      () => response.writeHead(503).end(),
    );
  });
  server.listen({ host, port });
  await once(server, 'listening');
  const { port: bound } = server.address() as AddressInfo;
  const named = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${named}:${bound}/metrics`,
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
