import type { Freshness, TextOrigin } from '../../kernel/release.js';
import {
  type StoredRendering,
  storedRendering,
  renderBlocks,
  renderInline,
} from '../../kernel/rich-text/index.js';
import type { PublishedContent } from './edition.policy.js';
import { leastReviewed } from './origin.policy.js';

interface FieldSource {
  readonly origin: TextOrigin;
  readonly freshness: Freshness;
}

/** The parts of a text that lists show beside its title; see migrations/0008-lean-reads. */
export interface TextFields {
  readonly title: FieldSource;
  readonly summary: (FieldSource & { readonly plainText: string }) | null;
  readonly body: FieldSource & {
    /** The beginning of its plain text, in one line; null if there is a summary. */
    readonly opening: string | null;
  };
}

/** Longer than the maximum of an excerpt, so that a cut is visible. */
const OPENING_LENGTH = 2_100;

export function textFields({
  title,
  summary,
  blocks,
  bodyFreshness,
}: PublishedContent): TextFields {
  return {
    title: { origin: title.origin, freshness: title.freshness },
    summary: summary && {
      plainText: renderInline(summary.text).plainText,
      origin: summary.origin,
      freshness: summary.freshness,
    },
    body: {
      opening: summary ? null : opening(blocks),
      origin: leastReviewed(blocks.map(({ origin }) => origin)) ?? title.origin,
      freshness: bodyFreshness,
    },
  };
}

function opening(blocks: PublishedContent['blocks']): string {
  const line = renderBlocks(blocks).plainText.replace(/[\r\n\t ]+/g, ' ');
  return line.length > OPENING_LENGTH ? line.slice(0, OPENING_LENGTH) : line;
}

export type Renderings = Readonly<Record<string, StoredRendering>>;

/** The blocks that are not their own rendering, by their keys. */
export function renderingsOf({ blocks }: PublishedContent): Renderings {
  return Object.fromEntries(
    blocks.flatMap((block) => {
      const rendered = storedRendering(block);
      return rendered ? [[block.key, rendered]] : [];
    }),
  );
}
