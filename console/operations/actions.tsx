import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import type { SiteView } from '../../domain/sites/view.ts';
import { sitePath } from '../route.ts';
import { type Asked, available } from './available.ts';
import { CancelQuestion } from './cancel-question.tsx';
import { DeleteQuestion } from './delete-question.tsx';
import { MaintenanceQuestion } from './maintenance-question.tsx';
import type { QuestionOf } from './question-of.ts';
import { ResumeQuestion } from './resume-question.tsx';
import { UndoQuestion } from './undo-question.tsx';

type Question = Exclude<Asked, 'change'>;

const QUESTIONS: Record<Question, ComponentType<QuestionOf>> = {
  resume: ResumeQuestion,
  cancel: CancelQuestion,
  maintenance: MaintenanceQuestion,
  undo: UndoQuestion,
  delete: DeleteQuestion,
};

const WORDS: Record<Question, string> = {
  resume: 'Resume',
  cancel: 'Cancel',
  maintenance: 'Maintenance',
  undo: 'Undo',
  delete: 'Delete',
};

/** All that can be asked for a site as it is; each is asked about before. */
export function Actions({ site, onDone }: { site: SiteView; onDone: () => void }) {
  const asked = useSignal<Question | undefined>(undefined);
  const AskedAbout = asked.value && QUESTIONS[asked.value];
  return (
    <div class="actions">
      {available(site).map((each) =>
        each === 'change' ? (
          <a key={each} class="button" href={`${sitePath(site.domain)}/change`}>
            Change
          </a>
        ) : (
          <button
            key={each}
            type="button"
            class={each === 'resume' ? 'primary' : ''}
            onClick={() => {
              asked.value = each;
            }}
          >
            {wordOf(each, site)}
          </button>
        ),
      )}
      {AskedAbout && (
        <AskedAbout
          site={site}
          onDone={onDone}
          onClose={() => {
            asked.value = undefined;
          }}
        />
      )}
    </div>
  );
}

const wordOf = (asked: Question, { failover }: SiteView): string =>
  asked === 'maintenance'
    ? `Maintenance ${failover?.on === 'page' && failover.cause !== 'health-check' ? 'off' : 'on'}`
    : WORDS[asked];
