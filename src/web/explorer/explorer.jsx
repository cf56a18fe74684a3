import { GraphiQL } from 'graphiql';
import { tabOfAddress } from './address.js';
import { examplesIn } from './examples.js';
import { fetcher } from './fetcher.js';
import { pageStorage } from './storage.js';

function restoreExamples() {
  pageStorage.clear();
  window.location.reload();
}

/** GraphiQL with the ready queries as tabs; the browser stores what the visitor writes. */
export function Explorer({ tag, words }) {
  const given = tabOfAddress(window.location.search);
  return (
    <GraphiQL
      fetcher={fetcher}
      storage={pageStorage}
      defaultTabs={given ? [given, ...examplesIn(tag)] : examplesIn(tag)}
      initialQuery={given?.query}
      initialVariables={given?.variables}
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
