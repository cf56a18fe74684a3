import type { DataSource } from 'typeorm';

import type { Viewer } from '../../kernel/access.js';
import { AppError } from '../../kernel/errors.js';
import { namedFault } from '../../platform/db/index.js';
import { recordAccount } from './account.repository.js';

/** Far more accounts than a staff has. */
const MAX_ACCOUNTS = 10_000;

/** Stores accounts when their tokens are used, so that work can be assigned before their first mutation. */
export class AccountRegister {
  /** Name and rights as last stored, by account id. */
  private readonly known = new Map<string, string>();

  constructor(private readonly dataSource: DataSource) {}

  /** @throws AppError DATABASE_UNAVAILABLE, TIMEOUT */
  async note(viewer: Viewer): Promise<void> {
    const { accountId, name, grants } = viewer;
    const profile = JSON.stringify([name, grants]);
    if (this.known.get(accountId) === profile) return;
    try {
      await recordAccount(this.dataSource, viewer);
    } catch (error) {
      const fault = namedFault(error);
      // Reads still work; mutations fail when they write.
      if (fault instanceof AppError && fault.reason === 'DATABASE_READ_ONLY') return;
      throw fault;
    }
    if (this.known.size >= MAX_ACCOUNTS) this.known.clear();
    this.known.set(accountId, profile);
  }
}
