import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ProfileDocument } from '../../../api/api.ts';
import { profileKey } from '../../api/queries.ts';

/** Saves a step of a profile; what was refused is kept to be shown, and the person stays. */
export function useSave(profile: string) {
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const save = async (act: () => Promise<ProfileDocument>): Promise<boolean> => {
    setBusy(true);
    try {
      await act();
      await queries.invalidateQueries({ queryKey: profileKey(profile) });
      setError(null);
      return true;
    } catch (refused) {
      setError(refused);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { save, error, busy };
}
