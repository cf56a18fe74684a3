import type { Locale } from '../../kernel/locale.js';

/** The locales of Open Graph have a region; these are the ones with the most readers. */
export const OPEN_GRAPH_LOCALE: Record<Locale, string> = {
  EN: 'en_US',
  ES: 'es_LA',
  FR: 'fr_FR',
  PT: 'pt_BR',
};

/** The picture for link previews. @param address absolute */
export function PreviewPicture({
  address,
  description,
}: {
  readonly address: string;
  readonly description: string;
}) {
  return (
    <>
      <meta property="og:image" content={address} />
      <meta property="og:image:type" content="image/png" />
      <meta property="og:image:width" content="1200" />
      <meta property="og:image:height" content="630" />
      <meta property="og:image:alt" content={description} />
      <meta name="twitter:card" content="summary_large_image" />
    </>
  );
}
