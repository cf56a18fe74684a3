import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql';

import { allows, authorize } from '../../kernel/access.js';
import { AppError } from '../../kernel/errors.js';
import { isLocale } from '../../kernel/locale.js';
import { Refusal } from '../../kernel/refusal.js';
import { globalId, parseGlobalId } from '../../platform/graphql/schema/global-id.js';
import {
  decodeKeyset,
  encodeKeyset,
  type ForwardPage,
  pageSize,
} from '../../platform/graphql/schema/paging.js';
import { problemOf } from '../../platform/graphql/schema/problem.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { Size } from '../../platform/graphql/limits/list-size.js';
import type { LiveMessages } from '../../platform/i18n/messages.js';
import { accountNode, loadAccounts } from '../account/index.js';
import { type MutationRunner } from '../../platform/mutation/mutation-runner.js';
import type { CatalogCache } from './catalog-cache.js';
import {
  countEntries,
  type EntryFilter,
  type EntryPlace,
  type EntryRecord,
  findEntry,
  listEntries,
} from './entry.repository.js';
import {
  LocaleEntriesArgs,
  LocaleEntryConnection,
  LocaleEntryPayload,
  LocaleEntryType,
  SaveLocaleEntryInput,
  SaveLocaleEntryResult,
} from './entry.types.js';
import { saveEntry } from './save-entry.js';

const MAX_SEARCH_LENGTH = 500;
const MAX_PAGE_SIZE = 100;

@Resolver()
export class LocaleEntryResolver {
  constructor(
    private readonly runner: MutationRunner,
    private readonly messages: LiveMessages,
    private readonly catalogCache: CatalogCache,
  ) {}

  @Size('PAGE')
  @Query(() => LocaleEntryConnection, {
    description:
      'Texts of the interface and of apps, sorted by namespace, key and locale. Each key has an entry in each of the four locales, with or without a value. For staff: without a token the error is UNAUTHENTICATED.',
  })
  async localeEntries(
    @Ctx() context: RequestContext,
    @Args(() => LocaleEntriesArgs) { first, after, filter }: LocaleEntriesArgs,
  ): Promise<InstanceType<typeof LocaleEntryConnection>> {
    authorize(context.caller.viewer, 'READ_WORK');
    checkFilter(filter ?? {});
    const page = await readPage(context, filter ?? {}, pageSize(first), after ?? null);
    return new LocaleEntryConnection(page);
  }

  @Mutation(() => SaveLocaleEntryResult, {
    description:
      'Saves one text in one locale; running servers use it at once. Staff in their locales. A new key needs role EDITOR, a new namespace ADMIN; the locale in which it is first written is its original.',
  })
  async saveLocaleEntry(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg('input', () => SaveLocaleEntryInput, { description: 'The text and its place.' })
    input: SaveLocaleEntryInput,
  ): Promise<typeof SaveLocaleEntryResult> {
    const { namespace, key, locale } = input;
    const name = { namespace, key, locale };
    const task = { action: 'WRITE_LOCALE_ENTRY' as const, locale, subject: name };
    const saved = await this.runner.run(context, info, task, async (manager, viewer) => {
      await saveEntry(manager, viewer, input, this.messages.shipped);
      return name;
    });
    if (saved instanceof Refusal) return problemOf(context, saved);
    await this.catalogCache.refresh();
    const record = await findEntry(context.staffSnapshot(), saved);
    if (!record) throw new Error('an entry that was just saved is gone');
    const [entry] = await entryNodes(context, [record]);
    return Object.assign(new LocaleEntryPayload(), { entry });
  }
}

/** @throws AppError SEARCH_TOO_LONG, LIST_TOO_LONG */
function checkFilter({ search, namespace }: EntryFilter): void {
  if (search && search.length > MAX_SEARCH_LENGTH) {
    throw new AppError('SEARCH_TOO_LONG', { max: MAX_SEARCH_LENGTH });
  }
  if (namespace && namespace.length > MAX_PAGE_SIZE) {
    throw new AppError('LIST_TOO_LONG', { argument: 'namespace', max: MAX_PAGE_SIZE });
  }
}

async function readPage(
  context: RequestContext,
  filter: EntryFilter,
  size: number,
  cursor: string | null,
): Promise<ForwardPage<LocaleEntryType>> {
  const list = ['localeEntries', filter];
  const after = decodeKeyset(list, cursor, ['string', 'string', 'string']) as EntryPlace | null;
  const staffSnapshot = context.staffSnapshot();
  const records = await listEntries(staffSnapshot, filter, { after, limit: size + 1 });
  const nodes = await entryNodes(context, records.slice(0, size));
  const edges = nodes.map((node) => {
    return { cursor: encodeKeyset(list, [node.namespace, node.key, node.locale]), node };
  });
  const hasNextPage = records.length > size;
  const total = () => countEntries(staffSnapshot, filter);
  return { edges, hasNextPage, hasPreviousPage: after !== null, total };
}

/** The entry with this id; null for an id of another type, for a reader, and if it does not exist. */
export async function findLocaleEntry(
  context: RequestContext,
  id: string,
): Promise<LocaleEntryType | null> {
  const parsed = parseGlobalId(id);
  if (parsed?.type !== 'LocaleEntry') return null;
  if (!context.caller.viewer || !allows(context.caller.viewer, 'READ_WORK')) return null;
  const [namespace, key, locale, ...rest] = parsed.parts;
  const isName = isText(namespace) && isText(key) && isLocale(locale) && rest.length === 0;
  if (!isName) return null;
  const record = await findEntry(context.staffSnapshot(), { namespace, key, locale });
  if (!record) return null;
  const [node] = await entryNodes(context, [record]);
  return node ?? null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('\0');
}

async function entryNodes(
  context: RequestContext,
  records: readonly EntryRecord[],
): Promise<LocaleEntryType[]> {
  const ids = [...new Set(records.flatMap(({ updatedBy }) => updatedBy ?? []))];
  const accounts = ids.length > 0 ? await loadAccounts(context.staffSnapshot(), ids) : [];
  const nodes = new Map(accounts.map((account) => [account.id, accountNode(account)]));
  return records.map((record) => {
    const id = globalId('LocaleEntry', record.namespace, record.key, record.locale);
    const updatedBy = nodes.get(record.updatedBy ?? '') ?? null;
    return Object.assign(new LocaleEntryType(), { ...record, id, updatedBy });
  });
}
