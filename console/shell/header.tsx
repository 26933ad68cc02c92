import { place } from '../location.ts';
import { PAGES } from '../pages.tsx';
import { matchPath } from '../route.ts';
import { where } from '../where.ts';

/** The name, the pages, and where all of this is. */
export const Header = () => (
  <header class="top">
    <a class="brand" href="/">
      Nameplate
    </a>
    <nav aria-label="Pages">
      {PAGES.flatMap(({ path, nav }) =>
        nav === undefined
          ? []
          : [
              <a key={path} href={path} {...(isCurrent(path) && { 'aria-current': 'page' as const })}>
                {nav}
              </a>,
            ],
      )}
    </nav>
    {where.value && (
      <p class={`where ${where.value.isLocal ? '' : 'deployed'}`}>
        {where.value.where}
        {where.value.tenant !== undefined && `, tenant ${where.value.tenant}`}
      </p>
    )}
  </header>
);

/** The page of a site is one of Sites. */
function isCurrent(path: string): boolean {
  const current = place.value.path;
  return (
    matchPath(path, current) !== undefined ||
    (path === '/' ? current.startsWith('/sites/') : current.startsWith(`${path}/`))
  );
}
