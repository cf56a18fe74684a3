const ALLOWED = /^(?:https?:\/\/|mailto:)[^/]/i;
const REPLACEMENT = '%EF%BF%BD';

/** A reader's page may be anywhere, so that a relative address would mean nothing there. */
export function isAllowedAddress(address: string): boolean {
  return ALLOWED.test(address);
}

/** Percent-encodes what may not stand in an address; what is encoded already stays (RFC 3986 §2.1). */
export function encodeAddress(address: string): string {
  return address.replace(/%(?![0-9a-f]{2})|[^\w!#$%&'()*+,\-./:;=?@~]/giu, (char) =>
    /\p{Cs}/u.test(char) ? REPLACEMENT : encodeURIComponent(char),
  );
}
