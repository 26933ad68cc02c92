import type { TestDNSAnswerRequest, TestDNSAnswerResponse } from '@aws-sdk/client-route-53';
import { Authority } from '../../dns/authority.ts';
import type { Operation } from '../../wire/service.ts';
import { invalidInput } from './errors.ts';
import { present } from './present.ts';
import { Problem } from './problem.ts';
import { recordName, wireName } from './record-name.ts';
import { RECORD_TYPES } from './record-types.ts';
import type { Route53 } from './route53.ts';

/** Says what the zone's first name server answers at this moment. */
export function testDnsAnswer(route53: Route53): Operation<TestDNSAnswerRequest, TestDNSAnswerResponse> {
  return {
    run({ HostedZoneId: id, RecordName: name, RecordType: type }) {
      const zone = route53.zone(id);
      const copy = zone.firstCopy;
      if (!copy) throw invalidInput('Invalid request: TestDNSAnswer is supported only for public hosted zones');
      if (!type || !RECORD_TYPES.includes(type)) {
        throw invalidInput(`Invalid request: Value '${type}' of 'RecordType' is not a record type`);
      }
      const owner = ownerOf(name ?? '');
      const authority = new Authority();
      authority.host(copy.zone);
      const { rcode, answers } = authority.answer({ name: owner, type });
      return {
        Nameserver: copy.server.name,
        RecordName: name,
        RecordType: type,
        RecordData: answers.map(present),
        ResponseCode: rcode,
        Protocol: 'UDP',
      };
    },
  };
}

function ownerOf(name: string): string {
  try {
    const owner = wireName(recordName(name));
    if (owner !== undefined) return owner;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
  throw invalidInput(`Invalid request: '${name}' is not a name that can be asked for`);
}
