import type { DataSource } from 'typeorm';

import type { Viewer } from '../../kernel/access.js';
import { AppError } from '../../kernel/errors.js';
import { namedFault } from '../../platform/db/index.js';
import { recordAccount } from './account.repository.js';

/** Far more people than work here. */
const KEPT = 10_000;

/** Writes accounts down as their tokens come by, so that work can be assigned to who has only looked so far. */
export class AccountRegister {
  /** What was last written of each account, by its id. */
  private readonly known = new Map<string, string>();

  constructor(private readonly dataSource: DataSource) {}

  /** @throws AppError DATABASE_UNAVAILABLE, TIMEOUT */
  async note(viewer: Viewer): Promise<void> {
    const { accountId, name, grants } = viewer;
    const said = JSON.stringify([name, grants]);
    if (this.known.get(accountId) === said) return;
    try {
      await recordAccount(this.dataSource, viewer);
    } catch (error) {
      const fault = namedFault(error);
      // They can read for all that, and what they write is refused by itself.
      if (fault instanceof AppError && fault.reason === 'DATABASE_READ_ONLY') return;
      throw fault;
    }
    if (this.known.size >= KEPT) this.known.clear();
    this.known.set(accountId, said);
  }
}
