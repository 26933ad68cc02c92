import { DuplicateRequest } from '@aws-sdk/client-route-53-domains';
import { domainsOf, updateNameServers } from '../../aws/domains/registered-domain.ts';
import { isCode } from '../../aws/error-code.ts';
import { Failure } from '../../domain/errors.ts';
import type { Doing } from '../resource.ts';
import { siteOf } from '../scope.ts';

/**
 * Begins to change the name servers of a registered domain.
 *
 * @throws {Failure} "NotReady" while another change of it runs, "Refused" with what the registry's rules forbid
 */
export async function beginUpdate(
  { clients, environment, scope }: Pick<Doing, 'clients' | 'environment' | 'scope'>,
  domain: { name: string; nameServers: readonly string[] },
  begun: (operationId: string) => Promise<void> = async () => undefined,
): Promise<void> {
  const { name } = domain;
  try {
    await begun(await updateNameServers(domainsOf({ site: siteOf(scope), who: environment, clients }), domain));
  } catch (error) {
    // Mostly the site's own, begun by a call whose answer was lost.
    if (error instanceof DuplicateRequest && error.requestId !== undefined) await begun(error.requestId);
    if (isCode(error, 'DuplicateRequest', 'OperationLimitExceeded', 'TLDInMaintenance')) {
      const message = `Waiting until Route 53 Domains can change the name servers of "${name}": ${error.message}`;
      throw new Failure('NotReady', message, { cause: error });
    }
    if (isCode(error, 'InvalidInput', 'TLDRulesViolation', 'UnsupportedTLD')) {
      const message = `Cannot change the name servers of "${name}" at Route 53 Domains: ${error.message}. Change them there yourself, or leave "delegate" out`;
      throw new Failure('Refused', message, { cause: error });
    }
    throw error;
  }
}
