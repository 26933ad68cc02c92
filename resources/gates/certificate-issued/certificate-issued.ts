import { ACMClient } from '@aws-sdk/client-acm';
import { describeCertificate } from '../../../aws/certificates/describe-certificate.ts';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import { certifiedNames } from '../../../domain/edges/edge.ts';
import { validationEntries } from '../../../domain/entries/wanted.ts';
import { outputIfDone, outputOf } from '../../../domain/ledger/outputs.ts';
import { isExternal } from '../../../domain/sites/dns.ts';
import type { Gate, GateLook, GateScope } from '../../gate.ts';
import { lookAtEntries } from '../../manual-record/manual-records.ts';
import { recordOf, siteOf } from '../../scope.ts';
import { checkValidation } from '../../validation-record/missing.ts';
import { readCaa } from '../authorization/read-caa.ts';
import { readDelegation } from '../delegation/read-delegation.ts';
import { type CertificateSight, judgeCertificate, judgeRequest, type Obstacles } from './judge.ts';

type Ask = { dns: Resolver };

/** Opens when ACM has issued the certificate. */
export const certificateIssued: Gate<'AwaitCertificate', CertificateSight, Ask> = {
  name: 'AwaitCertificate',
  async look(ask, scope) {
    const record = recordOf(scope);
    const { certificateArn } = outputOf(record, 'RequestCertificate');
    const certificate = await describeCertificate(ask.clients(ACMClient), certificateArn);
    const sight = { certificateArn, certificate };
    const request = judgeRequest(sight, { record, now: scope.now });
    const isAwaited = request !== undefined && request.state !== 'failed';
    return isAwaited ? { ...sight, obstacles: await readObstacles(ask, scope) } : sight;
  },
  judge: judgeCertificate,
};

async function readObstacles({ environment, dns }: GateLook & Ask, scope: GateScope): Promise<Obstacles> {
  const site = siteOf(scope);
  const record = recordOf(scope);
  const toEnter = isExternal(site) ? validationEntries(outputOf(record, 'RequestCertificate').records) : [];
  const entries = lookAtEntries(dns, toEnter);
  // On the first look all of it was checked a moment ago.
  if (!scope.again) return { entries: await entries };
  const zones = isExternal(site) ? [] : (outputIfDone(record, 'FindZone')?.zones ?? []);
  const [seen, validation, delegations, caa] = await Promise.all([
    entries,
    checkValidation({ site, record, environment }),
    Promise.all(zones.map((zone) => readDelegation(dns, zone))),
    readCaa(dns, certifiedNames(site)),
  ]);
  return { entries: seen, validation, delegations, caa };
}
