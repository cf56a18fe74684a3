import type { Representation } from '../../platform/http/conditional.js';

/** Those that are asked for most; a feed is some 200 kB. */
const MAX_PAGES = 100;

/** A node's copies of what it sent last: subscribers ask every few minutes for what rarely changes. */
export class FeedPageCache {
  private readonly pages = new Map<string, { version: string; page: Representation }>();

  /** @param version another one as soon as the page could be another one */
  async at(
    address: string,
    version: string,
    make: () => Promise<Representation>,
  ): Promise<Representation> {
    const known = this.pages.get(address);
    const page = known?.version === version ? known.page : await make();
    // Put last, so that the first of the map is the one that was longest not asked for.
    this.pages.delete(address);
    this.pages.set(address, { version, page });
    const [oldest] = this.pages.keys();
    if (this.pages.size > MAX_PAGES && oldest !== undefined) this.pages.delete(oldest);
    return page;
  }
}
