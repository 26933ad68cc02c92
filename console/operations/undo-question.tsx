import { change } from '../api.ts';
import { pathOf } from '../sites/site-path.ts';
import { ApprovedQuestion } from './approved-question.tsx';
import { goesBack } from './available.ts';
import type { QuestionOf } from './question-of.ts';

/** Takes a failed change back to what was live, or all of a site that never was. */
export function UndoQuestion({ site, onDone, onClose }: QuestionOf) {
  const back = goesBack(site);
  const send = (approve: string | undefined) =>
    change('POST', `${pathOf(site.domain)}/undo`, { ...(approve !== undefined && { approve }) });
  return (
    <ApprovedQuestion
      title={back ? `Bring ${site.domain} back to what was live?` : `Take back all of ${site.domain}?`}
      verb="Undo"
      send={send}
      onDone={onDone}
      onClose={onClose}
    >
      <p>
        {back
          ? 'The document that was live is applied again, and what this change made is removed once the site answers.'
          : 'Records go first, and what they led to once resolvers have forgotten them. Only what Nameplate made is deleted; what it adopted is put back as it was.'}
      </p>
      {!back && <Made site={site} />}
    </ApprovedQuestion>
  );
}

/** What there is to take back. */
function Made({ site }: Pick<QuestionOf, 'site'>) {
  const made = site.steps.flatMap((step) => step.made.filter(({ ours }) => ours));
  if (made.length === 0) return null;
  return (
    <details>
      <summary>{`${made.length} resources were made for it`}</summary>
      <ul class="site-made">
        {made.map(({ type, id }) => (
          <li key={`${type} ${id}`}>
            {type} <code>{id}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}
