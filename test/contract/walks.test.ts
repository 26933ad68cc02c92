import { beforeAll } from '@jest/globals';
import { deployForwarding } from '../support/forwarding.ts';
import { bootedOnce } from '../support/shared-boot.ts';
import { pageDistribution } from './walks/page-distribution.ts';
import { twoCertificates } from './walks/two-certificates.ts';

const boot = bootedOnce({ region: 'eu-central-1', doubledShare: 0 });
beforeAll(() => deployForwarding(boot.nameplate));

// First, while the account is empty: it counts the certificates of both regions.
twoCertificates(boot);
pageDistribution(boot);
