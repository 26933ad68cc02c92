import { ApiProblem } from './api-problem.ts';
import { Ending, EXIT } from './exit-codes.ts';
import { confirm } from './question.ts';
import type { Session } from './session.ts';

interface Approval {
  yes?: boolean;
  /** The checksum of a list that a refusal has shown before. */
  approve?: string;
}

/**
 * Sends a request; where it is refused until deletions are approved, shows them and asks a person. `--yes` approves nothing
 * that was not shown: a script sends the checksum of what it has seen.
 *
 * @throws {ApiProblem} every other refusal
 */
export async function approving<Answer>(
  { say, json }: Pick<Session, 'say' | 'json'>,
  { yes, approve }: Approval,
  send: (approve?: string) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await send(approve);
  } catch (error) {
    const checksum = error instanceof ApiProblem ? error.problem.approval?.checksum : undefined;
    if (checksum === undefined || json) throw error;
    say((error as Error).message);
    if (yes || !process.stdin.isTTY)
      throw new Ending('Nothing was changed: exactly this list has to be approved', EXIT.refused, {
        again: ['--approve', checksum],
      });
    await confirm('Approve these deletions?', {});
    return send(checksum);
  }
}
