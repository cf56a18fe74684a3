import type { AddressInfo } from 'node:net';

import { type Locale, TAG_OF } from '../../kernel/locale.js';

/** Public addresses of the gateway and of releases; see PUBLIC_URL and RELEASE_URL in docs/settings.md. */
export interface SiteSettings {
  /** Where the gateway itself is reached, without a stroke at the end; null where nobody said. */
  readonly publicUrl: string | null;
  /** The page of a release: an address with `{PUBLIC_URL}`, `{lang}` and `{slug}` in it. */
  readonly releaseUrl: string;
}

export const DEFAULT_RELEASE_URL = '{PUBLIC_URL}/{lang}/{slug}';

/** The addresses that one answer gives. */
export interface Site {
  /** The site on which the releases of a locale stand. */
  home(locale: Locale): string;
  /** An address of the gateway itself. @param path begins with a stroke */
  own(path: string): string;
  /** The page of a release in one locale. */
  release(locale: Locale, slug: string): string;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

/** Makes public addresses. What a caller says of the host counts only where nobody but the caller can be meant. */
export class SiteAddress {
  /** @param listening the addresses that the server listens on (a text is that of a socket), none before it does */
  constructor(
    private readonly settings: SiteSettings,
    private readonly listening: () => readonly (AddressInfo | string)[],
  ) {}

  /** Where the gateway is on its host, for links that stay on it; empty at the root. */
  get basePath(): string {
    const { publicUrl } = this.settings;
    return publicUrl === null ? '' : new URL(publicUrl).pathname.replace(/\/+$/, '');
  }

  /** @param host the header Host, where there is a request */
  site(host?: string): Site {
    const { publicUrl, releaseUrl } = this.settings;
    const root = publicUrl ?? this.ownRoot(host);
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

/** A server that listens everywhere is surely at home here. */
function nameOf({ address, family }: AddressInfo): string {
  if (address === '0.0.0.0' || address === '::') return 'localhost';
  return family === 'IPv6' ? `[${address}]` : address;
}
