/** Relay's global ids: opaque to clients, the type and the parts that name the thing to us. */
export function globalId(type: string, ...parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify([type, ...parts])).toString('base64url');
}

/** A localized release for a reader of thirty languages, each tag as long as may be. */
const LONGEST_ID = 5000;

/** The parts of an id; null for what we never made. */
export function parseGlobalId(id: string): { type: string; parts: unknown[] } | null {
  if (id.length > LONGEST_ID) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(id, 'base64url').toString('utf8'));
    if (!Array.isArray(value)) return null;
    const [type, ...parts] = value as unknown[];
    // Only the one form that we write counts, so that one thing has one id.
    if (typeof type !== 'string' || globalId(type, ...parts) !== id) return null;
    return { type, parts };
  } catch {
    return null;
  }
}

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
}
