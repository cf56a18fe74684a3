/** What both the script of the pages and the worker's renderer need: built once, for both. */
import { createInstance } from 'i18next';

import * as search from '../../../kernel/search/index.js';

export interface Shared {
  readonly createInstance: typeof createInstance;
  readonly search: typeof search;
}

(globalThis as { appShared?: Shared }).appShared = { createInstance, search };
