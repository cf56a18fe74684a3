import { opaqueText, opaqueValue } from '../execution/opaque-text.js';

/** Relay's global ids: opaque to clients, they encode the type and the parts that identify the object. */
export function globalId(type: string, ...parts: readonly unknown[]): string {
  return opaqueText([type, ...parts]);
}

/** Enough for a localized release for a reader of thirty languages, each tag of the maximum length. */
const MAX_ID_LENGTH = 5000;

/** The parts of an id; null if it is malformed. */
export function parseGlobalId(id: string): { type: string; parts: unknown[] } | null {
  const value = opaqueValue(id, MAX_ID_LENGTH);
  if (!Array.isArray(value)) return null;
  const [type, ...parts] = value as unknown[];
  return typeof type === 'string' ? { type, parts } : null;
}

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
}
