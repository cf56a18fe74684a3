const ALLOWED = /^(?:https?:\/\/|mailto:)[^/]/i;
const REPLACEMENT = '%EF%BF%BD';

/** A reader's page may be on any site, where a relative address would be meaningless. */
export function isAllowedAddress(address: string): boolean {
  return ALLOWED.test(address);
}

/** Percent-encodes characters that an address may not contain; existing encodings are unchanged (RFC 3986 §2.1). */
export function encodeAddress(address: string): string {
  return address.replace(/%(?![0-9a-f]{2})|[^\w!#$%&'()*+,\-./:;=?@~]/giu, (char) =>
    /\p{Cs}/u.test(char) ? REPLACEMENT : encodeURIComponent(char),
  );
}
