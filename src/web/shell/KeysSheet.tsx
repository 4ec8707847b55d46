import { useSpeech } from '../language.tsx';
import { Dialog } from '../parts/Controls.tsx';

const KEYS: readonly { readonly group: string; readonly keys: readonly (readonly [string, string])[] }[] = [
  {
    group: 'ui.keys.everywhere',
    keys: [
      ['?', 'ui.keys.sheet'],
      ['Ctrl K', 'ui.keys.search-all'],
      ['g h', 'ui.keys.home'],
      ['g l', 'ui.keys.list'],
      ['g r', 'ui.keys.runs'],
      ['g d', 'ui.keys.dashboard'],
      ['g m', 'ui.keys.mappings'],
      ['g c', 'ui.keys.settings'],
      ['i', 'ui.keys.sales'],
      ['Shift i', 'ui.keys.credit-notes'],
    ],
  },
  {
    group: 'ui.keys.in-list',
    keys: [
      ['↑ ↓', 'ui.keys.line'],
      ['Ctrl ↑ ↓', 'ui.keys.entry'],
      ['← →', 'ui.keys.fold'],
      ['Space', 'ui.keys.tick'],
      ['Shift Space', 'ui.keys.tick-range'],
      ['Enter', 'ui.keys.why'],
      ['n', 'ui.keys.next-problem'],
      ['f', 'ui.keys.filter'],
      ['e', 'ui.keys.export'],
      ['/', 'ui.keys.search'],
      ['Ctrl Enter', 'ui.keys.create'],
      ['Esc', 'ui.keys.close'],
    ],
  },
];

/** The sheet of keys and the way to help (S-061, S-069). */
export function KeysSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { say } = useSpeech();
  return (
    <Dialog title={say('ui.keys.title')} opened={opened} onClose={onClose} size={620}>
      <div className="keys">
        {KEYS.map(({ group, keys }) => (
          <section key={group}>
            <h3>{say(group)}</h3>
            <dl>
              {keys.map(([key, sentence]) => (
                <div key={key}>
                  <dt>
                    {key.split(' ').map((part) => (
                      <kbd className="key" key={part}>
                        {part}
                      </kbd>
                    ))}
                  </dt>
                  <dd>{say(sentence)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
