import { Field, ID, ObjectType } from 'type-graphql';

import type { Grant, Role } from '../../kernel/access.js';
import type { Locale } from '../../kernel/locale.js';
import { LocaleEnum, RoleEnum } from '../../platform/graphql/enums.js';
import { globalId, parseGlobalId } from '../../platform/graphql/global-id.js';
import type { AccountRecord } from './account.repository.js';

@ObjectType('Account', { description: 'Someone who works here, or a program that did.' })
export class AccountType {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  name: string;
}

@ObjectType('Grant', { description: 'locale null: for all four.' })
export class GrantType implements Grant {
  @Field(() => RoleEnum)
  role: Role;

  @Field(() => LocaleEnum, { nullable: true })
  locale: Locale | null;
}

@ObjectType('Viewer', { description: 'Whom the token speaks for, and what it lets them do.' })
export class ViewerType {
  @Field(() => AccountType)
  account: AccountType;

  @Field(() => [GrantType])
  grants: readonly Grant[];
}

export function accountNode({ id, name }: AccountRecord): AccountType {
  return Object.assign(new AccountType(), { id: globalId('Account', id), name });
}

/** The account that an id names; null for an id of something else. */
export function accountIdOf(id: string): string | null {
  const parsed = parseGlobalId(id);
  const [key, ...rest] = parsed?.parts ?? [];
  return parsed?.type === 'Account' && rest.length === 0 && typeof key === 'string' ? key : null;
}
