import { randomUUID } from 'node:crypto';
import type { OperationStatus, OperationType, StatusFlag } from '@aws-sdk/client-route-53-domains';
import type { Domains, RegisteredDomain } from './domains.ts';
import { duplicateRequest, operationLimitExceeded } from './errors.ts';

/** What is done to a domain, for as long as the registry takes. */
export interface DomainOperation {
  id: string;
  type: OperationType;
  domain: string;
  status: OperationStatus;
  submittedAt: Date;
  updatedAt: Date;
  /** Why it failed. */
  message?: string;
  flag?: StatusFlag;
}

/** Until the registrar begins, and until the registry has done it: minutes. (E) */
const BEGUN_SECONDS = { min: 1, max: 10 };
const DONE_SECONDS = { min: 30, max: 300 };

/** Until the name servers of the top-level domain answer by it: registries publish every few minutes at the latest. (E) */
export const PUBLISHED_SECONDS = { min: 10, max: 120 };

/** Source: Route 53 Developer Guide, "Quotas on domain registration"; the figure is (E). */
const MAX_RUNNING = 20;

const isRunning = ({ status }: DomainOperation): boolean => status === 'SUBMITTED' || status === 'IN_PROGRESS';

/**
 * Begins an operation, which ends minutes later, done or refused by the registry.
 *
 * Throws DuplicateRequest, OperationLimitExceeded.
 */
export function begin(
  domains: Domains,
  domain: RegisteredDomain,
  { type, done }: { type: OperationType; done: () => void },
): DomainOperation {
  const { clock, draws } = domains.host;
  const running = [...domains.operations.values()].filter(isRunning);
  const same = running.find((each) => each.domain === domain.name && each.type === type);
  if (same) throw duplicateRequest(same.id);
  if (running.length >= MAX_RUNNING) throw operationLimitExceeded();
  const now = clock.now();
  const { refuses, takesSeconds, flag } = domains.registries.get(domain.name) ?? {};
  const operation: DomainOperation = {
    id: randomUUID(),
    type,
    domain: domain.name,
    status: 'SUBMITTED',
    submittedAt: now,
    updatedAt: now,
  };
  domains.operations.set(operation.id, operation);
  const become = (
    status: OperationStatus,
    { message, flag }: { message?: string; flag?: StatusFlag | undefined } = {},
  ) => Object.assign(operation, { status, message, flag, updatedAt: clock.now() });
  const begun = draws.seconds('route53domains:begin', domain.name, BEGUN_SECONDS);
  const takes = takesSeconds ?? draws.seconds('route53domains:registry', domain.name, DONE_SECONDS);
  clock.after(begun * 1000, () => become('IN_PROGRESS', { flag }));
  clock.after((begun + takes) * 1000, () => {
    if (refuses !== undefined) return become('FAILED', { message: refuses });
    done();
    return become('SUCCESSFUL');
  });
  return operation;
}
