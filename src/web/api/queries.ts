import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Dashboard, Oss } from '../../api/activity.ts';
import type { AppInfo, ProfileDocument, ProfileHome, RunPage, RunSummary } from '../../api/api.ts';
import type { DocumentPage } from '../../api/document.ts';
import type { FormatAsked, FormatTrial, StartingPoint } from '../../api/format.ts';
import type { Review, Why } from '../../api/review.ts';
import type { PeriodCount, ProfileGap, ShopLists } from '../../api/shop.ts';
import { get, post } from './client.ts';

/** The reads of the application, one hook each; keys begin with what they are about, so that an act can renew them. */

export const profileKey = (profile: string) => ['profile', profile] as const;
export const reviewKey = (run: string) => ['review', run] as const;

export function useAppInfo() {
  return useQuery({ queryKey: ['info'], queryFn: () => get<AppInfo>('/api/info') });
}

export function useProfileHome(profile: string) {
  return useQuery({
    queryKey: [...profileKey(profile), 'home'],
    queryFn: () => get<ProfileHome>(`/api/profiles/${profile}`),
  });
}

export function useProfileDocument(profile: string) {
  return useQuery({
    queryKey: [...profileKey(profile), 'document'],
    queryFn: () => get<ProfileDocument>(`/api/profiles/${profile}/document`),
    refetchOnWindowFocus: false,
  });
}

export function useProfileSchema() {
  return useQuery({
    queryKey: ['schema'],
    queryFn: () => get<unknown>('/api/schema/profile'),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Formats that a user's own may start from. */
export function useStartingPoints() {
  return useQuery({
    queryKey: ['starting-points'],
    queryFn: () => get<readonly StartingPoint[]>('/api/formats/starting-points'),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** What a format, as JSON, would write; the last answer stays until the next one comes. */
export function useFormatTrial(profile: string, definition: string | null) {
  return useQuery({
    queryKey: [...profileKey(profile), 'format', definition],
    queryFn: () =>
      post<FormatTrial>(`/api/profiles/${profile}/format`, {
        definition: JSON.parse(definition ?? 'null'),
      } satisfies FormatAsked),
    enabled: definition !== null,
    placeholderData: (before) => before,
  });
}

export function usePeriodCount(profile: string, kind: string, period: { from: string; to: string } | null) {
  return useQuery({
    queryKey: ['count', profile, kind, period],
    queryFn: () =>
      get<PeriodCount>(`/api/profiles/${profile}/count?kind=${kind}&from=${period?.from}&to=${period?.to}`),
    enabled: period !== null,
    retry: false,
    staleTime: 60_000,
  });
}

/** Values seen in the shop that have no account yet; the shop is asked for them, so not at each turn. */
export function useGaps(profile: string, enabled: boolean): readonly ProfileGap[] {
  const { data } = useQuery({
    queryKey: [...profileKey(profile), 'gaps'],
    queryFn: () => get<readonly ProfileGap[]>(`/api/profiles/${profile}/gaps`),
    enabled,
    retry: false,
    staleTime: 300_000,
  });
  return data ?? [];
}

/** What the shop knows, for the names in the mappings; without it, ids stand for themselves. */
export function useShopLists(profile: string, enabled = true) {
  return useQuery({
    enabled,
    queryKey: [...profileKey(profile), 'lists'],
    queryFn: () => get<ShopLists>(`/api/profiles/${profile}/lists`),
    retry: false,
    staleTime: 300_000,
  });
}

export function useRuns(profile: string) {
  return useQuery({
    queryKey: [...profileKey(profile), 'runs'],
    queryFn: () => get<readonly RunSummary[]>(`/api/profiles/${profile}/runs`),
  });
}

/** The figures of a period; those of the period before stay until they come. */
export function useOss(profile: string, period: { from: string; to: string } | null) {
  return useQuery({
    queryKey: [...profileKey(profile), 'oss', period],
    queryFn: () => get<Oss>(`/api/profiles/${profile}/oss?from=${period?.from}&to=${period?.to}`),
    enabled: period !== null,
  });
}

export function useDashboard(profile: string, period: { from: string; to: string } | null) {
  return useQuery({
    queryKey: [...profileKey(profile), 'dashboard', period],
    queryFn: () => get<Dashboard>(`/api/profiles/${profile}/dashboard?from=${period?.from}&to=${period?.to}`),
    enabled: period !== null,
    placeholderData: (before) => before,
  });
}

export const documentKey = (profile: string, key: string) => [...profileKey(profile), 'document-page', key] as const;

export function useDocument(profile: string, key: string) {
  return useQuery({
    queryKey: documentKey(profile, key),
    queryFn: () => get<DocumentPage>(`/api/profiles/${profile}/document-page?document=${encodeURIComponent(key)}`),
    retry: false,
  });
}

export function useRun(run: string) {
  return useQuery({ queryKey: ['run', run], queryFn: () => get<RunPage>(`/api/runs/${run}`) });
}

export function useReview(run: string) {
  return useQuery({ queryKey: reviewKey(run), queryFn: () => get<Review>(`/api/reviews/${run}`), retry: false });
}

export function useWhy(run: string, at: { number: number; line: number } | null) {
  return useQuery({
    queryKey: [...reviewKey(run), 'why', at],
    queryFn: () => get<Why>(`/api/reviews/${run}/why/${at?.number}/${at?.line}`),
    enabled: at !== null,
    placeholderData: (before) => before,
  });
}

/** Says that something of this profile changed: its home, runs, gaps and document are read again. */
export function useRenewProfile() {
  const queries = useQueryClient();
  return (profile: string) => queries.invalidateQueries({ queryKey: profileKey(profile) });
}
