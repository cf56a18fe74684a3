import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';

import { type MaybePromise, mapMaybe } from '../../kernel/maybe-promise.js';
import { Cacheable } from '../../platform/graphql/execution/cacheable.js';
import { NeedsText } from '../../platform/graphql/execution/declared-needs.js';
import { Size } from '../../platform/graphql/limits/list-size.js';
import type { RequestContext } from '../../platform/graphql/execution/request-context.js';
import { correctionNote } from './correction-note.js';
import { CorrectionType } from './correction.types.js';
import type { ReadingSessions } from './reading-session.js';
import { LocalizedReleaseType } from './release.types.js';

/** Corrections are stored with the text that they concern: a copy that has the text has them. */
@Resolver(() => LocalizedReleaseType)
export class CorrectionsResolver {
  constructor(private readonly sessions: ReadingSessions) {}

  @Cacheable()
  @NeedsText('BODY')
  @Size(2)
  @FieldResolver(() => [CorrectionType], {
    description:
      'Corrections that concern the locale served, newest first: of editions that replaced its words and have a note for readers. Under STRICT only those with a note in a requested language. A retraction hides them.',
  })
  corrections(
    @Root() root: LocalizedReleaseType,
    @Ctx() context: RequestContext,
  ): MaybePromise<CorrectionType[]> {
    const session = this.sessions.of(context);
    return mapMaybe(session.text(root.record.id, root.locale), ({ content }) => {
      return (content.corrections ?? []).flatMap((correction): CorrectionType[] => {
        const note = correctionNote(correction, root, context.localeOrder);
        if (!note) return [];
        context.served(note.lang);
        const { edition, locales, at } = correction;
        return [{ edition, locales, at: new Date(at), note }];
      });
    });
  }
}
