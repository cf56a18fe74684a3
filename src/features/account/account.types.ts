import { Field, ID, ObjectType } from 'type-graphql';

import type { Grant, Role } from '../../kernel/access.js';
import type { Locale } from '../../kernel/locale.js';
import { LocaleEnum, RoleEnum } from '../../platform/graphql/schema/enums.js';
import { globalId, parseGlobalId } from '../../platform/graphql/schema/global-id.js';
import { Size } from '../../platform/graphql/limits/list-size.js';
import type { AccountRecord } from './account.repository.js';

@ObjectType('Account', {
  description:
    'A person on the staff, or a program with a token of its own. An account appears the first time its token is used.',
})
export class AccountType {
  @Field(() => ID, { description: 'Global id, as AssignInput.assigneeId expects it.' })
  id: string;

  @Field(() => String, { description: 'Display name, from the token. Only staff see it.' })
  name: string;
}

@ObjectType('Grant', { description: 'A role, and the locale it applies to.' })
export class GrantType implements Grant {
  @Field(() => RoleEnum, { description: 'What the account may do in that locale.' })
  role: Role;

  @Field(() => LocaleEnum, {
    nullable: true,
    description: 'Locale that the role is limited to; null for all four.',
  })
  locale: Locale | null;
}

@ObjectType('Viewer', {
  description: 'The account behind the token of the request, and its rights.',
})
export class ViewerType {
  @Field(() => AccountType, {
    description: 'The account that acts, and under whose name the history records it.',
  })
  account: AccountType;

  @Size(1)
  @Field(() => [GrantType], {
    description: 'All roles of the account; they add up. Empty for a token without a role.',
  })
  grants: readonly Grant[];
}

export function accountNode({ id, name }: AccountRecord): AccountType {
  return Object.assign(new AccountType(), { id: globalId('Account', id), name });
}

/** The account that an id names; null for any other id. */
export function accountIdOf(id: string): string | null {
  const parsed = parseGlobalId(id);
  const [key, ...rest] = parsed?.parts ?? [];
  return parsed?.type === 'Account' && rest.length === 0 && typeof key === 'string' ? key : null;
}
