import type { IncomingMessage } from 'node:http';

import { GraphQLError } from 'graphql';
import { makeServer, type ServerOptions, type SubscribePayload } from 'graphql-ws';
import type { WebSocket } from 'ws';

import { AppError } from '../../../kernel/errors.js';
import { cancellable } from '../../graphql/execution/cancellable.js';
import type { RequestContext } from '../../graphql/execution/request-context.js';
import type { PreparedOperation } from '../../graphql/execution/subscriptions.js';
import { CLOSE, LEAVE_MS } from './live-connections.js';
import type { LiveOptions } from './live-options.js';

type Params = Readonly<Record<string, unknown>>;

/** One WebSocket, in the protocol graphql-transport-ws. */
export class LiveSocket {
  private newContext: () => RequestContext;
  /** The context in which each list of errors is formatted. */
  private readonly contexts = new WeakMap<readonly GraphQLError[], RequestContext>();

  constructor(
    private readonly socket: WebSocket,
    private readonly request: IncomingMessage,
    private readonly parts: LiveOptions,
  ) {
    this.newContext = () => parts.contextOf({ viewer: null, acceptLanguage: undefined });
  }

  /** @param gone is called once the socket is closed */
  serve(gone: () => void): void {
    const { socket } = this;
    const closed = makeServer(this.options()).opened(
      {
        protocol: socket.protocol,
        send: (data) => this.send(data),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (take) => {
          socket.on('message', (data: Buffer) => {
            take(data.toString('utf8')).catch((error: unknown) => this.fail(error));
          });
        },
      },
      {},
    );
    const pinger = this.startPings();
    // If a message is too large or not a WebSocket frame, ws closes the socket itself, with the matching code.
    socket.on('error', () => undefined);
    socket.once('close', (code, reason) => {
      clearInterval(pinger);
      gone();
      closed(code, reason.toString()).catch((error: unknown) => this.fail(error));
    });
  }

  sendAway(): void {
    this.socket.close(CLOSE.GOING_AWAY, 'Going away: resume');
  }

  cut(): void {
    this.socket.terminate();
  }

  private options(): ServerOptions<Params, object> {
    return {
      connectionInitWaitTimeout: this.parts.limits.initMs,
      onConnect: ({ connectionParams }) => this.greet(connectionParams ?? {}),
      onSubscribe: ({ subscriptions }, _, payload) =>
        this.prepare(payload, Object.keys(subscriptions).length),
      subscribe: (args) => this.resultsOf(args as PreparedOperation) as never,
      // The results are already formatted.
      onNext: (_context, _id, _payload, _args, result) => result,
      onError: (_context, _id, _payload, errors) => {
        const context = this.contexts.get(errors) ?? this.newContext();
        return this.parts.subscriptions.format(errors, context);
      },
    };
  }

  /** Connection parameters stand in for headers, which a browser cannot set. */
  private async greet(params: Params): Promise<boolean> {
    const { headers } = this.request;
    const acceptLanguage = parameterOf(params, 'acceptLanguage') ?? headers['accept-language'];
    this.newContext = () => this.parts.contextOf({ viewer: null, acceptLanguage });
    try {
      const authorization = parameterOf(params, 'authorization') ?? headers.authorization;
      if (authorization !== undefined && !this.parts.crossOrigin.mayAuthorize(headers)) {
        throw new AppError('TOKEN_ORIGIN');
      }
      const viewer = await this.parts.identify(authorization);
      this.newContext = () => this.parts.contextOf({ viewer, acceptLanguage });
      return true;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { row, reason } = error;
      this.parts.onRefusal(reason);
      const code = row.status >= 500 ? CLOSE.TRY_AGAIN_LATER : CLOSE.FORBIDDEN;
      this.socket.close(
        code,
        shortened(this.newContext().caller.text(`errors:${reason}`, error.vars)),
      );
      return false;
    }
  }

  private prepare(
    payload: SubscribePayload,
    running: number,
  ): PreparedOperation | readonly GraphQLError[] {
    const context = this.newContext();
    const max = this.parts.limits.subscriptions;
    const tooMany = new AppError('SUBSCRIPTIONS_TOO_MANY', { count: max });
    const prepared =
      running > max
        ? [new GraphQLError(tooMany.reason, { originalError: tooMany })]
        : this.parts.subscriptions.prepare(payload, context);
    if (isErrors(prepared)) this.contexts.set(prepared, context);
    return prepared;
  }

  private resultsOf(prepared: PreparedOperation) {
    const running = this.parts.subscriptions.run(prepared);
    const { socket } = this;
    return cancellable(async function* (signal) {
      signal.addEventListener('abort', () => void running.return(), { once: true });
      try {
        yield* running;
      } catch {
        // Already logged. After `complete`, the client would not reconnect.
        socket.close(CLOSE.TRY_AGAIN_LATER, 'Try again later: resume');
      }
    });
  }

  /** Resolves once the operating system has accepted the data, so that at most one page waits for a slow client. */
  private send(data: string): Promise<void> {
    const { socket } = this;
    const { slowMs, unsentBytes } = this.parts.limits;
    return new Promise((resolve) => {
      if (socket.readyState !== socket.OPEN) return resolve();
      if (socket.bufferedAmount > unsentBytes) this.sendAwaySlow();
      const late = setTimeout(() => this.sendAwaySlow(), slowMs);
      // After an error, the socket closes.
      socket.send(data, () => {
        clearTimeout(late);
        resolve();
      });
    });
  }

  private sendAwaySlow(): void {
    this.socket.close(CLOSE.TOO_SLOW, 'Too slow: resume');
    setTimeout(() => this.socket.terminate(), LEAVE_MS).unref();
  }

  private startPings(): NodeJS.Timeout {
    let isAlive = true;
    this.socket.on('pong', () => (isAlive = true));
    return setInterval(() => {
      if (!isAlive) return this.socket.terminate();
      isAlive = false;
      if (this.socket.readyState === this.socket.OPEN) this.socket.ping();
    }, this.parts.limits.pingMs).unref();
  }

  private fail(error: unknown): void {
    this.parts.log.error({ err: error }, 'A WebSocket failed');
    this.socket.close(CLOSE.TRY_AGAIN_LATER, 'Try again later: resume');
  }
}

function parameterOf(params: Params, name: string): string | undefined {
  const value = params[name];
  return typeof value === 'string' ? value : undefined;
}

function isErrors(
  prepared: PreparedOperation | readonly GraphQLError[],
): prepared is readonly GraphQLError[] {
  return Array.isArray(prepared);
}

/** RFC 6455 §5.5: a close frame has room for 123 bytes of reason. */
function shortened(text: string): string {
  let short = text;
  while (Buffer.byteLength(short) > 123) short = short.slice(0, -1);
  return short;
}
