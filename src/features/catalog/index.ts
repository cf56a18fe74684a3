export {
  createCatalogService,
  PUBLIC_NAMESPACES,
  type CatalogService,
  type LocaleBundle,
} from './catalog.service.js';
