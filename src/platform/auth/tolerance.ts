/** The tolerated difference, in seconds, between the clock of an issuer and that of the gateway. */
export const TOLERANCE = 10;
