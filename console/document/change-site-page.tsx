import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { SiteView } from '../../domain/sites/view.ts';
import { get } from '../api.ts';
import { displayName } from '../parts/display-name.ts';
import { ProblemNotice } from '../parts/notice.tsx';
import { type Params, sitePath } from '../route.ts';
import { pathOf } from '../sites/site-path.ts';
import { Writing } from './writing.tsx';

/** Changes a site: its document as it is declared, the plan of the change, and then the site. */
export function ChangeSitePage({ params: { domain = '' } }: { params: Params }) {
  const declared = useSignal<SiteView['site'] | undefined>(undefined);
  const error = useSignal<Error | undefined>(undefined);
  useEffect(() => {
    get<SiteView>(pathOf(domain)).then(
      ({ site }) => {
        declared.value = site;
      },
      (caught: Error) => {
        error.value = caught;
      },
    );
  }, []);
  return (
    <>
      <div class="head">
        <h1>
          Change <a href={sitePath(domain)}>{displayName(domain)}</a>
        </h1>
      </div>
      {error.value && <ProblemNotice error={error.value} />}
      {declared.value && <Writing initial={declared.value} domain={domain} />}
    </>
  );
}
