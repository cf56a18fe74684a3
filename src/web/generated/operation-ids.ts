/* Written by .ci/web-types.mjs. */
/** The registered operations of the app. */
export const OPERATION_IDS = {
  AppChanged: '7443212956fc2941ba883581aab57be79d7cd1958ecc18f78eda5ed86da130de',
  AppChanges: '87dc4c257d63e3c3b64bbdeacfc4abbe0675b6198f13aefd3dfcf62f305fa960',
  AppReference: '8fff7f9ac5d5d94f15f8d4b7d1151fccbe2c982163059a059da3a5ae05ec59d5',
} as const;
