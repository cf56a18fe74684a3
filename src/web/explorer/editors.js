import * as monaco from 'monaco-graphql/esm/monaco-editor.js';

/**
 * Monaco marks typographic apostrophes and no-break spaces as characters that may deceive: in French, each line. What is
 * written here is run by its writer only.
 */
const PLAIN = { ambiguousCharacters: false, invisibleCharacters: false, nonBasicASCII: false };

/** As in explorer.css. */
export const isNarrow = window.matchMedia('(max-width: 700px)').matches;

monaco.editor.onDidCreateEditor((editor) => {
  editor.updateOptions({ unicodeHighlight: PLAIN });
  if (isNarrow) editor.updateOptions({ fontSize: 12, wordWrap: 'on' });
});
