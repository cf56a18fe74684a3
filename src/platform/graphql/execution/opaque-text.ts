/** A value as a text that is opaque to clients: the form of ids and of cursors. */
export function opaqueText(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/**
 * The value of such a text. Each value has exactly one text: another one that would decode to it (with a letter
 * appended, padding, spaces in its JSON) is rejected.
 *
 * @returns undefined for a text that {@link opaqueText} never returns
 */
export function opaqueValue(text: string, maxLength: number): unknown {
  if (text.length > maxLength) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return opaqueText(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}
