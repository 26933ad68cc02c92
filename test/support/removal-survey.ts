import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { beforeEach } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { Resolver } from '../../aws/dns/resolver.ts';
import { surveyRemoval } from '../../functions/plans/survey-removal.ts';
import { apiContext } from './api-event.ts';

/** Has the function SurveyRemoval run in this process where a function of the API asks for it: what goes in and comes out is JSON. */
export function useRemovalSurvey(newResolver: () => Resolver = () => new Resolver()): void {
  const lambda = mockClient(LambdaClient);
  beforeEach(() => {
    process.env['SURVEY_FUNCTION'] = 'SurveyRemoval';
    lambda.reset();
    lambda.on(InvokeCommand).callsFake(async ({ Payload }: { Payload: Uint8Array }) => {
      const request = JSON.parse(Buffer.from(Payload).toString('utf8'));
      const answer = await surveyRemoval(newResolver)(request, apiContext);
      return { Payload: Buffer.from(JSON.stringify(answer)) };
    });
  });
}
