import type { SiteReleaseQuery } from '../generated/site.js';

export type ShownRelease = NonNullable<SiteReleaseQuery['release']>;
export type ShownText = NonNullable<ShownRelease['localized']>;
