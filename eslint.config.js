import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const restrict = (selector, message) => ({ selector, message });

const noDefaultExport = restrict(
  'ExportDefaultDeclaration',
  'Export it by its name, so that it has the same name wherever it is used.',
);

export default defineConfig(
  { ignores: ['dist/', 'coverage/', '.data/', 'node_modules/', 'tests/contract/fixtures/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A function may be async because its caller wants a promise (Fastify, type-graphql).
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.{ts,tsx,js,mjs,jsx}'],
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-control-regex': 'off',
      'no-implicit-coercion': ['error', { boolean: false }],
      'no-restricted-syntax': ['error', noDefaultExport],
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['src/**/*.{ts,tsx,js,mjs,jsx}'],
    rules: {
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 50, skipComments: true, skipBlankLines: true }],
      'no-restricted-properties': [
        'error',
        {
          object: 'Date',
          property: 'now',
          message:
            'Wait by performance.now(). For an instant, take wallClockMs() of kernel/wall-clock.',
        },
      ],
    },
  },
  {
    // What a test reads back from the outside (JSON, SQL rows) is proven by its assertions.
    files: ['tests/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    // It runs before anything is built, and compares times of files.
    files: ['src/bootstrap*.mjs'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    // Command-line programs speak on the console; tools want their configuration as a default export.
    files: ['.ci/*.mjs', 'src/bootstrap.mjs', 'src/cli/**', 'tests/{bench,support}/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: [
      '*.config.js',
      '.*.mjs',
      'src/web/*/vite.config.mjs',
      '**/*.d.ts',
      'tests/support/global-*',
      'tests/support/jest/runner.mjs',
    ],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.jsx'],
    languageOptions: { parserOptions: { ecmaFeatures: { jsx: true } } },
  },
);
