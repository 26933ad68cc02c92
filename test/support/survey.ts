import type { Resolver } from '../../aws/dns/resolver.ts';
import { surveyAccount } from '../../functions/plans/survey-account.ts';
import { type AskSurvey, surveyIn } from '../../functions/shared/plans/ask-survey.ts';
import { apiContext } from './api-event.ts';

/** Asks the function SurveyAccount in this process; what goes in and comes out is JSON, as through Lambda. */
export const surveyedBy =
  (newResolver: () => Resolver): AskSurvey =>
  async (request) => {
    const answer = await surveyAccount(newResolver)(asJson(request), apiContext);
    return surveyIn(asJson(answer), request);
  };

const asJson = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;
