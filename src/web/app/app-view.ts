import { isLocale, type Locale } from '../../kernel/locale.js';
import { deleteEverything, readSettings, saveSettings } from './copy/copies.js';
import {
  type CopySettings,
  type CopyState,
  isWanted,
  ROOMS,
  type Room,
} from './copy/copy-state.js';
import type { CopyDatabase } from './copy/database.js';
import { element, find } from './dom.js';
import { copyTime } from './copy-time.js';
import type { SyncStatus } from './sync/follow.js';
import type { Words } from './words.js';

export interface AppViewOptions {
  readonly root: HTMLElement;
  readonly database: CopyDatabase;
  readonly words: Words;
  readonly locale: Locale;
  /** Called after the reader has chosen other copies, or none. */
  readonly onChosen: () => void;
}

/** The page on which the reader chooses what to store, and sees how far it is. */
export class AppView {
  private readonly form: HTMLFormElement;
  private announced = '';

  constructor(private readonly options: AppViewOptions) {
    const { root } = options;
    this.form = find<HTMLFormElement>('form', root);
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.choose();
    });
    find('[data-app-remove]', root).addEventListener('click', () => void this.remove());
  }

  /** Shows the form with what is chosen at present. */
  async start(): Promise<void> {
    const { database, locale } = this.options;
    const settings = await readSettings(database);
    const locales = settings?.locales ?? [locale];
    for (const box of this.boxes('locale')) box.checked = locales.includes(box.value as Locale);
    for (const box of this.boxes('room')) box.checked = box.value === (settings?.room ?? 'YEAR');
    find<HTMLSelectElement>('select', this.form).value = settings?.audience ?? '';
    this.form.hidden = false;
    await this.update('UPDATING');
  }

  /** Shows how far the copies are. */
  async update(status: SyncStatus): Promise<void> {
    const { database, root, words } = this.options;
    const settings = await readSettings(database);
    const copies = (await database.getAll('copies')).filter((copy) => {
      return settings !== null && isWanted(copy, settings);
    });
    const section = find('[data-app-copy]', root);
    section.hidden = settings === null;
    const submit = words(settings === null ? 'site:app.start' : 'site:app.change');
    find('button[type=submit]', this.form).textContent = submit;
    const items = copies.map((copy) => this.lineOf(copy));
    find('[data-app-copies]', root).replaceChildren(...items);
    find('[data-app-state]', root).textContent = this.stateText(status, settings);
    this.announce(copies);
    await this.showSize();
  }

  private lineOf(copy: CopyState): HTMLElement {
    const { words } = this.options;
    const { locale, total, stored } = copy;
    const language = words(`site:languages.own.${locale}`);
    const id = `progress-${locale}`;
    const label = element('label', { for: id }, language);
    const text = element('span', {}, progressText(words, copy, this.options.locale));
    if (copy.isComplete) return element('li', {}, element('span', {}, language), text);
    const max = String(Math.max(1, total ?? 1));
    const bar = element('progress', { id, max, value: total === null ? null : String(stored) });
    return element('li', {}, label, bar, text);
  }

  private stateText(status: SyncStatus, settings: CopySettings | null): string {
    if (settings === null || status === 'UPDATING' || status === 'UP_TO_DATE') return '';
    return this.options.words(status === 'OFFLINE' ? 'site:app.waiting' : 'site:app.failed');
  }

  /** At each quarter: a live region that changes with every page would never be silent. */
  private announce(copies: readonly CopyState[]): void {
    const { words, root, locale } = this.options;
    const quarters = copies.map(({ stored, total }) => Math.floor((4 * stored) / (total || 1)));
    const key = copies.map(({ id }, index) => `${id} ${quarters[index]}`).join();
    if (key === this.announced) return;
    this.announced = key;
    const texts = copies.map((copy) => {
      return `${words(`site:languages.own.${copy.locale}`)}: ${progressText(words, copy, locale)}`;
    });
    find('[data-app-status]', root).textContent = texts.join(' ');
  }

  private async showSize(): Promise<void> {
    const { words, root, locale } = this.options;
    const { usage = 0 } = await navigator.storage.estimate();
    const tag = locale.toLowerCase();
    const format = { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 } as const;
    const size = new Intl.NumberFormat(tag, format).format(usage / 1_000_000);
    const isPersistent = await navigator.storage.persisted();
    const lasting = words(isPersistent ? 'site:app.persistent' : 'site:app.notPersistent');
    find('[data-app-size]', root).textContent = `${words('site:app.size', { size })} ${lasting}`;
  }

  private async choose(): Promise<void> {
    const { database, words, onChosen, root } = this.options;
    const locales = this.boxes('locale').filter(({ checked }) => checked);
    const alert = find('[data-app-error]', root);
    alert.textContent = locales.length === 0 ? words('site:app.chooseLanguage') : '';
    if (locales.length === 0) return this.boxes('locale')[0]?.focus();
    const audience = find<HTMLSelectElement>('select', this.form).value;
    const room = this.boxes('room').find(({ checked }) => checked)?.value;
    await saveSettings(database, {
      locales: locales
        .map(({ value }) => value)
        .filter((value): value is Locale => isLocale(value)),
      audience: audience === '' ? null : audience,
      room: ROOMS.find((known): known is Room => known === room) ?? 'YEAR',
    });
    // The browser may ask the reader, or decide by itself.
    await navigator.storage.persist();
    onChosen();
    await this.update('UPDATING');
  }

  private async remove(): Promise<void> {
    const { database, words, onChosen, root } = this.options;
    await deleteEverything(database);
    onChosen();
    await this.update('UPDATING');
    find('[data-app-status]', root).textContent = words('site:app.removed');
    find('button[type=submit]', this.form).focus();
  }

  private boxes(name: string): HTMLInputElement[] {
    return [...this.form.querySelectorAll<HTMLInputElement>(`input[name=${name}]`)];
  }
}

function progressText(words: Words, copy: CopyState, locale: Locale): string {
  const { total, stored, isComplete, asOf } = copy;
  if (isComplete) {
    return words('site:app.complete', { count: stored, time: copyTime(asOf, locale) });
  }
  if (total === null) return words('site:app.beginning');
  return words('site:app.progress', { stored, count: total });
}
