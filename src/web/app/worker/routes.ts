/**
 * What the worker does with a request: nothing, unless it is a page of the site, one of its files, or a bundle of its
 * texts. The newsroom, previews, GraphQL and feeds are not its business.
 */
export type Route = 'PAGE' | 'FILE' | 'TEXTS' | null;

const PAGE = /^\/(?:(?:en|es|fr|pt)(?:\/[^/]*)?\/?)?$/;
const FILE = /^\/site\/[^/]+$/;
const TEXTS = /^\/locales\/(?:en|es|fr|pt)\/(?:site|status|app)\.json$/;

/** @param scope the address below which the worker works; it ends with a slash */
export function routeOf(
  { method, mode, url }: Pick<Request, 'method' | 'mode' | 'url'>,
  scope: string,
): Route {
  if (method !== 'GET' || !url.startsWith(scope)) return null;
  const path = `/${url.slice(scope.length).replace(/[?#].*$/s, '')}`;
  if (mode === 'navigate') return PAGE.test(path) ? 'PAGE' : null;
  if (FILE.test(path)) return 'FILE';
  return TEXTS.test(path) ? 'TEXTS' : null;
}
