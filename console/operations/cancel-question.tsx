import { useSignal } from '@preact/signals';
import { change } from '../api.ts';
import { Question } from '../parts/question.tsx';
import { pathOf } from '../sites/site-path.ts';
import type { QuestionOf } from './question-of.ts';

/** Stops what runs. */
export function CancelQuestion({ site, onDone, onClose }: QuestionOf) {
  const undo = useSignal(false);
  const confirm = async () => {
    // biome-ignore lint/suspicious/noThenProperty: the field's value is a word, never a function
    await change('POST', `${pathOf(site.domain)}/cancel`, { then: undo.value ? 'undo' : 'hold' });
    onDone();
  };
  const choose = (value: boolean) => () => {
    undo.value = value;
  };
  return (
    <Question
      title={`Cancel what runs for ${site.domain}?`}
      verb="Cancel it"
      isDanger
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>
        {site.operation ? `${site.operation.name} stops after the step that it is at.` : 'It stops.'} What serves
        viewers goes on.
      </p>
      <label class="check">
        <input type="radio" name="then" checked={!undo.value} onChange={choose(false)} />
        Hold the site: resume it later, or undo it
      </label>
      <label class="check">
        <input type="radio" name="then" checked={undo.value} onChange={choose(true)} />
        Take back what was made
      </label>
    </Question>
  );
}
