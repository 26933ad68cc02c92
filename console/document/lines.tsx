import { useSignal } from '@preact/signals';
import { fromLines, toLines } from './line-values.ts';

interface LinesProps {
  /** A list of words, or else words with names. */
  isList: boolean;
  value: unknown;
  onChange: (value: unknown) => void;
  id: string;
  'aria-describedby': string;
  'aria-invalid': boolean;
}

/** A list, one entry a line; or named values, "name=value" a line. */
export function Lines({ isList, value, onChange, ...described }: LinesProps) {
  const typed = useSignal('');
  // What is typed stays as it is, an empty line with it, for as long as it stands for the value.
  const isSame = JSON.stringify(fromLines(typed.value, isList)) === JSON.stringify(value);
  const text = isSame ? typed.value : toLines(value);
  return (
    <textarea
      {...described}
      rows={Math.max(2, text.split('\n').length)}
      spellcheck={false}
      placeholder={isList ? 'one a line' : 'name=value, one a line'}
      value={text}
      onInput={({ currentTarget }) => {
        typed.value = currentTarget.value;
        onChange(fromLines(currentTarget.value, isList));
      }}
    />
  );
}
