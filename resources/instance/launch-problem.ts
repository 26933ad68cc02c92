import { isCode } from '../../aws/error-code.ts';
import { Failure, type FailureName } from '../../domain/errors.ts';
import type { DesiredInstance } from './changes.ts';

type Problem = (launch: DesiredInstance, says: string) => [FailureName, string];

const ANOTHER_ZONE = 'Declare another type, or a "subnet" of another zone';

/** What a person can do. Source: EC2 API Reference, "Error codes", and EC2 User Guide, "Troubleshoot instance launch issues"; checked 2026-11-30. */
const PROBLEMS: Record<string, Problem> = {
  InsufficientInstanceCapacity: ({ type, subnet }) => [
    'Misconfigured',
    `AWS has no ${type} left in the zone of "${subnet}" now. ${ANOTHER_ZONE}; or resume the site later`,
  ],
  Unsupported: ({ type, subnet }) => [
    'Misconfigured',
    `the zone of "${subnet}" does not offer ${type}. ${ANOTHER_ZONE}`,
  ],
  VcpuLimitExceeded: ({ type }) => [
    'QuotaReached',
    `the account runs as many vCPUs of the family of ${type} as AWS allows. Stop an instance, or ask for more in Service Quotas ("Running On-Demand Standard instances", L-1216C47A), then resume the site`,
  ],
  'InvalidKeyPair.NotFound': ({ key }) => [
    'Misconfigured',
    `the key pair "${key}" is not there. Create or import it (aws ec2 import-key-pair), or declare the site again without a key`,
  ],
  'InvalidSubnetID.NotFound': ({ subnet }) => [
    'Misconfigured',
    `the subnet "${subnet}" is not there. Declare the site again with another`,
  ],
  InsufficientFreeAddressesInSubnet: ({ subnet }) => [
    'Misconfigured',
    `the subnet "${subnet}" has no free address. Declare the site again with another`,
  ],
  InvalidBlockDeviceMapping: (_, says) => ['Misconfigured', `${says}. Declare the site again with another "diskGiB"`],
  InvalidParameterValue: (_, says) => [
    'Misconfigured',
    `${says}. Mend the document, or create the instance profile of the stack again where AWS misses that (aws iam create-instance-profile, add-role-to-instance-profile); then declare the site again`,
  ],
  InvalidParameterCombination: (_, says) => ['Misconfigured', `${says}. Declare the site again with another type`],
};

/** What the refusal of a launch means; the error itself where it means nothing else. */
export function launchProblem(error: unknown, launch: DesiredInstance): unknown {
  const code = Object.keys(PROBLEMS).find((each) => isCode(error, each));
  if (code === undefined || !(error instanceof Error)) return error;
  const problem = PROBLEMS[code];
  if (!problem) return error;
  const [name, why] = problem(launch, error.message.trim().replace(/\.+$/, ''));
  return new Failure(name, `Cannot launch the instance: ${why}`, { cause: error });
}
