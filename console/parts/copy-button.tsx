import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

const SHOWN_MS = 2_000;

/** Copies a text; `what` names it to those who do not see beside what it stands. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const said = useSignal('');
  useEffect(() => {
    if (said.value === '') return undefined;
    const timer = setTimeout(() => {
      said.value = '';
    }, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said.value]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => {
        said.value = 'Copied';
      },
      () => {
        said.value = 'Not allowed';
      },
    );
  return (
    <button type="button" class="small copy" aria-label={`${said.value || 'Copy'} ${what}`} onClick={() => void copy()}>
      <span aria-live="polite">{said.value || 'Copy'}</span>
    </button>
  );
}
