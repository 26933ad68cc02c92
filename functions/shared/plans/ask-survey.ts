import { LambdaClient } from '@aws-sdk/client-lambda';
import { client } from '../../../aws/clients.ts';
import { readSurveyFunction } from '../../../aws/environment.ts';
import { invokeFunction } from '../../../aws/functions/invoke-function.ts';
import { Failure } from '../../../domain/errors.ts';
import { invalidSite } from '../api/invalid-site.ts';
import type { AccountSurvey, SurveyAnswer, SurveyRequest } from './account-survey.ts';

/**
 * Has the account looked at for a site.
 *
 * @throws {Refusal} "invalid-site" with everything that is in the way, or can't be changed
 * @throws {Failure} that the look met
 */
export type AskSurvey = (request: SurveyRequest) => Promise<AccountSurvey>;

/** Asks the function SurveyAccount, the only one of the API that has AWS's clients for it. */
export const askSurvey: AskSurvey = async (request) =>
  surveyIn(await invokeFunction<SurveyAnswer>(client(LambdaClient), readSurveyFunction(), request), request);

/** The survey in an answer; thrown is what would have been thrown where it was made. */
export function surveyIn(answer: SurveyAnswer, { declared }: Pick<SurveyRequest, 'declared'>): AccountSurvey {
  if ('survey' in answer) return answer.survey;
  if ('errors' in answer) throw invalidSite(declared.domain, answer.errors);
  throw new Failure(answer.failure.name, answer.failure.message);
}
