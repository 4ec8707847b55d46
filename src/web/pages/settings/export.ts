import type { ProfileDocument } from '../../../api/api.ts';

/** Saves the profile as `<id>.comptoir.json`: the document without its secrets, as it can be brought elsewhere. */
export function exportProfile(id: string, { profile }: Pick<ProfileDocument, 'profile'>): void {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(profile, null, 2)}\n`], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${id}.comptoir.json`;
  link.click();
  URL.revokeObjectURL(url);
}
