import { EC2Client, StartInstancesCommand, StopInstancesCommand, TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { readSite } from '../../../aws/ledger/read-site.ts';
import { writeSite } from '../../../aws/ledger/write-site.ts';
import { handler } from '../../../functions/sites/change-server.ts';
import { apiContext, aRequest } from '../../support/api-event.ts';
import { useLedger } from '../../support/ledger.ts';
import { aSettledSiteItem, aSite } from '../../support/site.ts';
import { awsError, domain, givenStep, mutations } from '../../support/steps.ts';

const ledger = useLedger();
const ec2 = mockClient(EC2Client);
const ssm = mockClient(SSMClient);
const id = 'i-0123456789abcdef1';
const newInstance = { type: 't4g.micro', image: 'al2023' as const, diskGiB: 8, port: 80, healthPath: '/' };
const served = aSite({ origin: { newInstance } });
const elsewhere = aSite();

async function given(site = served, { isMade = true } = {}): Promise<void> {
  await writeSite(ledger, aSettledSiteItem({ site, live: site }), { over: undefined });
  const made = isMade ? [{ type: 'instance' as const, id, ours: true }] : [];
  await givenStep(ledger, { name: 'CreateInstance', output: { instanceId: id }, made });
}

beforeEach(() => {
  ec2.reset();
  ssm.reset();
  ssm.on(GetParameterCommand).resolves({ Parameter: { Value: 'allowed' } });
  ec2.on(StopInstancesCommand).resolves({});
  ec2.on(StartInstancesCommand).resolves({});
  ec2.on(TerminateInstancesCommand).resolves({});
});

async function ask(body: object) {
  const path = '/v1/sites/{domain}/server';
  const request = aRequest({ method: 'POST', path, parameters: { domain }, body: JSON.stringify(body) });
  const answer = await handler(request, apiContext);
  return { status: answer.statusCode, json: JSON.parse(answer.body ?? '{}') };
}

describe('POST /v1/sites/{domain}/server', () => {
  test('stops and starts the instance that was created, says what viewers get, and may be asked again', async () => {
    await given();
    expect((await ask({ action: 'stop' })).status).toBe(202);
    const again = await ask({ action: 'stop' });
    expect(again.json.timeline.map(({ message }: { message: string }) => message).join()).toContain('no failover');
    expect((await readSite(ledger, domain))?.item.serverStopped).toBe(true);
    expect((await ask({ action: 'start' })).status).toBe(202);
    expect((await readSite(ledger, domain))?.item.serverStopped).toBeUndefined();
    expect(mutations(ec2)).toEqual(['StopInstances', 'StopInstances', 'StartInstances']);
  });

  test('removes one that no document uses any more, once', async () => {
    await given(elsewhere);
    expect((await ask({ action: 'remove' })).status).toBe(202);
    expect(mutations(ec2)).toEqual(['TerminateInstances']);
    expect((await ask({ action: 'remove' })).status).toBe(409);
  });

  test.each([
    ['removal of one that serves the site', served, 'remove'],
    ['stop of one that does not', elsewhere, 'stop'],
  ])('refuses the %s', async (_, site, action) => {
    await given(site);
    const { status, json } = await ask({ action });
    expect([status, json.type]).toEqual([409, 'urn:nameplate:problem:no-server']);
    expect(mutations(ec2)).toEqual([]);
  });

  test('refuses what is no action, and says what to do where EC2 refuses', async () => {
    await given();
    expect((await ask({ action: 'reboot' })).status).toBe(400);
    ec2.on(StartInstancesCommand).rejects(awsError('IncorrectInstanceState'));
    const { status, json } = await ask({ action: 'start' });
    expect([status, json.type]).toEqual([409, 'urn:nameplate:problem:wrong-server-state']);
  });
});
