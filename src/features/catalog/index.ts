export { createCatalogService, type CatalogService, type LocaleBundle } from './catalog.service.js';
export { CatalogResolver } from './catalog.resolver.js';
