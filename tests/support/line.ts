import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** The connection between browsers and a server, which a test can cut. */
export interface Line {
  /** Where browsers reach the server: `http://127.0.0.1:4000`, with the path of the line. */
  readonly url: string;
  /** The bytes of bodies that came over the line, as they were compressed. */
  readonly received: () => number;
  /** The paths that were requested, in order. */
  readonly requested: readonly string[];
  /** From now on no connection is accepted, and those that are open end. */
  cut(): Promise<void>;
  restore(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A reverse proxy on a port of its own, as in front of a gateway in production.
 *
 * @param target the address of the server
 * @param path below which browsers see the server; it is not passed on
 */
export async function openLine(target: string, path = ''): Promise<Line> {
  let received = 0;
  const requested: string[] = [];
  const { hostname, port } = new URL(target);
  const forward = (request: http.IncomingMessage, response: http.ServerResponse): void => {
    const { method, headers, url = '' } = request;
    requested.push(url);
    if (path !== '' && url !== path && !url.startsWith(`${path}/`)) {
      response.writeHead(404).end();
      return;
    }
    const inner = url.slice(path.length) || '/';
    const passed = http.request({ hostname, port, path: inner, method, headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.on('data', (chunk: Buffer) => (received += chunk.length));
      reply.pipe(response);
    });
    passed.on('error', () => response.destroy());
    response.on('close', () => passed.destroy());
    request.pipe(passed);
  };
  let server = http.createServer(forward).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = (server.address() as AddressInfo).port;
  const cut = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return {
    url: `http://127.0.0.1:${own}${path}`,
    received: () => received,
    requested,
    cut,
    async restore() {
      server = http.createServer(forward).listen(own, '127.0.0.1');
      await once(server, 'listening');
    },
    close: cut,
  };
}
