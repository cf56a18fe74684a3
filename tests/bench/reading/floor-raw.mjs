// The physical floor: node:http, and bytes that were ready before the request came.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

process.once('message', ({ responses: path }) => {
  const responses = JSON.parse(readFileSync(path, 'utf8'));
  const ready = new Map(
    Object.entries(responses).map(([kind, list]) => [
      `/${kind}`,
      { list: list.map(readyResponse), next: 0 },
    ]),
  );
  const server = createServer((request, response) => {
    const { method, url, headers } = request;
    if (method === 'GET') return reply(response, turnOf(url), headers['if-none-match']);
    request.on('data', () => undefined);
    request.on('end', () => reply(response, turnOf(url)));
  });
  const turnOf = (url) => {
    const question = url.indexOf('?');
    const kind = ready.get(question < 0 ? url : url.slice(0, question));
    kind.next = (kind.next + 1) % kind.list.length;
    return kind.list[kind.next];
  };
  server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
});

function readyResponse(text) {
  const body = Buffer.from(text);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': body.length,
    etag: '"ready"',
  };
  return { body, headers };
}

function reply(response, { body, headers }, ifNoneMatch) {
  if (ifNoneMatch !== undefined) response.writeHead(304, { etag: '"ready"' }).end();
  else response.writeHead(200, headers).end(body);
}
