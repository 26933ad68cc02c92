import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListHostedZonesCommand } from '@aws-sdk/client-route-53';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { declareSite } from '../../../domain/sites/declare-site.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { createPlan } from '../../../functions/plans/create-plan.ts';
import { surveyAccount } from '../../../functions/plans/survey-account.ts';
import { createSite } from '../../../functions/sites/create-site.ts';
import { apiContext, aRequest } from '../../support/api-event.ts';
import { useLedger } from '../../support/ledger.ts';
import { document, PlannableAccount } from '../../support/plannable-account.ts';

useLedger();
const account = new PlannableAccount(createPlan);
const lambda = mockClient(LambdaClient);
const declared = declareSite(document).site as Site;

beforeEach(async () => {
  await account.reset();
  lambda.reset();
  process.env['SURVEY_FUNCTION'] = 'Nameplate-SurveyAccount';
});
afterEach(() => account.stop());

const survey = (request: Partial<Parameters<ReturnType<typeof surveyAccount>>[0]> = {}) =>
  surveyAccount(account.newResolver)(
    { declared, planning: false, now: '2026-11-29T12:00:00.000Z', ...request },
    apiContext,
  );

const asJson = (value: unknown) => JSON.parse(JSON.stringify(value));
const answers = (value: unknown, more: object = {}) =>
  lambda.on(InvokeCommand).resolves({ Payload: Buffer.from(JSON.stringify(value)) as never, ...more });

async function declare() {
  const answer = await createSite(account.newResolver)(aRequest({ method: 'POST', body: document }), apiContext);
  const { type, detail, errors } = JSON.parse(answer.body ?? '{}');
  return { status: answer.statusCode, type, detail, errors };
}

test.each([true, false])('a survey is the same as JSON (for a plan: %s)', async (planning) => {
  const answer = await survey({ planning });
  expect(answer).toMatchObject({
    survey: { site: { domain: document.domain }, publicZones: [{ name: 'example.test' }] },
  });
  expect(asJson(answer)).toEqual(answer);
});

test('what is wrong with the fields of a site is answered as the fields', async () => {
  account.instanceIs({ State: { Name: 'terminated' } });
  expect(await survey()).toEqual({ errors: [expect.objectContaining({ pointer: '#/origin/instance/id' })] });
});

test('a failure of AWS is answered by its name and message, and what no one expects is thrown', async () => {
  const throttled = Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException', $metadata: {} });
  account.route53.on(ListHostedZonesCommand).rejects(throttled);
  expect(await survey()).toEqual({ failure: { name: 'Throttled', message: expect.stringContaining('Rate exceeded') } });
  account.route53.on(ListHostedZonesCommand).rejects(new TypeError('A bug of ours'));
  await expect(survey()).rejects.toThrow('A bug of ours');
});

describe('a declaration that asks for a survey', () => {
  test('sends the document and no record of a new site, by the name of the function', async () => {
    answers({ errors: [{ pointer: '#/domain', detail: 'Must be another one' }] });
    await declare();
    const [
      {
        args: [{ input }],
      } = { args: [{ input: {} }] },
    ] = lambda.commandCalls(InvokeCommand);
    expect(input).toMatchObject({ FunctionName: 'Nameplate-SurveyAccount' });
    const sent = JSON.parse(Buffer.from((input as { Payload: Uint8Array }).Payload).toString());
    expect(sent).toEqual({ declared: asJson(declared), planning: false, now: expect.stringMatching(/Z$/) });
  });

  test('is refused for the fields that the survey names', async () => {
    answers({ errors: [{ pointer: '#/domain', detail: 'Must be another one' }] });
    expect(await declare()).toEqual({
      status: 422,
      type: 'urn:nameplate:problem:invalid-site',
      detail: 'Cannot declare "shop.example.test": 1 field is wrong; nothing was changed',
      errors: [{ pointer: '#/domain', detail: 'Must be another one' }],
    });
  });

  test('is answered 503 where AWS was busy for it', async () => {
    answers({ failure: { name: 'Throttled', message: 'AWS is busy (Rate exceeded)' } });
    expect(await declare()).toMatchObject({
      status: 503,
      type: 'urn:nameplate:problem:busy',
      detail: expect.stringContaining('Rate exceeded'),
    });
  });

  test('asks again while the account has no room for one more function (A7)', async () => {
    const full = Object.assign(new Error('Rate exceeded'), { name: 'TooManyRequestsException', $metadata: {} });
    lambda
      .on(InvokeCommand)
      .rejectsOnce(full)
      .resolves({ Payload: Buffer.from(JSON.stringify({ errors: [] })) as never });
    expect((await declare()).status).toBe(422);
    expect(lambda.commandCalls(InvokeCommand)).toHaveLength(2);
  });

  test('is told of an internal error where the function throws, without what it has thrown', async () => {
    answers({ errorType: 'TypeError', errorMessage: 'A bug of ours' }, { FunctionError: 'Unhandled' });
    const answer = await declare();
    expect(answer).toMatchObject({ status: 500, type: 'urn:nameplate:problem:internal' });
    expect(JSON.stringify(answer)).not.toContain('bug');
  });
});
