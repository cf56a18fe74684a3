import { GraphiQL } from 'graphiql';
import { examplesIn } from './examples.js';
import { fetcher } from './fetcher.js';
import { pageStorage } from './storage.js';

function restoreExamples() {
  pageStorage.clear();
  window.location.reload();
}

/** GraphiQL with the ready queries as tabs; what the visitor writes is kept in the browser. */
export function Explorer({ tag, words }) {
  return (
    <GraphiQL
      fetcher={fetcher}
      storage={pageStorage}
      defaultTabs={examplesIn(tag)}
      defaultEditorToolsVisibility={false}
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
