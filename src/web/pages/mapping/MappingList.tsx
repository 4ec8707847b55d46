import { IconAlertCircle, IconCircle, IconCircleCheck } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { FieldError, ProfileHome } from '../../../api/api.ts';
import type { ProfileGap } from '../../../api/shop.ts';
import { useSpeech } from '../../language.tsx';
import { KINDS } from './kinds.ts';

type Props = {
  profile: string;
  which: string;
  gaps: readonly ProfileGap[];
  missing: ProfileHome['missing'];
  inactive: ReadonlySet<string>;
  changed: ReadonlySet<string>;
  errors: readonly FieldError[];
};

/** The mappings, each with its state: complete, so many missing, or inactive. */
export function MappingList({ profile, which, gaps, missing, inactive, changed, errors }: Props) {
  const { say, count } = useSpeech();
  return (
    <nav className="settings-tabs" aria-label={say('ui.mapping.list')}>
      <ul>
        {KINDS.map(({ id }) => {
          const within = ({ path }: { readonly path: string }) => path.startsWith(`mappings.${id}.`);
          const lacking = gaps.filter(within).length + missing.filter(within).length;
          const off = inactive.has(id);
          const Icon = off ? IconCircle : lacking > 0 ? IconAlertCircle : IconCircleCheck;
          return (
            <li key={id}>
              <Link
                href={`/p/${profile}/mapping/${id}`}
                className="side-item"
                aria-current={id === which ? 'page' : undefined}
              >
                <Icon
                  size={16}
                  stroke={1.75}
                  aria-hidden="true"
                  className={off ? 'faint' : lacking > 0 ? 'mapping-lacks' : 'mapping-done'}
                />
                <span>{say(`ui.mapping.title.${id}`)}</span>
                {errors.some(within) ? (
                  <span className="dot wrong">
                    <span className="unseen">{say('ui.settings.has-error')}</span>
                  </span>
                ) : changed.has(id) ? (
                  <span className="dot unsaved">
                    <span className="unseen">{say('ui.settings.unsaved')}</span>
                  </span>
                ) : off ? (
                  <span className="mapping-off">{say('ui.mapping.inactive')}</span>
                ) : lacking > 0 ? (
                  <span className="mapping-count figure">
                    {count(lacking)}
                    <span className="unseen"> {say('ui.nav.to-mend')}</span>
                  </span>
                ) : null}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
