import { readFileSync } from 'node:fs';

import { expect, it } from '@jest/globals';

import { SETTINGS } from '../../src/app/config.js';
import { SETTING_GROUPS } from '../../src/app/setting-descriptions.js';
import { settingsDocument } from '../../src/app/settings-document.js';

it('docs/settings.md is what the code has (npm run gen:settings)', () => {
  const file = readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8');
  expect(file).toBe(settingsDocument());
});

it('describes every setting once', () => {
  const described = Object.values(SETTING_GROUPS).flatMap((group) => Object.keys(group));
  expect([...described].sort()).toEqual(Object.keys(SETTINGS).sort());
});
