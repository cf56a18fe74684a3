import { type Locale, TAG_OF } from '../../kernel/locale.js';

/** The parameters in the address of the page. */
export interface Parameters {
  readonly q?: string;
  readonly topic?: string;
  readonly state?: string;
  readonly type?: string;
  readonly year?: string;
  readonly audience?: string;
  readonly after?: string;
  readonly before?: string;
}

/** What every page is rendered from; src/platform/http/site makes it. */
export interface Page {
  readonly locale: Locale;
  readonly addresses: {
    /** The path of the gateway on its host, without a slash at the end. */
    readonly base: string;
    /** An absolute address. @param path begins with a slash */
    readonly own: (path: string) => string;
    readonly release: (locale: Locale, slug: string) => string;
  };
  readonly stylesheet: string;
  /** The name of the script of the app; the page is complete without it. */
  readonly script: string;
  readonly text: (key: `${string}:${string}`, vars?: Record<string, string | number>) => string;
  readonly parameters: Parameters;
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** Of a page that is rendered from the copy on a device. */
  readonly offline?: OfflineNote;
}

export interface OfflineNote {
  /** When the copy was updated last, for readers. */
  readonly time: string;
  /** The state whose readers the copy is for; null for no particular one. */
  readonly state: string | null;
  /** How many releases the copy lacks, while it is being fetched. */
  readonly missing: number;
}

/** A link to the same page in another language. */
export interface LanguageLink {
  readonly locale: Locale;
  readonly href: string;
  /** Whether the text of that page is in another language. */
  readonly isFallback: boolean;
}

/** The BCP 47 tag of the page. */
export function tagOf({ locale }: Page): string {
  return TAG_OF[locale];
}

/** A link within the host, with those of the parameters that are given. */
export function pathTo(
  { addresses: { base }, locale }: Page,
  name: string,
  parameters: Parameters = {},
  other: Locale = locale,
): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters) as [string, string | undefined][]) {
    if (value !== undefined) query.set(key, value);
  }
  const text = query.toString();
  const path = name === '' ? TAG_OF[other] : `${TAG_OF[other]}/${name}`;
  return `${base}/${path}${text === '' ? '' : `?${text}`}`;
}

/** The filters of a list, without the position in it, which is valid for one language only. */
export function filtersOf({ parameters }: Page): Parameters {
  return { ...parameters, after: undefined, before: undefined };
}

/** Whether the page is one of many views of the same content, which search engines leave out. */
export function isView({ parameters }: Page): boolean {
  return Object.keys(parameters).length > 0;
}
