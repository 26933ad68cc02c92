import * as z from 'zod/mini';
import { awsId } from '../sites/aws-id.ts';
import { cidrField } from '../sites/cidr-field.ts';
import { launchTags } from './launch-tags.ts';
import { WEB_SERVERS } from './new-instance.ts';

/** Sources: EC2 User Guide, "User data"; CreateKeyPair, `KeyName`; EBS User Guide, gp3; AL2023's snapshot has 8 GiB. Checked 2026-11-30. */
const MAX_USER_DATA_BYTES = 16_384;
const MAX_KEY_CHARACTERS = 255;
const MIN_DISK_GIB = 8;
const MAX_DISK_GIB = 65_536;

/** Each block is a rule, and a security group has 60. Source: Amazon VPC quotas; checked 2026-11-22. */
const MAX_SSH_BLOCKS = 30;

const isShort = (typed: string): boolean => Buffer.byteLength(typed) <= MAX_USER_DATA_BYTES;

/** What a document says of an instance besides what it says of one that exists. */
export const newInstanceFields = {
  type: z
    .string()
    .check(
      z.regex(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, { error: 'Must be an instance type, such as "t4g.micro"' }),
      z.describe('The instance type, such as "t4g.micro"; the image follows its architecture'),
    ),
  image: z._default(
    z.enum(['al2023']).check(z.describe('Amazon Linux 2023: the newest image when the instance is created')),
    'al2023',
  ),
  diskGiB: z._default(
    z
      .int()
      .check(
        z.minimum(MIN_DISK_GIB),
        z.maximum(MAX_DISK_GIB),
        z.describe('Size of its root volume, gp3 and encrypted, which is deleted with it'),
      ),
    MIN_DISK_GIB,
  ),
  key: z.exactOptional(
    z
      .string()
      .check(
        z.minLength(1),
        z.maxLength(MAX_KEY_CHARACTERS),
        z.describe('The name of a key pair of the account; left out, Session Manager is the way in'),
      ),
  ),
  server: z.exactOptional(
    z
      .enum(WEB_SERVERS)
      .check(
        z.describe(
          'What is installed at the first boot, with a welcome page; left out, Apache, or what userData installs',
        ),
      ),
  ),
  userData: z.exactOptional(
    z
      .string()
      .check(
        z.refine(isShort, { error: `Must have at most ${MAX_USER_DATA_BYTES} bytes` }),
        z.describe(
          'What cloud-init gets at the first boot, as it is, and no answer shows, in place of the web server that Nameplate has it install',
        ),
      ),
  ),
  sshFrom: z.exactOptional(
    z
      .array(cidrField)
      .check(z.minLength(1), z.maxLength(MAX_SSH_BLOCKS), z.describe('Who may reach port 22; left out, no one')),
  ),
  elasticIp: z.exactOptional(
    z.boolean().check(z.describe('Whether it has an address that stays, also where no name leads to it')),
  ),
  tags: z.exactOptional(launchTags),
  subnet: z.exactOptional(
    awsId('subnet', 'a subnet').check(
      z.describe('Where it is launched; left out, a public subnet of the default VPC whose zone offers the type'),
    ),
  ),
};
