import type { ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

import type {
  AppReferenceQuery,
  SiteLanguagesQuery,
  SiteListQuery,
  SiteReleaseQuery,
} from '../generated/site.js';
import './base.css';
import { AppPage } from './app-page.js';
import { LanguagesPage } from './languages-page.js';
import { ListPage } from './list-page.js';
import { FaultPage, NotFoundPage, OfflinePage } from './message-page.js';
import type { Page } from './page.js';
import { ReleasePage } from './release-page.js';

/** A page with the data of its operation. */
export type PageToRender = Page & {
  readonly kind: 'list' | 'release' | 'languages' | 'app' | 'notFound' | 'fault' | 'offline';
  readonly data: unknown;
  readonly message?: string;
};

/** Renders a page as a whole HTML document. */
export function renderPage(page: PageToRender): string {
  return `<!DOCTYPE html>${renderToStaticMarkup(elementOf(page))}`;
}

function elementOf(page: PageToRender): ReactElement {
  switch (page.kind) {
    case 'list':
      return <ListPage page={page} data={page.data as SiteListQuery} />;
    case 'release':
      return <ReleasePage page={page} data={page.data as SiteReleaseQuery} />;
    case 'languages':
      return <LanguagesPage page={page} data={page.data as SiteLanguagesQuery} />;
    case 'app':
      return <AppPage page={page} data={page.data as AppReferenceQuery} />;
    case 'notFound':
      return <NotFoundPage page={page} />;
    case 'fault':
      return <FaultPage page={page} message={page.message ?? ''} />;
    case 'offline':
      return <OfflinePage page={page} message={page.message ?? ''} />;
  }
}
