/**
 * The layers of src/ and the direction of imports: main → cli → app → features → platform → kernel.
 * A feature imports features of a lower rank only, and those through their index.ts.
 * tests/contract/boundaries.test.ts holds each of them to an import that breaks it.
 */
const RANKS = {
  'change-log': 0,
  account: 0,
  audience: 1,
  catalog: 2,
  release: 3,
  translation: 4,
  publication: 6,
  reading: 7,
  sync: 8,
  syndication: 8,
  parity: 8,
  import: 9,
  worklist: 10,
};

/** Libraries that only compute: no I/O, no framework. */
const PURE =
  '(^|/)node_modules/(@formatjs/intl-localematcher|@orama/stemmers|porter2|unified|(remark|rehype|mdast|hast|micromark)[a-z-]*|@types/(hast|mdast))/';

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const feature = (names) => `^src/features/(${names.join('|')})/`;

const ranked = Object.entries(RANKS).map(([name, rank]) => {
  const notLower = Object.keys(RANKS).filter((other) => other !== name && RANKS[other] >= rank);
  return forbid(
    `${name}-imports-lower-ranks`,
    `${name} has rank ${rank}: it may import features of a lower rank only.`,
    { path: feature([name]) },
    { path: feature(notLower) },
  );
});

export default {
  forbidden: [
    forbid('no-cycle', 'Two modules that need each other are one module.', {}, { circular: true }),
    forbid('no-unknown-module', 'The import leads nowhere.', {}, { couldNotResolve: true }),
    // telemetry.ts says by itself what is to be installed for it.
    forbid(
      'production-parts-only',
      'What runs in production comes from "dependencies" in package.json.',
      { path: '^src/', pathNot: '^src/(web/|(bootstrap\\.mjs|telemetry\\.ts)$)' },
      // A type costs nothing at run time.
      { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'kernel-stands-alone',
      'The kernel is the vocabulary of all: it imports nothing else of ours.',
      { path: '^src/kernel/' },
      { path: '^src/', pathNot: '^src/kernel/' },
    ),
    forbid(
      'kernel-has-no-input-or-output',
      'The kernel is pure: no module of Node.',
      { path: '^src/kernel/' },
      { dependencyTypes: ['core'] },
    ),
    forbid(
      'kernel-has-no-framework',
      'The kernel is pure: of libraries, only those in PURE.',
      { path: '^src/kernel/' },
      { path: 'node_modules/', pathNot: PURE },
    ),
    forbid(
      'platform-knows-no-feature',
      'The platform imports the kernel only.',
      { path: '^src/platform/' },
      { path: '^src/', pathNot: '^src/(platform|kernel)/' },
    ),
    forbid(
      'features-know-no-application',
      'A feature imports lower features, the platform and the kernel; src/app gives it the rest.',
      { path: '^src/features/' },
      { path: '^src/', pathNot: '^src/(features|platform|kernel)/' },
    ),
    forbid(
      'features-meet-at-their-index',
      'What a feature does not export from its index.ts is its own.',
      { path: '^src/features/([^/]+)/' },
      { path: '^src/features/', pathNot: ['^src/features/$1/', '^src/features/[^/]+/index\\.ts$'] },
    ),
    forbid(
      'application-uses-the-index',
      'What a feature does not export from its index.ts is its own.',
      { path: '^src/', pathNot: '^src/features/' },
      { path: '^src/features/', pathNot: '^src/features/[^/]+/index\\.ts$' },
    ),
    forbid(
      'every-feature-has-a-rank',
      'Give the feature a rank in .dependency-cruiser.mjs.',
      {},
      { path: '^src/features/[^/]+/', pathNot: feature(Object.keys(RANKS)) },
    ),
    ...ranked,
    forbid(
      'readers-never-touch-authoring',
      'Readers see editions only: a draft must have no path to them.',
      { path: feature(['reading', 'sync', 'syndication', 'parity']) },
      { path: feature(['release', 'translation', 'language']) },
    ),
    forbid(
      'main-is-the-top',
      'Nothing imports the entry point.',
      { path: '^src/' },
      { path: '^src/main\\.ts$' },
    ),
    forbid(
      'explorer-imports-nothing-of-ours',
      'The explorer is a page of its own.',
      { path: '^src/web/explorer/' },
      { path: '^src/', pathNot: '^src/web/explorer/' },
    ),
    forbid(
      'nothing-imports-the-explorer',
      'The explorer is a page of its own: the server only sends its files.',
      { path: '^src/', pathNot: '^src/web/explorer/' },
      { path: '^src/web/explorer/' },
    ),
    forbid(
      'pages-import-the-kernel-only',
      'The pages are pure functions of the results of operations: they run in a browser too.',
      { path: '^src/web/(site|ui|generated)/' },
      { path: '^src/', pathNot: '^src/(web/(site|ui|generated)|kernel)/' },
    ),
    forbid(
      'the-app-imports-the-pages',
      'The app renders the pages, which know nothing of it.',
      { path: '^src/web/app/' },
      { path: '^src/', pathNot: '^src/(web/(app|site|ui|generated)|kernel)/' },
    ),
    forbid(
      'nothing-imports-the-pages',
      'The server loads the built pages: src/platform/http/site/site-renderer.ts.',
      { path: '^src/', pathNot: '^src/web/' },
      { path: '^src/web/' },
    ),
    forbid(
      'no-tests-in-the-product',
      'Tests import src/, never the other way round.',
      { path: '^src/' },
      { path: '^tests/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Style sheets and files with a Vite suffix are resolved by Vite, whose build fails without them.
    exclude: { path: '\\.css$|\\?(worker|raw)$' },
    // Types count: who names another's type knows it.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
