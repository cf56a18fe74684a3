export {
  createCatalogService,
  PUBLIC_NAMESPACES,
  type CatalogService,
  type LocaleBundle,
} from './catalog.service.js';
export { CatalogResolver } from './catalog.resolver.js';
