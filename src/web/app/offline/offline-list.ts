import type { Parameters } from '../../site/page.js';
import type { AppReferenceQuery, SiteListQuery } from '../../generated/site.js';
import type { CopyState } from '../copy/copy-state.js';
import { type CopyDatabase, recordsOf } from '../copy/database.js';
import type { Summary } from '../copy/stored-release.js';
import { OfflineSearch } from './offline-search.js';
import { comparePositions, type Position, readPosition, writePosition } from './position.js';

type Releases = SiteListQuery['releases'];

/** As many as the server has on a page. */
const PAGE_SIZE = 20;

interface Found extends Position {
  readonly id: string;
}

/** The data of the page of the list, from a copy. */
export async function offlineList(
  database: CopyDatabase,
  copy: CopyState,
  parameters: Parameters,
  reference: AppReferenceQuery,
): Promise<SiteListQuery> {
  const search = OfflineSearch.of(parameters.q ?? '');
  const found = await findReleases(database, copy, parameters, search);
  const { page, hasNextPage, hasPreviousPage } = pageOf(found, parameters);
  const edges = await Promise.all(page.map((place) => edgeOf(database, copy, place, search)));
  const { q, topic, state, type, year } = parameters;
  const isFiltered = [q, topic, state, type, year].some((value) => value !== undefined);
  const cursors = page.map((place) => writePosition(place));
  const releases: Releases = {
    __typename: 'ReleaseConnection',
    ...(isFiltered && { totalCount: found.length }),
    pageInfo: {
      __typename: 'PageInfo',
      hasNextPage,
      hasPreviousPage,
      startCursor: cursors[0] ?? null,
      endCursor: cursors.at(-1) ?? null,
    },
    edges: edges.flat(),
  };
  return { ...reference, releases };
}

async function findReleases(
  database: CopyDatabase,
  { id }: CopyState,
  parameters: Parameters,
  search: OfflineSearch | null,
): Promise<Found[]> {
  const summaries = await database.getAll('summaries', recordsOf(id));
  const wanted = summaries.filter((summary) => isShown(summary, parameters));
  const tiers = search && (await tiersOf(database, id, search));
  const found = wanted.flatMap(({ id: releaseId, date, number }): Found[] => {
    const tier = tiers ? (tiers.get(releaseId) ?? 0) : 0;
    return tiers && tier === 0 ? [] : [{ id: releaseId, tier, date, number }];
  });
  return found.sort(comparePositions);
}

function isShown(
  { date, type, topics, mentions }: Summary,
  { topic, state, type: wanted, year }: Parameters,
): boolean {
  return (
    (topic === undefined || topics.includes(topic)) &&
    (state === undefined || mentions.includes(state)) &&
    (wanted === undefined || type === wanted) &&
    (year === undefined || date.startsWith(`${year}-`))
  );
}

async function tiersOf(
  database: CopyDatabase,
  copy: number,
  search: OfflineSearch,
): Promise<ReadonlyMap<string, number>> {
  const vectors = await database.getAll('vectors', recordsOf(copy));
  return new Map(vectors.map((vector) => [vector.id, search.tierOf(vector)]));
}

/** @param found in the order of the list */
function pageOf(found: readonly Found[], { after, before }: Parameters) {
  const start = after === undefined ? null : readPosition(after);
  const end = before === undefined ? null : readPosition(before);
  const first = start ? found.filter((place) => comparePositions(place, start) <= 0).length : 0;
  const last = end
    ? found.filter((place) => comparePositions(place, end) < 0).length
    : Math.min(found.length, first + PAGE_SIZE);
  const from = end ? Math.max(0, last - PAGE_SIZE) : first;
  return {
    page: found.slice(from, last),
    hasNextPage: last < found.length,
    hasPreviousPage: from > 0,
  };
}

async function edgeOf(
  database: CopyDatabase,
  copy: CopyState,
  place: Found,
  search: OfflineSearch | null,
): Promise<Releases['edges'][number][]> {
  const stored = await database.get('releases', [copy.id, place.id]);
  if (!stored) return [];
  const { localized } = stored;
  const match = search?.matchIn(localized) ?? null;
  const cursor = writePosition(place);
  return [{ __typename: 'ReleaseEdge', cursor, node: localized.release, localized, match }];
}
