import type { ComponentChildren } from 'preact';
import { useErrorBoundary } from 'preact/hooks';
import { Notice } from '../parts/notice.tsx';

/** What is shown of a page that cannot be drawn: the frame around it, and so the way to all others, stays. */
export function ErrorBoundary({ children }: { children: ComponentChildren }) {
  // Reported as any error that nobody has caught, to the browser's console.
  const [error] = useErrorBoundary((caught: unknown) => reportError(caught));
  if (error === undefined) return children;
  return (
    <>
      <div class="head">
        <h1>This page cannot be shown</h1>
      </div>
      <div class="stack">
        <Notice tone="bad" title={String(error)}>
          That is a fault of the console: it stops nothing that runs, and <code>nameplate list</code> shows the same.
        </Notice>
        <div class="actions">
          <button type="button" class="primary" onClick={() => location.reload()}>
            Load again
          </button>
        </div>
      </div>
    </>
  );
}
