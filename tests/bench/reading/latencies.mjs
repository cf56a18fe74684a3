const BUCKETS_PER_MS = 100;
const MAX_MS = 20_000;

/** Times in steps of 10 µs: autocannon's own are whole milliseconds, and a cached response takes about one. */
export class Latencies {
  #counts = new Uint32Array(BUCKETS_PER_MS * MAX_MS + 1);
  #total = 0;

  add(ms) {
    this.#counts[Math.min(Math.floor(ms * BUCKETS_PER_MS), BUCKETS_PER_MS * MAX_MS)] += 1;
    this.#total += 1;
  }

  summary() {
    return { p50: this.#percentile(0.5), p99: this.#percentile(0.99), max: this.#percentile(1) };
  }

  #percentile(share) {
    let left = Math.ceil(this.#total * share);
    const at = this.#counts.findIndex((count) => (left -= count) <= 0);
    return (at + 1) / BUCKETS_PER_MS;
  }
}
