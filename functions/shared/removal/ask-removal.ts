import { LambdaClient } from '@aws-sdk/client-lambda';
import { client } from '../../../aws/clients.ts';
import { readSurveyFunction } from '../../../aws/environment.ts';
import { invokeFunction } from '../../../aws/functions/invoke-function.ts';
import { Failure } from '../../../domain/errors.ts';
import type { LeavingPlanView } from '../../../domain/plans/leaving-view.ts';
import type { RemovalAnswer, RemovalRequest, RemovalSurvey } from './removal-survey.ts';

type Asked = Omit<RemovalRequest, 'planning' | 'now'> & { now: Date };

/**
 * Has the account looked at for what an undo to nothing has to be allowed, by the function SurveyRemoval.
 *
 * @throws {Failure} that the look met
 */
export async function askRemoval(asked: Asked): Promise<RemovalSurvey> {
  const answer = await invoked({ ...asked, planning: false });
  if ('survey' in answer) return answer.survey;
  throw unexpected();
}

/** The same for a person to see, with all that it does. */
export async function askRemovalPlan(asked: Asked): Promise<LeavingPlanView> {
  const answer = await invoked({ ...asked, planning: true });
  if ('plan' in answer) return answer.plan;
  throw unexpected();
}

async function invoked({ now, ...request }: Asked & { planning: boolean }): Promise<RemovalAnswer> {
  const event: RemovalRequest = { ...request, now: now.toISOString() };
  const answer = await invokeFunction<RemovalAnswer>(client(LambdaClient), readSurveyFunction(), event);
  if ('failure' in answer) throw new Failure(answer.failure.name, answer.failure.message);
  return answer;
}

function unexpected(): Error {
  return new Error('Cannot read what the function SurveyRemoval has answered: it was asked for something else');
}
