import pg from 'pg';

export const POOL_NAMES = ['reader', 'staff', 'writer'] as const;
export type PoolName = (typeof POOL_NAMES)[number];

/** Notified of every statement; must not throw. */
export interface StatementObserver {
  /** @returns a function to call once the database has responded */
  sent(pool: PoolName, text: string): (failed: boolean) => void;
}

type Callback = (error: Error | null, result: unknown) => void;
type Query = (...args: unknown[]) => unknown;

/**
 * The class of a pool's clients, which report their statements to an observer. Statements are observed here because
 * they are sent from many places, and by TypeORM.
 */
export function observedClient(pool: PoolName, observer: StatementObserver): typeof pg.Client {
  class ObservedClient extends pg.Client {}
  const send = Reflect.get(pg.Client.prototype, 'query') as Query;
  const query = function (this: pg.Client, ...args: unknown[]): unknown {
    const text = textOf(args[0]);
    // A cursor or a stream reads for an unlimited time.
    if (text === undefined) return send.apply(this, args);
    const done = observer.sent(pool, text);
    const last = args.at(-1);
    if (typeof last === 'function') {
      const callback = last as Callback;
      const observed: Callback = (error, result) => {
        done(Boolean(error));
        callback(error, result);
      };
      return send.apply(this, [...args.slice(0, -1), observed]);
    }
    const result = send.apply(this, args);
    if (result instanceof Promise) {
      result.then(
        () => done(false),
        () => done(true),
      );
    }
    return result;
  };
  ObservedClient.prototype.query = query as typeof pg.Client.prototype.query;
  return ObservedClient;
}

function textOf(statement: unknown): string | undefined {
  if (typeof statement === 'string') return statement;
  const { text, submit } = statement as { text?: unknown; submit?: unknown };
  return typeof text === 'string' && submit === undefined ? text : undefined;
}
