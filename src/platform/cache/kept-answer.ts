import { type EncodedBody, StoredBody } from '../http/content-encoding.js';
import { etagOf } from '../http/etag.js';
import type { MaybePromise } from '../../kernel/maybe-promise.js';
import type { ReadTrace } from '../graphql/execution/read-trace.js';

/** A request to the byte, as far as it counts. */
export interface RequestForm {
  /** The body, or the address. */
  readonly asked: string;
  /** The method and the headers. */
  readonly stated: string;
}

/** A whole answer as it goes out, once made and given to everybody who asks for the same. */
export class KeptAnswer {
  /** The header ETag before it is compressed. */
  readonly etag: string;
  /** The requests, to the byte, that are known to ask for it. */
  readonly forms: RequestForm[] = [];
  private readonly body: StoredBody;

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
    this.body = new StoredBody(bytes);
  }

  /** About, in bytes, with its compressed forms and its names. */
  get size(): number {
    return (
      Math.ceil(this.bytes.length * 1.5) +
      4 * this.key.length +
      100 * this.trace.releases.size +
      600
    );
  }

  /** @param header Accept-Encoding */
  encodedFor(header: string | undefined): MaybePromise<EncodedBody> {
    return this.body.for(header);
  }
}
