import { rename, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const pathOf = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const built = pathOf('../../../dist/explorer');
const unfinished = `${built}.${process.pid}`;

/** A server that looks for the page while it is being built must find all of it or nothing. */
const publishWhenWhole = {
  name: 'publish-when-whole',
  async writeBundle() {
    await rm(built, { recursive: true, force: true });
    await rename(unfinished, built);
  },
};

/** Everything that the page needs comes from the gateway itself: no address of another host is in it. */
export default defineConfig({
  root: pathOf('.'),
  base: '/graphql/',
  publicDir: false,
  logLevel: 'warn',
  plugins: [publishWhenWhole],
  worker: { format: 'es' },
  build: {
    outDir: unfinished,
    emptyOutDir: true,
    sourcemap: false,
    // The editor is one large library on purpose; counting compressed sizes costs build time.
    chunkSizeWarningLimit: 8192,
    reportCompressedSize: false,
    // The polyfill would be an inline script, which the content security policy refuses.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // "use client" in libraries speaks to server-side rendering, which this page does not have.
      onLog(level, log, report) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
});
