import type { FieldError } from '../../api/api.ts';
import type { Speech } from '../language.tsx';

/** The sentence of a field's error, without the path it begins with, which stands beside it already. */
export function fieldMessage({ message, path, code, values = {} }: FieldError, { say, knows }: Speech): string {
  const key = code.startsWith('profile.') ? code : `profile.${code}`;
  const text = knows(key) ? say(key, { ...values, path }) : message.trim();
  return text.startsWith(path)
    ? text.slice(path.length).replace(/^[\s\u00a0:]+/, '')
    : text || say('ui.settings.wrong');
}
