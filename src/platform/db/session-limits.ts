import pg from 'pg';

const IDLE_IN_TRANSACTION_MS = 120_000;

/**
 * Single statements of readers find their rows by a key or in the order of an index, and have one good plan for all
 * values: planning each call would take longer than executing it.
 */
export const GENERIC_PLANS: SessionLimits = { plan_cache_mode: 'force_generic_plan' };

/** Parameters of PostgreSQL that limit the resources of a connection, with their values. */
export type SessionLimits = Readonly<Record<string, string>>;

/** The options of a pool of the gateway, besides those of pg.Pool. */
interface LimitedPool {
  /** false through a transaction pooler: settings of one transaction do not apply to the next. */
  readonly isSession: boolean;
  readonly limits: SessionLimits;
}

export function sessionLimits(statementTimeoutMs: number): SessionLimits {
  return {
    statement_timeout: String(statementTimeoutMs),
    idle_in_transaction_session_timeout: String(IDLE_IN_TRANSACTION_MS),
  };
}

/**
 * Options of a pool whose connections have these limits. They are set once connected: a session pooler refuses them as
 * parameters of the startup message. Through a transaction pooler each transaction sets its own, see
 * {@link transactionSetup}, and single statements have those of the role.
 *
 * @param ofSession further parameters, which are not set through a transaction pooler
 */
export function limited(
  limits: SessionLimits,
  isSession: boolean,
  ofSession: SessionLimits = {},
): pg.PoolConfig & LimitedPool {
  const statement = settings('SET', { ...limits, ...ofSession }).join('; ');
  const send = Reflect.get(pg.Client.prototype, 'query') as (text: string) => Promise<unknown>;
  // The pool waits for the promise, though its type does not say so. No request sent this statement: observers are not
  // notified of it.
  const onConnect = (client: pg.ClientBase): unknown => send.call(client, statement);
  return { isSession, limits, ...(isSession && { onConnect }) };
}

/** The limits that a transaction in this pool must set for itself, and whether it may name statements. */
export function transactionSetup({ options }: pg.Pool): {
  readonly isSession: boolean;
  readonly statements: readonly string[];
} {
  const { isSession = true, limits = {} } = options as Partial<LimitedPool>;
  return { isSession, statements: isSession ? [] : settings('SET LOCAL', limits) };
}

/** @param command SET, SET LOCAL, or ALTER ROLE … SET */
export function settings(command: string, limits: SessionLimits): string[] {
  return Object.entries(limits).map(([name, value]) => `${command} ${name} = ${value}`);
}
