import type { ReactNode } from 'react';

import { Document, linksToAll } from './document.js';
import styles from './frame.module.css';
import { type Page, pathTo } from './page.js';

/** The same for an address that never existed, and one of a release that is not public. */
export function NotFoundPage({ page }: { readonly page: Page }) {
  return (
    <MessagePage
      page={page}
      title={page.text('site:notFound.title')}
      message={page.text('site:notFound.text')}
    />
  );
}

export function FaultPage({ page, message }: { readonly page: Page; readonly message: string }) {
  return <MessagePage page={page} title={page.text('site:fault.title')} message={message} />;
}

/** Without a connection, for a page that the copy on the device does not have. */
export function OfflinePage({ page, message }: { readonly page: Page; readonly message: string }) {
  return (
    <MessagePage page={page} title={page.text('site:offline.title')} message={message}>
      <a href={pathTo(page, 'app')}>{page.text('site:app.link')}</a>
    </MessagePage>
  );
}

function MessagePage({
  page,
  title,
  message,
  children,
}: {
  readonly page: Page;
  readonly title: string;
  readonly message: string;
  readonly children?: ReactNode;
}) {
  const head = { title, canonical: null, isIndexed: false };
  return (
    <Document page={page} head={head} languages={linksToAll(page, '')}>
      <div className={styles.message}>
        <h1>{title}</h1>
        <p>{message}</p>
        <p>
          <a href={pathTo(page, '')}>{page.text('site:footer.all')}</a>
        </p>
        {children && <p>{children}</p>}
      </div>
    </Document>
  );
}
