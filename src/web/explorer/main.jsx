import { createRoot } from 'react-dom/client';
import '@graphiql/react/font/fira-code.css';
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './explorer.css';
import './workers.js';
import { Explorer } from './explorer.jsx';
import { chooseWords } from './words.js';

const { tag, words } = chooseWords(navigator.languages);
document.documentElement.lang = tag;
document.title = words.title;
createRoot(document.getElementById('explorer')).render(<Explorer tag={tag} words={words} />);
