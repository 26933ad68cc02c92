import { useEffect, useRef } from 'preact/hooks';
import { place } from '../location.ts';
import { PAGES } from '../pages.tsx';
import { matchPath } from '../route.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Header } from './header.tsx';

/** The frame of every page. */
export function App() {
  const main = useRef<HTMLElement>(null);
  const { path } = place.value;
  const page = PAGES.find((each) => matchPath(each.path, path));
  const params = (page && matchPath(page.path, path)) ?? {};
  const title = page?.title(params) ?? 'No such page';
  const isFirst = useRef(true);
  useEffect(() => {
    document.title = `${title} · Nameplate`;
    // Who reads by ear or keyboard begins at the top of a page that is gone to, not where its link was.
    if (!isFirst.current) main.current?.focus();
    isFirst.current = false;
  }, [title]);
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <Header />
      <main id="main" ref={main} tabIndex={-1}>
        {page ? (
          <ErrorBoundary key={path}>
            <page.view params={params} />
          </ErrorBoundary>
        ) : (
          <>
            <h1>No such page</h1>
            <p>
              Nothing is at {path}. <a href="/">All sites</a>
            </p>
          </>
        )}
      </main>
    </>
  );
}
