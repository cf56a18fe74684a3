import type { TestApp } from './app.js';

/** An item of a JSON Feed, as far as tests read it. */
export interface FeedItem {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly summary: string;
  readonly content_html: string;
  readonly language: string;
  readonly date_published: string;
  readonly date_modified: string;
  readonly tags: readonly string[];
  readonly _alternates: { readonly links: readonly { language: string; url: string }[] };
  readonly _text: {
    readonly reference: string;
    readonly is_fallback: boolean;
    readonly freshness: string;
    readonly origin: string;
  };
}

/** The items of a feed, `fr` or `fr/HT`, newest first. */
export async function itemsOf(gateway: TestApp, name: string): Promise<readonly FeedItem[]> {
  const reply = await fetch(new URL(`/feeds/${name}.json`, gateway.url));
  if (reply.status !== 200) throw new Error(`${name}: ${reply.status}`);
  return ((await reply.json()) as { items: FeedItem[] }).items;
}

/** The item of the release with that number in its reference. */
export async function itemOf(gateway: TestApp, name: string, number: string): Promise<FeedItem> {
  const item = (await itemsOf(gateway, name)).find(({ _text }) => _text.reference.endsWith(number));
  if (!item) throw new Error(`${number} is not in ${name}`);
  return item;
}

/** `F-305/12 fr`, with an asterisk where it is a fallback. */
export function asLines(items: readonly FeedItem[]): string[] {
  return items.map(({ _text, language }) => {
    return `${_text.reference} ${language}${_text.is_fallback ? '*' : ''}`;
  });
}
