import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import type { ApolloServer } from '@apollo/server';

import { type ErrorReason, type ErrorRow, ERRORS } from '../kernel/errors.js';
import type { ResponseCache } from '../platform/cache/response-cache.js';
import type { RequestContext } from '../platform/graphql/execution/request-context.js';
import type { OverloadProtection } from '../platform/http/overload-protection.js';
import type { ResponseHeaders } from '../platform/http/response-headers.js';
import type { Entrance } from '../platform/http/server.js';
import type { SiteAddress } from '../platform/http/site-address.js';
import { CardEndpoint } from '../platform/http/site/card/card-endpoint.js';
import { CardRenderer } from '../platform/http/site/card/card-renderer.js';
import {
  type OperationName,
  SiteEndpoint,
  type SiteEndpointOptions,
  type SiteResult,
} from '../platform/http/site/site-endpoint.js';
import { loadSiteRenderer, type SiteRenderer } from '../platform/http/site/site-renderer.js';
import { type ObservedOptions, todayOf } from './app.options.js';
import { contextOf, executedOperation } from './reading.js';

const FOLDER = fileURLToPath(new URL('../../dist/site', import.meta.url));
const DRAWING = new URL('../../dist/platform/http/site/card/card-worker.js', import.meta.url);
const MANIFEST = new URL('../../schema/operations/persisted-query-manifest.json', import.meta.url);
const ANONYMOUS = { viewer: null, idempotencyKey: null } as const;

export interface SitePages {
  readonly renderer: SiteRenderer;
  readonly entrances: readonly Entrance[];
  close(): Promise<void>;
}

export interface SiteMade {
  readonly apollo: ApolloServer<RequestContext>;
  readonly site: SiteAddress;
  readonly cache: ResponseCache | null;
  readonly headers: ResponseHeaders;
  readonly protection: OverloadProtection | null;
}

/** @returns null if the pages are turned off, or were not built */
export async function sitePages(
  options: ObservedOptions,
  { apollo, ...made }: SiteMade,
): Promise<SitePages | null> {
  const { pages = false, messages, localeOrder, log, onRefusal } = options;
  const renderer = pages ? await loadSiteRenderer(FOLDER) : null;
  if (pages && !renderer) log.warn('The public pages are not built; run npm run build:site');
  if (!renderer) return null;
  const execute = await siteOperations(options, apollo);
  const today = (): string => todayOf(options);
  const parts = { ...made, renderer, messages, localeOrder, log, onRefusal, execute, today };
  const endpoint = new SiteEndpoint(parts);
  const drawing = new CardRenderer(DRAWING);
  const cards = new CardEndpoint({ ...parts, pages: endpoint, renderer: drawing });
  const entrances = [
    { pattern: '/{lang}/{slug}/card.png', enter: cards.enter },
    { pattern: '/{lang}', enter: endpoint.enter },
  ];
  return { renderer, entrances, close: () => drawing.close() };
}

/** Executes the operations of the pages as those of any anonymous client: with the same limits, on the same schema. */
async function siteOperations(
  options: ObservedOptions,
  apollo: ApolloServer<RequestContext>,
): Promise<SiteEndpointOptions['execute']> {
  const texts = await operationTexts();
  return async (operationName, variables, request) => {
    const context = contextOf(options, request, ANONYMOUS);
    context.isOwnOperation = true;
    const query = texts.get(operationName);
    const operate = () =>
      apollo.executeOperation({ query, operationName, variables }, { contextValue: context });
    const { headers } = request.raw;
    const { body } = await options.observer.request({ headers, isStaff: false }, operate);
    if (body.kind !== 'single') throw new Error(`${operationName} has one result`);
    const { data, errors } = body.singleResult;
    return { data: asSent(data), fault: faultOf(errors), executed: executedOperation(context) };
  };
}

/** Scalars as clients get them: a time is a string. */
function asSent(data: SiteResult['data'] | undefined): SiteResult['data'] {
  return data ? (JSON.parse(JSON.stringify(data)) as SiteResult['data']) : null;
}

type Errors = readonly {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}[];

function faultOf(errors: Errors | undefined): SiteResult['fault'] {
  const [error] = errors ?? [];
  if (!error) return null;
  const reason = error.extensions?.['reason'] as ErrorReason | undefined;
  const row: ErrorRow = ERRORS[reason ?? 'INTERNAL'];
  const { code, status } = row;
  const retryAfterS = row.retryAfterS ?? null;
  const { message } = error;
  // The address has a value that no page has: a cursor of another list, a country that is not a member state.
  if (code === 'BAD_USER_INPUT') return { status: 404, message, retryAfterS };
  return { status: status === 429 || status === 503 ? status : 500, message, retryAfterS };
}

async function operationTexts(): Promise<ReadonlyMap<OperationName, string>> {
  const manifest = JSON.parse(await readFile(MANIFEST, 'utf8')) as {
    operations: readonly { readonly name: OperationName; readonly body: string }[];
  };
  return new Map(manifest.operations.map(({ name, body }) => [name, body]));
}
