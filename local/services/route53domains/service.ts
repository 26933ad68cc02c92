import type { Registrar } from '../../dns/registrar.ts';
import type { Host } from '../../host.ts';
import { AwsError, type Operation, type Service } from '../../wire/service.ts';
import { Domains } from './domains.ts';
import { getDomainDetail, getOperationDetail, listDomains } from './read.ts';
import { updateDomainNameservers } from './update-name-servers.ts';

/** The one Region that has an endpoint. Source: AWS General Reference, "Route 53 endpoints and quotas", checked 2026-11-30. */
const REGION = 'us-east-1';

/** Route 53 Domains: domains of the account at their registrar, whose name servers change within minutes, and in DNS after that. */
export function createRoute53Domains(
  host: Host,
  { registrar }: { registrar: Pick<Registrar, 'delegate' | 'delegation'> },
): { service: Service; domains: Domains } {
  const domains = new Domains(host, registrar);
  const operations = {
    ListDomains: listDomains(domains),
    GetDomainDetail: getDomainDetail(domains),
    UpdateDomainNameservers: updateDomainNameservers(domains),
    GetOperationDetail: getOperationDetail(domains),
  };
  return {
    domains,
    service: {
      name: 'route53domains',
      protocol: 'awsJson1_1',
      model: () => import('@aws-sdk/client-route-53-domains'),
      operations: Object.fromEntries(
        Object.entries(operations).map(([name, operation]) => [name, inItsRegion(operation as Operation)]),
      ),
    },
  };
}

/** No other Region has an endpoint: whoever signs for one is refused. */
function inItsRegion(operation: Operation): Operation {
  return {
    ...operation,
    run: (input, call) => {
      if (call.region === REGION) return operation.run(input, call);
      throw new AwsError('InvalidSignatureException', 'Credential should be scoped to a valid region.', {
        status: 400,
      });
    },
  };
}
