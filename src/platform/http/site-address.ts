import type { AddressInfo } from 'node:net';

import { type Locale, TAG_OF } from '../../kernel/locale.js';

/** Public addresses of the gateway and of releases; see PUBLIC_URL and RELEASE_URL in docs/settings.md. */
export interface SiteSettings {
  /** The public address of the gateway itself, without a trailing slash; null if not configured. */
  readonly publicUrl: string | null;
  /** The page of a release: an address that contains `{PUBLIC_URL}`, `{lang}` and `{slug}`. */
  readonly releaseUrl: string;
}

export const DEFAULT_RELEASE_URL = '{PUBLIC_URL}/{lang}/{slug}';

/** The settings with the default of what is not given. */
export function siteSettings(publicUrl: string | null = null, releaseUrl = DEFAULT_RELEASE_URL) {
  return { publicUrl, releaseUrl };
}

/** Whether the addresses of releases are those of the gateway's own pages. */
export function isOwnSite({ publicUrl, releaseUrl }: SiteSettings): boolean {
  const fill = (pattern: string): string => pattern.replace('{PUBLIC_URL}', () => publicUrl ?? '');
  return fill(releaseUrl) === fill(DEFAULT_RELEASE_URL);
}

/** The public addresses for one response. */
export interface Site {
  /** The site that contains the releases of a locale. */
  home(locale: Locale): string;
  /** An address of the gateway itself. @param path begins with a slash */
  own(path: string): string;
  /** The page of a release in one locale. */
  release(locale: Locale, slug: string): string;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

/**
 * Builds public addresses. The Host header of a request is used only if it names a loopback address, which can affect
 * nobody but the caller.
 */
export class SiteAddress {
  /** @param listening the addresses that the server listens on (a string is a socket path); empty before it listens */
  constructor(
    private readonly settings: SiteSettings,
    private readonly listening: () => readonly (AddressInfo | string)[],
  ) {}

  /** The path of the gateway on its host, for links within the host; empty at the root. */
  get basePath(): string {
    const { publicUrl } = this.settings;
    return publicUrl === null ? '' : new URL(publicUrl).pathname.replace(/\/+$/, '');
  }

  /** The address of the gateway, without a slash at the end. @param host the header Host, if there is a request */
  root(host?: string): string {
    return this.settings.publicUrl ?? this.ownRoot(host);
  }

  /** @param host the header Host, if there is a request */
  site(host?: string): Site {
    const { releaseUrl } = this.settings;
    const root = this.root(host);
    const pattern = releaseUrl.replaceAll('{PUBLIC_URL}', () => root);
    const release = (locale: Locale, slug: string): string =>
      pattern
        .replaceAll('{lang}', TAG_OF[locale])
        .replaceAll('{slug}', () => encodeURIComponent(slug));
    return {
      home: (locale) => new URL('/', release(locale, '')).href,
      own: (path) => `${root}${path}`,
      release,
    };
  }

  private ownRoot(host: string | undefined): string {
    if (host !== undefined && LOOPBACK.test(host)) return `http://${host.toLowerCase()}`;
    const address = this.listening().find((one) => typeof one === 'object');
    return address ? `http://${nameOf(address)}:${address.port}` : 'http://localhost';
  }
}

/** A server that listens on all interfaces is reachable as localhost. */
function nameOf({ address, family }: AddressInfo): string {
  if (address === '0.0.0.0' || address === '::') return 'localhost';
  return family === 'IPv6' ? `[${address}]` : address;
}
