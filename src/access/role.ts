import { ROLES, type Role } from '../store/access-store.ts';

export { ROLES, type Role } from '../store/access-store.ts';

/** Whether a role does what another asks: each does all that those before it do. */
export function mayAs(role: Role, asked: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(asked);
}

/** The lesser of two. */
export function lesser(one: Role, other: Role): Role {
  return mayAs(one, other) ? other : one;
}
