import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

import { EMBLEM_SVG, emblemForMask } from '../../kernel/emblem.js';

/** The icons that systems request as PNG, by name; `width` is in pixels. */
const ICONS = {
  'icon-192.png': { svg: EMBLEM_SVG, width: 192 },
  'icon-512.png': { svg: EMBLEM_SVG, width: 512 },
  'icon-maskable-512.png': { svg: emblemForMask(0.9), width: 512 },
  'apple-touch-icon.png': { svg: emblemForMask(1), width: 180 },
};

/** Draws the icons from the emblem. */
export const icons = {
  name: 'icons',
  async generateBundle() {
    const { resolve } = createRequire(import.meta.url);
    await initWasm(await readFile(resolve('@resvg/resvg-wasm/index_bg.wasm')));
    for (const [name, { svg, width: value }] of Object.entries(ICONS)) {
      const image = new Resvg(svg, { fitTo: { mode: 'width', value } });
      const source = image.render().asPng();
      this.emitFile({ type: 'asset', fileName: `assets/${name}`, source });
    }
  },
};
