import type { Internet } from '../../../internet/internet.ts';
import type { Roles } from '../../../permissions/roles.ts';
import type { CallLog } from '../../../wire/calls.ts';
import type { Faults } from '../../../wire/faults.ts';
import type { Permissions } from '../../../wire/permissions.ts';
import type { Dispatch } from '../../../wire/service.ts';
import type { Acm } from '../acm.ts';
import type { ProtocolBuckets } from './endpoint.ts';

/** What ACME endpoints need around them. */
export interface AcmeAround {
  internet: Internet;
  /** Where the name of a Region's endpoints is entered. */
  awsNames: {
    set(name: string, entry: { zoneId: string; a(): string[]; aaaa(): string[]; healthy(): boolean }): void;
  };
  /** The roles of bindings: their policies decide about issuing and revoking. */
  roles: Pick<Roles, 'trustOf'>;
  permissions: Pick<Permissions, 'refusal'>;
  /** Reaches Route 53, for validations that name a hosted zone. */
  dispatch: Dispatch;
  /** Where requests of the ACME protocol meet faults and are logged, as calls of AWS's API are. */
  wire?: { faults: Pick<Faults, 'strike'>; calls: Pick<CallLog, 'add'> };
}

/** What the operations and the protocol of ACME endpoints share. */
export interface Acme {
  acm: Acm;
  around: AcmeAround;
  /** By Region. */
  buckets: Map<string, ProtocolBuckets>;
}
