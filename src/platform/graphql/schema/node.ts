import { Field, ID, InterfaceType, ObjectType } from 'type-graphql';

import { TextDirectionEnum } from './enums.js';
import { LanguageTag } from './scalars.js';

@InterfaceType('Node', {
  description: 'An object with a global id, which node finds again.',
  autoRegisterImplementations: false,
})
export abstract class Node {
  @Field(() => ID, { description: 'Global id: opaque, and unique over all types.' })
  abstract readonly id: string;
}

@ObjectType('LocalizedName', {
  description:
    'A name from a reference table (states, topics), not from a translation of a release.',
})
export class LocalizedName {
  @Field(() => String, { description: 'The name, as plain text.' })
  value: string;

  @Field(() => LanguageTag, { description: 'BCP 47 tag of the name, for the HTML attribute lang.' })
  lang: string;

  @Field(() => TextDirectionEnum, {
    description: 'Writing direction, for the HTML attribute dir in lower case.',
  })
  dir: 'LTR' | 'RTL';

  @Field(() => Boolean, {
    description: 'true if the name is not in the requested language.',
  })
  isFallback: boolean;
}
