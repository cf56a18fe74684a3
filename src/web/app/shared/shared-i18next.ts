/** In the place of `i18next` in what is built beside shared.ts; see src/web/site/vite.config.mjs. */
import type { Shared } from './shared.js';

export const { createInstance } = (globalThis as unknown as { appShared: Shared }).appShared;
