import { Field, ID, InterfaceType, ObjectType } from 'type-graphql';

import { TextDirectionEnum } from './enums.js';
import { LanguageTag } from './scalars.js';

@InterfaceType('Node', {
  description: 'A thing with an id of its own.',
  autoRegisterImplementations: false,
})
export abstract class Node {
  @Field(() => ID)
  abstract readonly id: string;
}

@ObjectType('LocalizedName', {
  description:
    'A name that comes from a reference table (CLDR, topics), not from a translator of releases.',
})
export class LocalizedName {
  @Field(() => String)
  value: string;

  @Field(() => LanguageTag)
  lang: string;

  @Field(() => TextDirectionEnum)
  dir: 'LTR' | 'RTL';

  @Field(() => Boolean)
  isFallback: boolean;
}
