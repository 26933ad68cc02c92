import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** How long after the last keystroke the page is drawn anew. */
const SETTLED_MS = 400;

/** The maintenance page as viewers would get it, with that message. Its scripts do not run. */
export function PagePreview({ domain, message }: { domain: string; message: string }) {
  const shown = useSignal(message);
  useEffect(() => {
    const timer = setTimeout(() => {
      shown.value = message;
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [message]);
  const query = shown.value.trim() === '' ? '' : `?${new URLSearchParams({ message: shown.value })}`;
  const path = `/preview/${encodeURIComponent(domain)}${query}`;
  return (
    <figure class="preview">
      <iframe title={`The maintenance page of ${domain}`} src={path} sandbox="" />
      <figcaption class="muted">
        As viewers get it, with status 503.{' '}
        <a href={path} target="_blank" rel="noreferrer">
          Open it alone
        </a>
      </figcaption>
    </figure>
  );
}
