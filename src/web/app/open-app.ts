import type { Locale } from '../../kernel/locale.js';
import { AppView } from './app-view.js';
import { readNews } from './copy/copies.js';
import type { CopyDatabase } from './copy/database.js';
import type { News } from './copy/news.js';
import { element, find } from './dom.js';
import { announcement, newsList } from './news-view.js';
import { Session } from './session.js';
import { loadWords, type Words } from './words.js';

export interface OpenAppOptions {
  readonly database: CopyDatabase;
  readonly base: string;
  readonly locale: Locale;
  /** The part of the page on which the reader chooses; null on all other pages. */
  readonly root: HTMLElement | null;
}

/** Updates the copies and shows what has changed in them. */
export async function openApp({ database, base, locale, root }: OpenAppOptions): Promise<void> {
  const words = await loadWords(locale, async (path) => {
    const response = await fetch(`${base}${path}`);
    return (await response.json()) as object;
  });
  const panel = new NewsPanel(words, { database, base, locale, root });
  const view =
    root && new AppView({ root, database, words, locale, onChosen: () => session.restart() });
  const session = new Session({
    database,
    base,
    locale,
    onChange: (status) => {
      void view?.update(status);
      void panel.update();
    },
    onNews: (news) => panel.announce(news),
  });
  await view?.start();
  await panel.update();
  await session.run();
}

/** What has changed, until it is dismissed: above the content, or in its own part of the page of the app. */
class NewsPanel {
  private readonly place: HTMLElement;
  private readonly status = element('p', { class: 'app-status', role: 'status' });

  constructor(
    private readonly words: Words,
    private readonly options: OpenAppOptions,
  ) {
    const { root } = options;
    const label = words('site:app.news.title');
    this.place = root ? find('[data-app-news]', root) : element('aside', { 'aria-label': label });
    this.place.classList.add('app-news');
    this.place.hidden = true;
    const main = find('main', document);
    if (!root) main.before(this.place);
    main.append(this.status);
  }

  announce(news: readonly News[]): void {
    if (news.length === 0) return;
    this.status.textContent = announcement(this.words, news);
  }

  async update(): Promise<void> {
    const { words } = this;
    const { database, base, locale, root } = this.options;
    const news = await readNews(database, locale);
    this.place.hidden = news.length === 0;
    if (news.length === 0) return void this.place.replaceChildren();
    const title = element(root ? 'h2' : 'p', { class: 'app-news-title' });
    title.textContent = words('site:app.news.title');
    const list = newsList(news, { words, base, locale, isDetailed: root !== null });
    const dismiss = element('button', { type: 'button' }, words('site:app.news.dismiss'));
    dismiss.addEventListener('click', () => void this.dismiss());
    this.place.replaceChildren(title, list, dismiss);
  }

  private async dismiss(): Promise<void> {
    await this.options.database.clear('news');
    await this.update();
    find('main', document).focus();
  }
}
