import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { lookAgain } from '../live/feed.ts';
import { ProblemNotice } from './notice.tsx';

interface QuestionProps {
  title: string;
  /** What the button says that does it: a verb. */
  verb: string;
  /** Takes something away. */
  isDanger?: boolean;
  /** There is nothing to confirm yet, or what is shown stops it. */
  isBlocked?: boolean;
  /** Does it; a failure is shown, and the question stays. */
  onConfirm: () => Promise<void>;
  onClose: () => void;
  /** What will happen. */
  children: ComponentChildren;
}

/** A question that says what will happen before it is done. */
export function Question({ title, verb, isDanger, isBlocked, onConfirm, onClose, children }: QuestionProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const isRunning = useSignal(false);
  const error = useSignal<Error | undefined>(undefined);
  useEffect(() => dialog.current?.showModal(), []);
  const confirm = async () => {
    isRunning.value = true;
    error.value = undefined;
    try {
      await onConfirm();
      onClose();
    } catch (caught) {
      error.value = caught as Error;
      isRunning.value = false;
      // Another one may have begun what it was refused for.
      lookAgain();
    }
  };
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          void confirm();
        }}
      >
        <h2 id={id}>{title}</h2>
        <div class="asked">{children}</div>
        {error.value && <ProblemNotice error={error.value} />}
        <div class="actions">
          <button type="button" onClick={() => dialog.current?.close()}>
            Leave it
          </button>
          <button type="submit" class={isDanger ? 'danger' : 'primary'} disabled={isBlocked || isRunning.value}>
            {isRunning.value ? `${verb} …` : verb}
          </button>
        </div>
      </form>
    </dialog>
  );
}
