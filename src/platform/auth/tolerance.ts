/** How far, in seconds, the clock of an issuer may be off ours. */
export const TOLERANCE = 10;
