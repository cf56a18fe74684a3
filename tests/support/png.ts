import type { TestApp } from './app.js';
import { rawRequest, type RawResponse } from './raw-response.js';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Requests a file or a picture, without following redirects. */
export function getFile(
  { url }: Pick<TestApp, 'url'>,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<RawResponse> {
  return rawRequest(new URL(path, url).href, { method, headers });
}

/** The width and height in pixels; null for bytes that are no PNG. */
export function sizeOfPng(bytes: Buffer): { width: number; height: number } | null {
  if (!bytes.subarray(0, 8).equals(SIGNATURE) || bytes.toString('latin1', 12, 16) !== 'IHDR') {
    return null;
  }
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}
