import { dateText } from '../../kernel/display-name.js';
import { languageOf, Text } from '../ui/text.js';
import { type Page, pathTo, tagOf } from './page.js';
import type { ShownRelease, ShownText } from './release-data.js';
import styles from './release.module.css';

/** What corrections changed, newest first. */
export function Corrections({ page, text }: { readonly page: Page; readonly text: ShownText }) {
  const { corrections } = text;
  if (corrections.length === 0) return null;
  const tag = tagOf(page);
  return (
    <section className={styles.corrections} aria-labelledby="corrections">
      <h2 id="corrections">{page.text('site:release.corrections')}</h2>
      <ul>
        {corrections.map(({ edition, at, note }) => (
          <li key={edition}>
            <time dateTime={at}>{dateText(at.slice(0, 10), tag)}</time>
            <p {...languageOf(note, tag)}>{note.value}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Topics and states, each with the list of its releases. */
export function Facts({ page, release }: { readonly page: Page; readonly release: ShownRelease }) {
  const { topics, mentions, audiences } = release;
  const tag = tagOf(page);
  const topicLinks = topics.map(({ slug, name }) => ({
    href: pathTo(page, '', { topic: slug }),
    name,
  }));
  const stateLinks = mentions.map(({ code, name }) => ({
    href: pathTo(page, '', { state: code }),
    name,
  }));
  return (
    <dl className={styles.facts}>
      {topicLinks.length > 0 && (
        <>
          <dt>{page.text('site:release.topics')}</dt>
          <dd>
            <Links links={topicLinks} tag={tag} />
          </dd>
        </>
      )}
      {stateLinks.length > 0 && (
        <>
          <dt>{page.text('site:release.mentions')}</dt>
          <dd>
            <Links links={stateLinks} tag={tag} />
          </dd>
        </>
      )}
      <dt>{page.text('site:release.audiences')}</dt>
      <dd>
        {audiences.length === 0 ? (
          page.text('site:release.everyone')
        ) : (
          <ul>
            {audiences.map(({ code, name }) => (
              <li key={code}>
                <Text text={name} pageLanguage={tag} />
              </li>
            ))}
          </ul>
        )}
      </dd>
    </dl>
  );
}

interface NamedLink {
  readonly href: string;
  readonly name: ShownRelease['topics'][number]['name'];
}

function Links({ links, tag }: { readonly links: readonly NamedLink[]; readonly tag: string }) {
  return (
    <ul>
      {links.map(({ href, name }) => (
        <li key={href}>
          <a href={href}>
            <Text text={name} pageLanguage={tag} />
          </a>
        </li>
      ))}
    </ul>
  );
}
