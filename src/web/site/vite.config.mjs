import { rename, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, defineConfig } from 'vite';

import { icons } from './icons.mjs';

const pathOf = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const built = pathOf('../../../dist/site');
const unfinished = `${built}.${process.pid}`;

/** The app is a part of the pages. A server that loads them while they are being built must find all or nothing. */
const publishWhenWhole = {
  name: 'publish-when-whole',
  async writeBundle() {
    await buildApp();
    await rm(built, { recursive: true, force: true });
    await rename(unfinished, built);
  },
};

/** The pages are built first, with their style sheet: the app renders them with the same one. */
const withoutStyleSheets = {
  name: 'without-style-sheets',
  generateBundle(_options, bundle) {
    for (const name of Object.keys(bundle)) if (name.endsWith('.css')) delete bundle[name];
  },
};

const common = {
  root: pathOf('.'),
  publicDir: false,
  logLevel: 'warn',
};

const output = {
  outDir: unfinished,
  cssTarget: ['chrome111', 'firefox113', 'safari16.2'],
  sourcemap: false,
  cssCodeSplit: false,
  reportCompressedSize: false,
  modulePreload: false,
};

/** The plugins above take time because they build the app and the icons. */
const checks = { pluginTimings: false };

/**
 * The package has streams in the same module, which are as large again, and whose message channel would not let the
 * server's process end.
 */
const staticMarkup = {
  find: /^react-dom\/server$/,
  replacement: pathOf(
    '../../../node_modules/react-dom/cjs/react-dom-server-legacy.browser.production.js',
  ),
};

const SHARED = [
  { find: 'i18next', replacement: pathOf('../app/shared/shared-i18next.ts') },
  {
    find: /^.*\/kernel\/search\/index\.js$/,
    replacement: pathOf('../app/shared/shared-search.ts'),
  },
];

/** A part of the app: modules for pages, classic scripts for the worker. */
function appBuild(name, input, scripts, alias, define = {}) {
  return {
    ...common,
    configFile: false,
    plugins: [withoutStyleSheets],
    define,
    resolve: {
      alias: [
        staticMarkup,
        { find: '@formatjs/intl-localematcher', replacement: pathOf('../app/exact-match.ts') },
        ...alias,
      ],
    },
    build: {
      ...output,
      emptyOutDir: false,
      target: 'es2022',
      rolldownOptions: { input: { [name]: pathOf(input) }, output: scripts, checks },
    },
  };
}

const HASHED = 'assets/[name]-[hash].js';
const classic = { format: 'iife', entryFileNames: HASHED };

async function buildApp() {
  const built = await build(appBuild('shared', '../app/shared/shared.ts', classic, []));
  const [{ fileName }] = [built].flat()[0].output;
  const modules = { entryFileNames: HASHED, chunkFileNames: HASHED };
  const define = { __SHARED_SCRIPT__: JSON.stringify(fileName.replace('assets/', './')) };
  await build(appBuild('page', '../app/page.ts', modules, SHARED, define));
  await build(appBuild('offline', '../app/offline/offline.ts', classic, SHARED));
  const worker = { format: 'iife', entryFileNames: '[name].js' };
  await build(appBuild('worker', '../app/worker/worker.ts', worker, []));
}

/**
 * Builds the function that renders the pages, with React in it, as one module for Node, and its style sheets as one
 * file. It is a build for browsers all the same, because one for servers leaves the style sheets out; what it contains
 * is pure and runs in both.
 */
export default defineConfig({
  ...common,
  plugins: [icons, publishWhenWhole],
  resolve: { alias: [staticMarkup] },
  build: {
    ...output,
    emptyOutDir: true,
    target: 'node20',
    rolldownOptions: {
      input: pathOf('pages.tsx'),
      checks,
      preserveEntrySignatures: 'strict',
      output: { entryFileNames: 'pages.js', assetFileNames: 'assets/[name]-[hash][extname]' },
    },
  },
});
