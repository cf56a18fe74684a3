import { isNarrow } from './editors.js';
import availability from './queries/3-availability.graphql?raw';
import comments from './comments.json';
import copy from './queries/6-copy.graphql?raw';
import fourLanguages from './queries/5-four-languages.graphql?raw';
import list from './queries/1-list-for-haiti.graphql?raw';
import live from './queries/7-live.graphql?raw';
import mutation from './queries/8-mutation.graphql?raw';
import provenance from './queries/2-provenance.graphql?raw';
import search from './queries/4-search.graphql?raw';

/** In characters. In a narrow window the editor wraps the lines by itself, to the width that it has. */
const COMMENT_WIDTH = isNarrow ? Infinity : 48;

const TOKEN = JSON.stringify({ Authorization: 'Bearer TOKEN' }, null, 2);
const SINCE = JSON.stringify({ since: null }, null, 2);

/** The ready operations, one tab each, in the order of the tour. */
const EXAMPLES = [
  { name: 'list', query: list },
  { name: 'provenance', query: provenance },
  { name: 'availability', query: availability },
  { name: 'search', query: search },
  { name: 'fourLanguages', query: fourLanguages },
  { name: 'copy', query: copy, variables: SINCE },
  { name: 'live', query: live, variables: SINCE },
  { name: 'mutation', query: mutation, headers: TOKEN },
];

/** @param tag of the language of the comments, one of the four */
export function examplesIn(tag) {
  return EXAMPLES.map(({ name, query, variables, headers }) => ({
    query: `${commentOf(comments[tag][name])}\n${query}`,
    variables,
    headers,
  }));
}

function commentOf(text) {
  const lines = text.split('\n').flatMap((line) => (line.startsWith(' ') ? [line] : wrap(line)));
  return lines.map((line) => `# ${line}`).join('\n');
}

function wrap(text) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length <= COMMENT_WIDTH || lines.at(-1) === '') lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
