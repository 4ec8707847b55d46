import { useRef } from 'react';

type Props = {
  label: string;
  text: string;
  wrongLines: ReadonlySet<number>;
  describedBy: string | undefined;
  onChange: (text: string) => void;
};

/** JSON as text, with the numbers of its lines; those with an error are tinted. */
export function Editor({ label, text, wrongLines, describedBy, onChange }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const lines = text.split('\n');
  return (
    <div className="editor">
      <pre aria-hidden="true">
        {lines.map((_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number.
          <span key={index} className={wrongLines.has(index + 1) ? 'wrong-line' : undefined}>
            {index + 1}
          </span>
        ))}
      </pre>
      <textarea
        ref={area}
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={wrongLines.size > 0}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        rows={lines.length}
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
