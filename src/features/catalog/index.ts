export { registerBundles } from './bundle.routes.js';
export { CatalogCache } from './catalog-cache.js';
export { createCatalogService, type CatalogService, type LocaleBundle } from './catalog.service.js';
export { CatalogResolver } from './catalog.resolver.js';
export type { CarryReport, CatalogConflict, RefusedText } from './carry-over.js';
export { findLocaleEntry, LocaleEntryResolver } from './entry.resolver.js';
export { pullCatalogs, type WrittenCatalog } from './pull.js';
export { pushCatalogs, type PushOptions } from './push.js';
