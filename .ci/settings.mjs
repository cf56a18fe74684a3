/** `npm run gen:settings` writes docs/settings.md from the settings of the built program. */
import { writeFileSync } from 'node:fs';

import { settingsDocument } from '../dist/app/settings-document.js';

writeFileSync(new URL('../docs/settings.md', import.meta.url), settingsDocument());
console.log('Written: docs/settings.md');
