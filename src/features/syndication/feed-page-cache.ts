import type { Representation } from '../../platform/http/conditional.js';

/** A feed is about 200 kB. */
const MAX_PAGES = 100;

/** A least-recently-used cache of feeds: subscribers poll them every few minutes, and they rarely change. */
export class FeedPageCache {
  private readonly pages = new Map<string, { version: string; page: Representation }>();

  /** @param version changes whenever the page may have changed */
  async at(
    address: string,
    version: string,
    make: () => Promise<Representation>,
  ): Promise<Representation> {
    const known = this.pages.get(address);
    const page = known?.version === version ? known.page : await make();
    // Move it to the end: the first of the map is the least recently used.
    this.pages.delete(address);
    this.pages.set(address, { version, page });
    const [oldest] = this.pages.keys();
    if (this.pages.size > MAX_PAGES && oldest !== undefined) this.pages.delete(oldest);
    return page;
  }
}
