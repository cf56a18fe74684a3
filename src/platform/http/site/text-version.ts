import { LOCALES } from '../../../kernel/locale.js';
import type { Messages } from '../../i18n/messages.js';
import type { MessageTree } from '../../i18n/message-tree.js';

/** The namespaces of the texts of the pages. */
const NAMESPACES = ['site', 'status', 'app'];

/** Numbers the texts of the pages, so that a page with texts that were replaced is not sent again. */
export class TextVersion {
  private version = 0;
  private known: readonly (MessageTree | null)[] = [];

  constructor(private readonly messages: Messages) {}

  /** Called for each request, so that it allocates nothing. */
  private isCurrent(): boolean {
    let index = 0;
    for (const name of NAMESPACES) {
      for (const locale of LOCALES) {
        if (this.messages.bundle(name, locale) !== this.known[index]) return false;
        index += 1;
      }
    }
    return true;
  }

  /** Another number after any of the texts was replaced. */
  get current(): number {
    if (!this.isCurrent()) {
      this.known = NAMESPACES.flatMap((name) => {
        return LOCALES.map((locale) => this.messages.bundle(name, locale));
      });
      this.version += 1;
    }
    return this.version;
  }
}
