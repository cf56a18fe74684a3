import { setTimeout as pause } from 'node:timers/promises';

import type { Page } from 'playwright-core';

/** What the app has stored of one release. */
export interface StoredRelease {
  readonly copy: number;
  readonly id: string;
  readonly localized: {
    readonly title: { readonly value: string };
    readonly release: { readonly number: string };
  };
}

/** All records of one of the stores of the app. */
export async function readStore<T>(page: Page, store: string): Promise<T[]> {
  return page.evaluate<T[]>(`(async () => {
    const [{ name }] = await indexedDB.databases();
    const database = await new Promise((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const reading = database.transaction('${store}').objectStore('${store}').getAll();
    await new Promise((resolve) => (reading.onsuccess = resolve));
    database.close();
    return reading.result;
  })()`);
}

/** The releases of the copies of a page's visitor, by their ids: what a copy has, whatever its own id is. */
export async function copiedReleases(page: Page): Promise<Record<string, unknown>> {
  const stored = await readStore<StoredRelease>(page, 'releases');
  stored.sort((a, b) => (a.id < b.id ? -1 : 1));
  return Object.fromEntries(stored.map(({ id, localized }) => [id, localized]));
}

export interface Choice {
  /** By their codes: FR. */
  readonly locales: readonly string[];
  readonly audience?: string;
  readonly room?: 'YEAR' | 'FIVE_YEARS' | 'ALL';
}

/** Fills in the form of the page of the app. */
export async function chooseCopy(page: Page, { locales, audience = '', room = 'ALL' }: Choice) {
  for (const box of await page.locator('input[name=locale]').all()) {
    await box.setChecked(locales.includes(await box.inputValue()));
  }
  await page.locator('select[name=audience]').selectOption(audience);
  await page.locator(`input[name=room][value=${room}]`).check();
  await page.locator('form button[type=submit]').click();
}

/** Waits until an expression is true in the page, whose policy forbids Playwright's own way to wait for it. */
export async function until(page: Page, expression: string, timeout = 60_000): Promise<void> {
  const deadline = performance.now() + timeout;
  while (!(await page.evaluate<boolean>(expression))) {
    if (performance.now() > deadline) throw new Error(`Not within ${timeout} ms: ${expression}`);
    await pause(20);
  }
}

/** Waits until every copy that the reader wants is complete, and no other is left. */
export async function untilComplete(page: Page, count: number, timeout = 120_000): Promise<void> {
  const deadline = performance.now() + timeout;
  for (;;) {
    const copies = await readStore<{ isComplete: boolean }>(page, 'copies');
    if (copies.length === count && copies.every(({ isComplete }) => isComplete)) return;
    if (performance.now() > deadline) throw new Error(`Not complete: ${JSON.stringify(copies)}`);
    await pause(100);
  }
}

/** Waits until a worker can render pages. */
export async function untilWorker(page: Page): Promise<void> {
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
}
