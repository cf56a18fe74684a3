import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

import type { ReadTrace } from '../graphql/read-trace.js';

export type Encoding = 'br' | 'gzip' | 'identity';

const packers = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 5,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes),
};

/** Below this a packed answer hardly saves a packet. */
const WORTH_PACKING = 1_000;

/** A request to the byte, as far as it counts. */
export interface RequestForm {
  /** The body, or the address. */
  readonly asked: string;
  /** The method and the headers. */
  readonly stated: string;
}

/** A whole answer as it goes out, once made and given to everybody who asks for the same. */
export class KeptAnswer {
  /** The header ETag of the answer unpacked. */
  readonly etag: string;
  /** The requests, to the byte, that are known to ask for it. */
  readonly forms: RequestForm[] = [];
  private readonly packed = new Map<Encoding, Buffer>();
  private readonly packing = new Set<Encoding>();

  constructor(
    readonly key: string,
    readonly bytes: Buffer,
    /** The day by which rules were in force. */
    readonly today: string,
    readonly contentLanguage: string | null,
    /** Whether Accept-Language had a say. */
    readonly usesHeader: boolean,
    readonly trace: ReadTrace,
  ) {
    this.etag = etagOf(bytes);
  }

  /** @see etag */
  etagIn(encoding: Encoding): string {
    return encoding === 'identity' ? this.etag : `${this.etag.slice(0, -1)}-${encoding}"`;
  }

  /** About, in bytes, with what it weighs packed and its names. */
  get size(): number {
    return (
      Math.ceil(this.bytes.length * 1.5) +
      4 * this.key.length +
      100 * this.trace.releases.size +
      600
    );
  }

  /** The best that is there; packed once somebody asked for it. */
  in(wanted: Encoding): { readonly encoding: Encoding; readonly bytes: Buffer } {
    if (wanted === 'identity' || this.bytes.length < WORTH_PACKING) return this.unpacked();
    const bytes = this.packed.get(wanted);
    if (bytes) return { encoding: wanted, bytes };
    void this.pack(wanted);
    return this.unpacked();
  }

  private unpacked() {
    return { encoding: 'identity' as const, bytes: this.bytes };
  }

  private async pack(encoding: 'br' | 'gzip'): Promise<void> {
    if (this.packing.has(encoding)) return;
    this.packing.add(encoding);
    const bytes = await packers[encoding](this.bytes).catch(() => null);
    if (bytes) this.packed.set(encoding, bytes);
  }
}

/** The header ETag of what is sent, before it is packed. */
export function etagOf(body: Buffer | string): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
}
