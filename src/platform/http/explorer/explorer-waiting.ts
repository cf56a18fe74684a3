import { LOCALES, type PerLocale, TAG_OF } from '../../../kernel/locale.js';

/** The page is visible for seconds only, so it shows all four languages instead of selecting one. */
const SENTENCES: PerLocale<string> = {
  EN: 'The query explorer is being prepared. This page reloads itself.',
  ES: 'Se está preparando el explorador de consultas. Esta página se recarga sola.',
  FR: 'L’explorateur de requêtes est en préparation. Cette page se recharge d’elle-même.',
  PT: 'O explorador de consultas está sendo preparado. Esta página se recarrega sozinha.',
};

const lines = LOCALES.map((locale) => `<p lang="${TAG_OF[locale]}">${SENTENCES[locale]}</p>`);

/** Shown instead of the explorer until its files exist. */
export const WAITING_PAGE = `<!doctype html>
<html>
<head><meta charset="utf-8"><title>GraphQL</title></head>
<body>
${lines.join('\n')}
</body>
</html>
`;
