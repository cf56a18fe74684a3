import DataLoader from 'dataloader';

import type { ReadSnapshot } from '../../platform/db/index.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { type AccountRecord, loadAccounts } from '../account/index.js';
import type { EditorialRecord } from './editorial-record.js';
import { listEditorialReleases } from './editorial-release.repository.js';

/** The releases and accounts that one operation of staff reads: one snapshot, each row read once. */
export class EditorialLoaders {
  constructor(private readonly snapshot: ReadSnapshot) {}

  readonly release = new DataLoader<string, EditorialRecord | null>(async (ids) => {
    const where = 'WHERE r.id = ANY ($1::uuid[])';
    const records = await listEditorialReleases(this.snapshot, where, [ids]);
    const found = new Map(records.map((record) => [record.id, record]));
    return ids.map((id) => found.get(id) ?? null);
  });

  async findByNumber(number: string): Promise<EditorialRecord | null> {
    const where = 'WHERE r.number = $1';
    const [record] = await listEditorialReleases(this.snapshot, where, [number]);
    return record ?? null;
  }

  readonly account = new DataLoader<string, AccountRecord>((ids) =>
    loadAccounts(this.snapshot, ids),
  );
}

/** One set of loaders for each operation, and a new one after a mutation: loaders belong to a snapshot. */
export class LoadersBySnapshot<T extends object> {
  private readonly loaders = new WeakMap<ReadSnapshot, T>();

  constructor(private readonly create: (snapshot: ReadSnapshot) => T) {}

  /** @throws AppError UNAUTHENTICATED, FORBIDDEN */
  of(context: RequestContext): T {
    const staffSnapshot = context.staffSnapshot();
    let loaders = this.loaders.get(staffSnapshot);
    if (!loaders) {
      loaders = this.create(staffSnapshot);
      this.loaders.set(staffSnapshot, loaders);
    }
    return loaders;
  }
}
