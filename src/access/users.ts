import { z } from 'zod';
import { Failure } from '../core/problem.ts';
import type { Role, UserRow } from '../store/access-store.ts';
import type { Store } from '../store/store.ts';
import { hashPassword, newPassword } from './password.ts';

/** A user's name: letters and digits of any language, and what stands between them. */
export const userName = z
  .string()
  .trim()
  .normalize('NFKC')
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,59}$/u, 'not-a-name');

/** The same name whatever its case. */
export function userId(name: string): string {
  return name.trim().normalize('NFKC').toLowerCase();
}

export type NewUser = { readonly name: string; readonly role: Role; readonly password: string };

/** Adds a user; the first one must be able to configure, or nobody could. */
export async function addUser({ access }: Store, { name, role, password }: NewUser, nowMs: number): Promise<UserRow> {
  const wanted = checkedName(name);
  if (role !== 'configure' && !(await access.users.any()))
    throw new Failure('user.last-administrator', { user: wanted });
  const kept = await hashPassword(checkedPassword(password));
  const createdAt = new Date(nowMs).toISOString();
  const user: UserRow = { id: userId(wanted), name: wanted, role, password: kept, createdAt, seenAt: null };
  if (!(await access.users.add(user))) throw new Failure('user.exists', { user: wanted });
  return user;
}

/** A new password; the user's other sessions end with it, all but the one whose hash is given. */
export async function changePassword({ access }: Store, id: string, password: string, keep: string | null) {
  await access.users.setPassword(id, await hashPassword(checkedPassword(password)), keep);
}

export async function changeRole(store: Store, id: string, role: Role): Promise<void> {
  const { name } = await userOf(store, id);
  if (!(await store.access.users.setRole(id, role))) throw new Failure('user.last-administrator', { user: name });
}

/** Removes a user with their sessions and tokens; what they did stays told. */
export async function removeUser(store: Store, id: string): Promise<void> {
  const { name } = await userOf(store, id);
  if (!(await store.access.users.remove(id))) throw new Failure('user.last-administrator', { user: name });
}

export async function userOf({ access }: Store, id: string): Promise<UserRow> {
  const user = await access.users.get(id);
  if (user === null) throw new Failure('user.unknown', { user: id.slice(0, 60) });
  return user;
}

function checkedName(name: string): string {
  const parsed = userName.safeParse(name);
  if (!parsed.success) throw new Failure('user.name', { user: name.slice(0, 60) });
  return parsed.data;
}

function checkedPassword(password: string): string {
  if (!newPassword.safeParse(password).success) throw new Failure('user.password-length', {});
  return password;
}
