import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { EXAMPLES, HEADERS } from './examples.js';
import { pageStorage } from './storage.js';

// The page lives at the endpoint's own address.
const fetcher = createGraphiQLFetcher({ url: window.location.pathname });

function restoreExamples() {
  pageStorage.clear();
  window.location.reload();
}

/** GraphiQL with the ready queries as tabs; what the visitor writes is kept in the browser. */
export function Explorer({ words }) {
  return (
    <GraphiQL
      fetcher={fetcher}
      storage={pageStorage}
      defaultTabs={EXAMPLES}
      defaultHeaders={HEADERS}
      defaultEditorToolsVisibility="headers"
      defaultQuery=""
    >
      <GraphiQL.Logo>{words.name}</GraphiQL.Logo>
      <GraphiQL.Footer>
        <button type="button" className="restore" onClick={restoreExamples}>
          {words.restore}
        </button>
      </GraphiQL.Footer>
    </GraphiQL>
  );
}
