import type { Config } from '../app/config.js';
import { inspectConnections } from '../platform/db/diagnosis/index.js';
import type { Database } from '../platform/db/index.js';
import type { Terminal } from './terminal.js';

/** Warns if this node may open more connections than the database accepts. A pooler has its own limits. */
export async function noteConnections(
  config: Config,
  { asOwner }: Pick<Database, 'asOwner'>,
  { text, note }: Terminal,
): Promise<void> {
  if (config.databasePooler !== undefined) return;
  // A warning must not prevent a server from starting.
  const report = await asOwner((client) =>
    inspectConnections(client, config, config.workers),
  ).catch(() => null);
  if (report === null || report.needed <= report.available) return;
  const { needed, available } = report;
  const message = text('cli:doctor.connections.few', { needed, available });
  note(text('cli:warning', { message }));
}
