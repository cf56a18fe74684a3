/** The maximum number of generated releases: as many as there are sequence numbers of five digits. */
export const MAX_RELEASES = 89_999;
