import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { type Locale, TAG_OF } from '../../../kernel/locale.js';
import { CachedResponse } from '../../cache/cached-response.js';
import type { ResponseCache } from '../../cache/response-cache.js';
import type { Messages } from '../../i18n/messages.js';
import type { ExecutedOperation } from '../cached-responses.js';
import { isCacheable, MIN_COMPRESSED_BYTES } from '../content-encoding.js';
import { type FaultOptions, faultResponse } from '../fault-response.js';
import type { Admitted, OverloadProtection } from '../overload-protection.js';
import { sendBody, sendStored } from '../response-body.js';
import type { ResponseHeaders } from '../response-headers.js';
import type { SiteAddress } from '../site-address.js';
import {
  type ListParameters,
  listVariables,
  periodVariables,
  readParameters,
  writeParameters,
} from './list-parameters.js';
import { MANIFEST_NAME } from './app-routes.js';
import { type AddressedRelease, isSlug, readPath, redirectOf, type SitePath } from './site-path.js';
import { PAGE_POLICY } from './site-policy.js';
import type { SitePage, SiteRenderer } from './site-renderer.js';
import { TextVersion } from './text-version.js';

export interface SiteRequest {
  readonly id: string;
  readonly raw: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: undefined;
  readonly admitted: Admitted | null;
}

/** An error of an operation: 404 if there is no such page. */
export interface SiteFault {
  readonly status: number;
  /** In the reader's language. */
  readonly message: string;
  readonly retryAfterS: number | null;
}

/** The result of one of the operations of the pages. */
export interface SiteResult {
  /** Null if nothing could be read. */
  readonly data: Record<string, unknown> | null;
  /** Null without an error. */
  readonly fault: SiteFault | null;
  readonly executed: ExecutedOperation;
}

export type OperationName = 'SiteList' | 'SiteRelease' | 'SiteLanguages' | 'AppReference';

export interface SiteEndpointOptions extends FaultOptions {
  readonly renderer: SiteRenderer;
  readonly site: SiteAddress;
  readonly messages: Messages;
  readonly headers: ResponseHeaders;
  /** Null: no page is cached. */
  readonly cache: ResponseCache | null;
  readonly protection: OverloadProtection | null;
  readonly today: () => string;
  /** Executes a registered operation as an anonymous reader. */
  readonly execute: (
    name: OperationName,
    variables: object,
    request: SiteRequest,
  ) => Promise<SiteResult>;
}

/** A requested page that may exist. */
interface Wanted {
  readonly path: SitePath;
  readonly parameters: ListParameters;
}

type Page = Pick<SitePage, 'kind' | 'data' | 'message'>;

const FLAT_POLICY = Object.entries(PAGE_POLICY).flat();
const HTML = 'text/html; charset=utf-8';
const MISSING: Page = { kind: 'notFound', data: null };

/**
 * The public pages, directly on node:http, as the GraphQL endpoint is. A page shows the result of one registered
 * operation and is cached with the dependencies of that operation.
 */
export class SiteEndpoint {
  private readonly texts: TextVersion;

  constructor(private readonly options: SiteEndpointOptions) {
    this.texts = new TextVersion(options.messages);
  }

  /** @returns whether the request is handled here */
  readonly enter = (raw: IncomingMessage, response: ServerResponse): boolean => {
    const { url = '', method } = raw;
    if (!isCacheable(method)) return false;
    const mark = url.indexOf('?');
    const path = readPath(mark < 0 ? url : url.slice(0, mark));
    if (!path || path.name === MANIFEST_NAME) return false;
    const parameters = readParameters(mark < 0 ? '' : url.slice(mark));
    this.respond({ path, parameters }, raw, response);
    return true;
  };

  private respond(
    { path, parameters }: { path: SitePath; parameters: ListParameters | null },
    raw: IncomingMessage,
    response: ServerResponse,
  ): void {
    const isPossible = path.name === '' || isSlug(path.name);
    const request = { id: randomUUID(), raw, response, body: undefined, admitted: null };
    if (!parameters || !isPossible) return this.sendMissing(request, path.locale);
    const wanted = { path, parameters };
    const cached = this.options.cache?.find(this.keyOf(wanted, raw));
    if (cached) return this.send(request, cached);
    this.make(wanted, request).catch((error: unknown) => {
      this.sendFault(request, path.locale, error);
    });
  }

  private async make(wanted: Wanted, request: SiteRequest): Promise<void> {
    const admitted = (await this.options.protection?.enter(request.raw)) ?? null;
    try {
      await this.execute(wanted, { ...request, admitted });
    } finally {
      admitted?.release();
    }
  }

  private async execute(wanted: Wanted, request: SiteRequest): Promise<void> {
    const { path, parameters } = wanted;
    const { kind, operation, variables } = operationOf(wanted);
    // Before the operation: a text that changes meanwhile gives the page another key.
    const key = this.keyOf(wanted, request.raw);
    const all = { ...variables, languages: [TAG_OF[path.locale]] };
    const { data, fault, executed } = await this.options.execute(operation, all, request);
    if (fault?.status === 404) return this.sendMissing(request, path.locale);
    if (fault || !data) return this.sendBusy(request, path.locale, fault);
    const release = data['release'] as (AddressedRelease & { localized: unknown }) | null;
    if (kind === 'release') {
      if (!release?.localized) return this.sendMissing(request, path.locale);
      const redirect = redirectOf(path, release);
      if (redirect) {
        const { base } = this.addresses(request.raw);
        const target = `${base}/${TAG_OF[path.locale]}/${redirect.slug}`;
        return this.redirect(request, redirect.status, target + writeParameters(parameters));
      }
    }
    const html = this.render({ kind, data }, path.locale, request.raw, parameters);
    const languages = languagesOf(path.locale, executed.contentLanguage);
    const { today, dependencies } = executed;
    const page = new CachedResponse(key, Buffer.from(html), today, languages, dependencies);
    this.options.cache?.store(page, null);
    this.send(request, page);
  }

  /** An address that names the host of a request is part of the page. */
  private keyOf({ path, parameters }: Wanted, raw: IncomingMessage): string {
    const root = this.options.site.root(raw.headers.host);
    const { locale, name } = path;
    return `page ${root} ${this.texts.current} ${locale}/${name}${writeParameters(parameters)}`;
  }

  private addresses({ headers }: IncomingMessage): SitePage['addresses'] {
    const { site } = this.options;
    const places = site.site(headers.host);
    return {
      base: site.basePath,
      own: (path) => places.own(path),
      release: (locale, slug) => places.release(locale, slug),
    };
  }

  private render(
    page: Page,
    locale: Locale,
    raw: IncomingMessage,
    parameters: ListParameters = {},
  ): string {
    const { renderer, messages, today } = this.options;
    return renderer.render({
      ...page,
      locale,
      parameters,
      addresses: this.addresses(raw),
      stylesheet: renderer.stylesheet,
      script: renderer.script,
      text: (key, vars) => messages.text(locale, key, vars),
      today: today(),
    });
  }

  private send({ id, raw, response }: SiteRequest, page: CachedResponse): void {
    const { isUncacheable, isInconsistent, usesAcceptLanguage } = page.dependencies;
    const isPublic = !isUncacheable && !isInconsistent;
    const isCompressible = page.bytes.length >= MIN_COMPRESSED_BYTES;
    const facts = { isPublic, usesAcceptLanguage, isCompressible };
    const headers = this.options.headers.flat(raw, facts);
    headers.push(...FLAT_POLICY, 'content-type', HTML);
    headers.push('content-language', page.contentLanguage ?? '');
    void sendStored(raw, response, { stored: page, headers, requestId: id });
  }

  /** A page that is not cached: the same bytes for every address. */
  private sendPage(
    { id, raw, response }: SiteRequest,
    locale: Locale,
    page: Page,
    status: number,
    extra: Readonly<Record<string, string>> = {},
  ): void {
    const text = this.render(page, locale, raw);
    const policy = this.options.headers.byName(raw, NOT_SHARED);
    const languages = { 'content-language': TAG_OF[locale] };
    const own = { 'content-type': HTML, ...languages, 'x-request-id': id };
    const headers = { ...policy, ...PAGE_POLICY, ...own, ...extra };
    void sendBody(raw, response, { status, headers, text, stored: null });
  }

  /** The same for an address that never existed, and one of a release that is not public. */
  sendMissing(request: SiteRequest, locale: Locale): void {
    this.sendPage(request, locale, MISSING, 404);
  }

  redirect({ id, raw, response }: SiteRequest, status: number, location: string): void {
    const headers = {
      ...this.options.headers.byName(raw, NOT_SHARED),
      'cache-control': 'no-cache',
      location,
      'x-request-id': id,
    };
    void sendBody(raw, response, { status, headers, text: '', stored: null });
  }

  sendBusy(request: SiteRequest, locale: Locale, fault: SiteFault | null): void {
    const status = fault?.status ?? 500;
    const { messages } = this.options;
    const message =
      fault?.message ?? messages.text(locale, 'errors:INTERNAL', { requestId: request.id });
    const seconds = fault?.retryAfterS ?? null;
    const extra: Record<string, string> = seconds ? { 'retry-after': String(seconds) } : {};
    this.sendPage(request, locale, { kind: 'fault', data: null, message }, status, extra);
  }

  sendFault(request: SiteRequest, locale: Locale, error: unknown): void {
    const { id, raw } = request;
    const fault = faultResponse(this.options, { id, headers: raw.headers }, error);
    const { errors } = JSON.parse(fault.body) as { errors: [{ message: string }] };
    const { 'retry-after': retryAfter } = fault.headers;
    const page: Page = { kind: 'fault', data: null, message: errors[0].message };
    const extra: Record<string, string> = retryAfter ? { 'retry-after': retryAfter } : {};
    this.sendPage(request, locale, page, fault.status, extra);
  }
}

const NOT_SHARED = { isPublic: false, usesAcceptLanguage: false } as const;

function operationOf({ path: { name }, parameters }: Wanted): {
  readonly kind: SitePage['kind'];
  readonly operation: OperationName;
  readonly variables: object;
} {
  if (name === '') {
    return { kind: 'list', operation: 'SiteList', variables: listVariables(parameters) };
  }
  if (name === 'languages') {
    return {
      kind: 'languages',
      operation: 'SiteLanguages',
      variables: periodVariables(parameters),
    };
  }
  if (name === 'app') return { kind: 'app', operation: 'AppReference', variables: {} };
  const { audience } = parameters;
  const variables = { slug: name, ...(audience !== undefined && { audience }) };
  return { kind: 'release', operation: 'SiteRelease', variables };
}

/** The language of the page, then those of the texts in it. */
function languagesOf(locale: Locale, served: string | null): string {
  const tags = served?.split(', ') ?? [];
  return [...new Set([TAG_OF[locale], ...tags])].join(', ');
}
