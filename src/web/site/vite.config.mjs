import { rename, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

import { icons } from './icons.mjs';

const pathOf = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const built = pathOf('../../../dist/site');
const unfinished = `${built}.${process.pid}`;

/** A server that loads the pages while they are being built must find all of them or nothing. */
const publishWhenWhole = {
  name: 'publish-when-whole',
  async writeBundle() {
    await rm(built, { recursive: true, force: true });
    await rename(unfinished, built);
  },
};

/**
 * Builds the function that renders the pages, with React in it, as one module for Node, and its style sheets as one
 * file. It is a build for browsers all the same, because one for servers leaves the style sheets out; what it contains
 * is pure and runs in both.
 */
export default defineConfig({
  root: pathOf('.'),
  publicDir: false,
  logLevel: 'warn',
  plugins: [icons, publishWhenWhole],
  build: {
    outDir: unfinished,
    emptyOutDir: true,
    target: 'node20',
    cssTarget: ['chrome111', 'firefox113', 'safari16.2'],
    sourcemap: false,
    cssCodeSplit: false,
    reportCompressedSize: false,
    modulePreload: false,
    rolldownOptions: {
      input: pathOf('pages.tsx'),
      preserveEntrySignatures: 'strict',
      output: { entryFileNames: 'pages.js', assetFileNames: 'assets/[name]-[hash][extname]' },
    },
  },
});
