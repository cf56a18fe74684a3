/**
 * Allows style sheets, images and forms of this host, and no script: JSON-LD is a data block, which a browser does not
 * execute.
 */
export const PAGE_POLICY = {
  'content-security-policy': [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'strict-origin-when-cross-origin',
} as const;
