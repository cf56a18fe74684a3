/**
 * A worker thread that draws pictures for link previews: a picture takes some tenths of a second, during which the thread
 * of the server could do nothing else. The libraries are loaded with the thread, at the first picture.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';

import { initWasm, Resvg } from '@resvg/resvg-wasm';
import satori, { type SatoriOptions } from 'satori';

import { CARD_SIZE, type CardContent } from './card-content.js';
import { loadCardFonts } from './card-fonts.js';
import { cardLayout } from './card-layout.js';
import { drawable, shortened } from './card-text.js';

/** What the thread sends for each content that it receives. */
export type CardOutcome = { readonly png: Uint8Array } | { readonly error: string };

const { resolve } = createRequire(import.meta.url);
const [{ fonts, ranges }] = await Promise.all([
  loadCardFonts(),
  readFile(resolve('@resvg/resvg-wasm/index_bg.wasm')).then((bytes) => initWasm(bytes)),
]);

async function draw(content: CardContent): Promise<Uint8Array> {
  const { tag } = content;
  const text = (value: string): string => drawable(value, ranges);
  const facts = content.facts.map(text);
  const layout = cardLayout({
    ...content,
    organization: text(content.organization),
    site: text(content.site),
    title: shortened(text(content.title), tag) || (facts[0] ?? content.site),
    facts,
  });
  const options: SatoriOptions = { ...CARD_SIZE, fonts: [...fonts] };
  const svg = await satori(layout, options);
  // All text is paths already.
  const image = new Resvg(svg, { font: { loadSystemFonts: false } });
  try {
    const rendered = image.render();
    const png = rendered.asPng();
    rendered.free();
    return png;
  } finally {
    image.free();
  }
}

parentPort?.on('message', (content: CardContent) => {
  draw(content).then(
    (png) => parentPort?.postMessage({ png } satisfies CardOutcome),
    (error: unknown) => parentPort?.postMessage({ error: String(error) } satisfies CardOutcome),
  );
});
