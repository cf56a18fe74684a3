import type { TestApp } from './app.js';

interface Page {
  readonly totalCount: number;
  readonly edges: { cursor: string; node: { number: string }; localized: Shown | null }[];
  readonly pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

interface Shown {
  readonly title: { value: string; lang: string };
}

export interface Row {
  readonly number: string;
  /** null where nothing may be shown. */
  readonly title: string | null;
}

export interface ListWalk {
  readonly rows: readonly Row[];
  /** What each page reported about the pages around it. */
  readonly totals: readonly number[];
}

const QUERY = (list: string) =>
  `query ($first: Int, $last: Int, $after: String, $before: String) {
     releases(first: $first, last: $last, after: $after, before: $before, ${list}) {
       totalCount
       edges { cursor node { number } localized { title { value lang } } }
       pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
     } }`;

/**
 * Walks a list page by page, to its end or back to its start, and checks on each page what a client relies on:
 * cursors at both ends, and whether there is more.
 *
 * @param list its arguments: `orderBy: TITLE_ASC, languages: ["es"]`
 */
export async function walkList(
  { query }: Pick<TestApp, 'query'>,
  list: string,
  {
    size,
    backward = false,
    between,
  }: { size: number; backward?: boolean; between?: (page: number) => Promise<void> },
): Promise<ListWalk> {
  const pages: Page[] = [];
  let cursor: string | null = null;
  do {
    const variables = backward ? { last: size, before: cursor } : { first: size, after: cursor };
    const { data, errors } = await query<{ releases: Page }>(QUERY(list), { variables });
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    const page: Page = data.releases;
    checkPage(page, { size, backward, isFirst: pages.length === 0 });
    pages.push(page);
    await between?.(pages.length);
    const { pageInfo } = page;
    const more = backward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage;
    cursor = more ? (backward ? pageInfo.startCursor : pageInfo.endCursor) : null;
  } while (cursor !== null && pages.length < 500);
  const inOrder = backward ? pages.toReversed() : pages;
  const edges = inOrder.flatMap((page) => page.edges);
  const rows = edges.map(({ node, localized }) => {
    return { number: node.number, title: localized?.title.value ?? null };
  });
  return { rows, totals: pages.map(({ totalCount }) => totalCount) };
}

function checkPage(
  { edges, pageInfo }: Page,
  { size, backward, isFirst }: { size: number; backward: boolean; isFirst: boolean },
): void {
  const { hasNextPage, hasPreviousPage, startCursor, endCursor } = pageInfo;
  const more = backward ? hasPreviousPage : hasNextPage;
  const behind = backward ? hasNextPage : hasPreviousPage;
  const faults = [
    edges.length > size && 'too many rows',
    more && edges.length !== size && 'more to come, and yet not full',
    behind === isFirst && 'wrong about where it came from',
    startCursor !== (edges[0]?.cursor ?? null) && 'startCursor is not the first',
    endCursor !== (edges.at(-1)?.cursor ?? null) && 'endCursor is not the last',
  ].filter(Boolean);
  if (faults.length > 0) throw new Error(`a page is ${faults.join(', ')}`);
}
