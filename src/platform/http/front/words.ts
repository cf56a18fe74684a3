import type { PerLocale } from '../../../kernel/locale.js';

/** The texts of the front page and of the page for unknown addresses. */
export interface FrontWords {
  readonly title: string;
  readonly lead: string;
  readonly explorer: string;
  readonly explorerNote: string;
  readonly schema: string;
  readonly schemaNote: string;
  readonly operations: string;
  readonly operationsNote: string;
  /** On the page of the files itself. */
  readonly operationsLead: string;
  readonly feed: string;
  readonly feedNote: string;
  readonly sitemap: string;
  readonly sitemapNote: string;
  readonly notFound: string;
  readonly toFront: string;
}

export const FRONT_WORDS: PerLocale<FrontWords> = {
  EN: {
    title: 'OAS press releases',
    lead: 'Press releases of the Organization of American States in English, Spanish, French and Portuguese, for apps and websites.',
    explorer: 'Explorer',
    explorerNote: 'Try queries in the browser, with the documentation of every type and field',
    schema: 'Schema',
    schemaNote: 'The GraphQL schema, with its documentation',
    operations: 'Files for apps',
    operationsNote:
      'Ready operations, their manifest, and configurations for TypeScript, Kotlin, and Swift',
    operationsLead:
      'The schema, ready operations with their manifest, cache keys, and configurations for TypeScript, Kotlin, and Swift.',
    feed: 'Feed',
    feedNote: 'The newest releases in English (Atom)',
    sitemap: 'Sitemap',
    sitemapNote: 'Every release, for search engines',
    notFound: 'Page not found',
    toFront: 'Go to the front page',
  },
  ES: {
    title: 'Comunicados de prensa de la OEA',
    lead: 'Comunicados de prensa de la Organización de los Estados Americanos en español, francés, inglés y portugués, para aplicaciones y sitios web.',
    explorer: 'Explorador',
    explorerNote: 'Probar consultas en el navegador, con la documentación de cada tipo y campo',
    schema: 'Esquema',
    schemaNote: 'El esquema GraphQL, con su documentación (en inglés)',
    operations: 'Archivos para aplicaciones',
    operationsNote:
      'Operaciones listas para usar, su manifiesto y configuraciones para TypeScript, Kotlin y Swift',
    operationsLead:
      'El esquema, operaciones listas para usar con su manifiesto, claves de caché y configuraciones para TypeScript, Kotlin y Swift.',
    feed: 'Canal de noticias',
    feedNote: 'Los comunicados más recientes en español (Atom)',
    sitemap: 'Mapa del sitio',
    sitemapNote: 'Todos los comunicados, para los buscadores',
    notFound: 'Página no encontrada',
    toFront: 'Ir a la página de inicio',
  },
  FR: {
    title: 'Communiqués de presse de l’OEA',
    lead: 'Communiqués de presse de l’Organisation des États américains en français, anglais, espagnol et portugais, pour les applications et les sites web.',
    explorer: 'Explorateur',
    explorerNote:
      'Essayer des requêtes dans le navigateur, avec la documentation de chaque type et champ',
    schema: 'Schéma',
    schemaNote: 'Le schéma GraphQL, avec sa documentation (en anglais)',
    operations: 'Fichiers pour les applications',
    operationsNote:
      'Opérations prêtes à l’emploi, leur manifeste et des configurations pour TypeScript, Kotlin et Swift',
    operationsLead:
      'Le schéma, des opérations prêtes à l’emploi avec leur manifeste, les clés de cache et des configurations pour TypeScript, Kotlin et Swift.',
    feed: 'Fil d’actualité',
    feedNote: 'Les derniers communiqués en français (Atom)',
    sitemap: 'Plan du site',
    sitemapNote: 'Tous les communiqués, pour les moteurs de recherche',
    notFound: 'Page introuvable',
    toFront: 'Aller à la page d’accueil',
  },
  PT: {
    title: 'Notas à imprensa da OEA',
    lead: 'Notas à imprensa da Organização dos Estados Americanos em português, espanhol, francês e inglês, para aplicativos e sites.',
    explorer: 'Explorador',
    explorerNote: 'Experimentar consultas no navegador, com a documentação de cada tipo e campo',
    schema: 'Esquema',
    schemaNote: 'O esquema GraphQL, com sua documentação (em inglês)',
    operations: 'Arquivos para aplicativos',
    operationsNote:
      'Operações prontas para uso, seu manifesto e configurações para TypeScript, Kotlin e Swift',
    operationsLead:
      'O esquema, operações prontas para uso com seu manifesto, chaves de cache e configurações para TypeScript, Kotlin e Swift.',
    feed: 'Feed',
    feedNote: 'As notas mais recentes em português (Atom)',
    sitemap: 'Mapa do site',
    sitemapNote: 'Todas as notas, para mecanismos de busca',
    notFound: 'Página não encontrada',
    toFront: 'Ir para a página inicial',
  },
};
