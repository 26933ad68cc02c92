import { change } from '../api.ts';
import { Question } from '../parts/question.tsx';
import { pathOf } from '../sites/site-path.ts';
import type { QuestionOf } from './question-of.ts';

/** Goes on with a held site. */
export function ResumeQuestion({ site, onDone, onClose }: QuestionOf) {
  const confirm = async () => {
    await change('POST', `${pathOf(site.domain)}/resume`);
    onDone();
  };
  return (
    <Question title={`Resume ${site.domain}?`} verb="Resume" onConfirm={confirm} onClose={onClose}>
      {site.reason ? (
        <>
          <p>
            It goes on at <strong>{site.reason.step}</strong>, which stopped because of this:
          </p>
          <p class="muted">{site.reason.message}</p>
        </>
      ) : (
        <p>It goes on at the step that it was stopped at.</p>
      )}
    </Question>
  );
}
