import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { Problem } from '../api.ts';
import { Question } from '../parts/question.tsx';

interface ApprovedQuestionProps {
  title: string;
  verb: string;
  isBlocked?: boolean;
  /** What the checksum of a plan that is shown approves already. */
  approved?: string | undefined;
  send: (approve: string | undefined) => Promise<unknown>;
  onDone: () => void;
  onClose: () => void;
  children: ComponentChildren;
}

/** A question about something that deletes: where it is refused until a list is approved, that list is shown and asked about. */
export function ApprovedQuestion({ verb, approved, send, onDone, ...question }: ApprovedQuestionProps) {
  const checksum = useSignal<string | undefined>(undefined);
  const confirm = async () => {
    try {
      await send(checksum.value ?? approved);
    } catch (error) {
      if (error instanceof Problem && error.approval) checksum.value = error.approval.checksum;
      throw error;
    }
    onDone();
  };
  return (
    <Question
      {...question}
      isDanger
      verb={checksum.value === undefined ? verb : 'Approve this list'}
      onConfirm={confirm}
    />
  );
}
