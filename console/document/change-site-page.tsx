import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { PlanView } from '../../domain/plans/view.ts';
import type { SiteView } from '../../domain/sites/view.ts';
import { get } from '../api.ts';
import { displayName } from '../parts/display-name.ts';
import { ProblemNotice } from '../parts/notice.tsx';
import { type Params, sitePath } from '../route.ts';
import { DocumentForm } from './document-form.tsx';
import { type Editing, editing } from './editing.ts';
import { PlanAndApply } from './plan-and-apply.tsx';

/** Changes a site: its document as it is declared, the plan of the change, and then the site. */
export function ChangeSitePage({ params: { domain = '' } }: { params: Params }) {
  const planned = useSignal<PlanView | undefined>(undefined);
  const written = useSignal<Editing | undefined>(undefined);
  const error = useSignal<Error | undefined>(undefined);
  useEffect(() => {
    get<SiteView>(`/v1/sites/${encodeURIComponent(domain)}`).then(
      ({ site }) => {
        written.value = editing(site, () => {
          planned.value = undefined;
        });
      },
      (caught: Error) => {
        error.value = caught;
      },
    );
  }, [domain]);
  return (
    <>
      <div class="head">
        <h1>
          Change <a href={sitePath(domain)}>{displayName(domain)}</a>
        </h1>
      </div>
      {error.value && <ProblemNotice error={error.value} />}
      {written.value && (
        <div class="stack">
          <DocumentForm editing={written.value} isChange />
          <PlanAndApply editing={written.value} planned={planned} domain={domain} />
        </div>
      )}
    </>
  );
}
