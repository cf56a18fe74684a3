/** A page that the network does not deliver. */
export interface OfflineRequest {
  readonly url: string;
  /** The path of the gateway on its host. */
  readonly base: string;
  readonly stylesheet: string;
  readonly script: string;
  /** The reader's, by preference. */
  readonly languages: readonly string[];
  /** Reads one of the gateway's bundles of texts. */
  readonly readJson: (path: string) => Promise<object>;
}

export type OfflineResponse =
  | { readonly redirect: string }
  | {
      readonly html: string;
      /** Whether it is what was requested; otherwise it says why that cannot be shown. */
      readonly isStored: boolean;
      readonly language: string;
    };
