import { Agent } from 'node:https';
import { connect } from 'node:tls';
import {
  ACMClient,
  CreateAcmeDomainValidationCommand,
  CreateAcmeEndpointCommand,
  type CreateAcmeEndpointRequest,
  CreateAcmeExternalAccountBindingCommand,
  type CreateAcmeExternalAccountBindingRequest,
  DescribeAcmeDomainValidationCommand,
  DescribeAcmeEndpointCommand,
  type DomainScope,
  GetAcmeExternalAccountBindingCredentialsCommand,
} from '@aws-sdk/client-acm';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { Authority } from '../../../../local/certificates/authority.ts';
import { createNames, type Names } from '../../../../local/dns/names.ts';
import { Internet } from '../../../../local/internet/internet.ts';
import { createPermissions, type RolePermissions } from '../../../../local/permissions/permissions.ts';
import type { PolicyStatement } from '../../../../local/permissions/policy.ts';
import { createAcm } from '../../../../local/services/acm/service.ts';
import { createIam } from '../../../../local/services/iam/service.ts';
import { createRoute53 } from '../../../../local/services/route53/service.ts';
import { CallLog } from '../../../../local/wire/calls.ts';
import { Faults } from '../../../../local/wire/faults.ts';
import { aFront } from '../../../support/front.ts';
import { FewRecords } from '../an-acm.ts';

export const ROLE = 'arn:aws:iam::123456789012:role/AcmeIssuance';
const ADDRESS = { address: '198.51.100.40', port: 443 };
const PERSON = '198.51.100.7';

/** As the guide has it. */
export const TRUST = {
  Effect: 'Allow',
  Principal: { Service: 'acm-acme.amazonaws.com' },
  Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
  Condition: { StringLikeIfExists: { 'sts:SourceIdentity': 'acm-acme-*' } },
};

const ISSUES: PolicyStatement[] = [
  { Effect: 'Allow', Action: ['acm:RequestCertificate', 'acm:RevokeCertificate'], Resource: '*' },
];

interface Options {
  speed?: number;
  lagShare?: number;
  /** What the binding's role may do. */
  statements?: PolicyStatement[];
  endpoint?: Partial<CreateAcmeEndpointRequest>;
}

/** ACM with its ACME server in a small internet, whose other DNS is what the test writes, and a role that may issue. */
export async function anAcme({ speed = 0, lagShare = 0, statements = ISSUES }: Options = {}) {
  const authority = await Authority.create();
  const internet = new Internet();
  const dns = new FewRecords();
  const [faults, calls] = [new Faults(), new CallLog()];
  let names: Names | undefined;
  let acm: ReturnType<typeof createAcm> | undefined;
  let permissions: RolePermissions | undefined;
  let iam: ReturnType<typeof createIam> | undefined;
  const front = await aFront({
    speed,
    lagShare,
    permissions: (host) => {
      iam = createIam(host);
      permissions = createPermissions(host, iam.roles);
      return permissions;
    },
    services: (host, dispatch) => {
      iam ??= createIam(host);
      permissions ??= createPermissions(host, iam.roles);
      names = createNames(host, internet);
      const { awsNames } = names;
      const around = { internet, awsNames, roles: iam.roles, permissions, dispatch, wire: { faults, calls } };
      acm = createAcm(host, { authority, resolve: dns.resolve, acme: around });
      return [acm.service, iam.service, createRoute53(host, { ...names }).service];
    },
  });
  if (!names || !acm || !permissions) throw new Error('Cannot start: the front has not asked for its services');
  const roles = front.client(IAMClient);
  const document = (Statement: object) => JSON.stringify({ Version: '2012-10-17', Statement });
  await roles.send(new CreateRoleCommand({ RoleName: 'AcmeIssuance', AssumeRolePolicyDocument: document([TRUST]) }));
  const allow = (given: PolicyStatement[]) =>
    roles.send(
      new PutRolePolicyCommand({ RoleName: 'AcmeIssuance', PolicyName: 'issues', PolicyDocument: document(given) }),
    );
  await allow(statements);
  const agent = Object.assign(new Agent({ keepAlive: false }), {
    createConnection: (
      { servername }: { servername?: string },
      done: (error: Error | null, socket?: unknown) => void,
    ) => {
      internet.connect(PERSON, ADDRESS).then(
        (socket) => done(null, connect({ socket, servername, ca: authority.rootPem })),
        (error: Error) => done(error),
      );
    },
  });
  return {
    ...front,
    authority,
    internet,
    names,
    dns,
    /** Of the ACME protocol; ACM's API has those of the front. */
    protocol: { faults, calls },
    permissions,
    certificates: acm.certificates,
    iam: roles,
    acm: front.client(ACMClient),
    /** Connects to the ACME server as a person's client does. */
    agent,
    allow,
    close: async () => {
      names?.close();
      await front.close();
    },
  };
}

export type AnAcme = Awaited<ReturnType<typeof anAcme>>;

/** An active endpoint that may issue for example.test, www.example.test and *.example.test, and credentials for it. */
export async function anEndpoint(options: Options = {}) {
  const aws = await anAcme(options);
  const { acm, clock } = aws;
  const { AcmeEndpointArn } = await acm.send(
    new CreateAcmeEndpointCommand({
      AuthorizationBehavior: 'PRE_APPROVED',
      CertificateAuthority: { PublicCertificateAuthority: {} },
      ...options.endpoint,
    }),
  );
  await clock.advance(5_000);
  const { AcmeEndpoint } = await acm.send(new DescribeAcmeEndpointCommand({ AcmeEndpointArn }));
  const validate = async (DomainName: string, scope: DomainScope): Promise<string> => {
    const { AcmeDomainValidationArn = '' } = await acm.send(
      new CreateAcmeDomainValidationCommand({
        AcmeEndpointArn,
        DomainName,
        PrevalidationOptions: { DnsPrevalidation: { DomainScope: scope } },
      }),
    );
    return AcmeDomainValidationArn;
  };
  /** Publishes the CNAME of a validation, and waits until ACM has decided. */
  const publish = async (AcmeDomainValidationArn: string): Promise<string> => {
    await clock.advance(10_000);
    const { AcmeDomainValidation } = await acm.send(
      new DescribeAcmeDomainValidationCommand({ AcmeDomainValidationArn }),
    );
    const { Name = '', Value } = AcmeDomainValidation?.PrevalidationDetails?.DnsPrevalidation?.ResourceRecord ?? {};
    aws.dns.set(Name, 'CNAME', Value);
    await clock.advance(60_000);
    return Name;
  };
  const bind = async (input: Partial<CreateAcmeExternalAccountBindingRequest> = {}) => {
    const { ExternalAccountBinding } = await acm.send(
      new CreateAcmeExternalAccountBindingCommand({ AcmeEndpointArn, RoleArn: ROLE, ...input }),
    );
    const AcmeExternalAccountBindingArn = ExternalAccountBinding?.AcmeExternalAccountBindingArn ?? '';
    const { KeyId = '', MacKey = '' } = await acm.send(
      new GetAcmeExternalAccountBindingCredentialsCommand({ AcmeExternalAccountBindingArn }),
    );
    return { arn: AcmeExternalAccountBindingArn, keyId: KeyId, macKey: MacKey };
  };
  const validationArn = await validate('example.test', {
    ExactDomain: 'ENABLED',
    Subdomains: 'ENABLED',
    Wildcards: 'ENABLED',
  });
  const record = await publish(validationArn);
  return {
    ...aws,
    endpointArn: AcmeEndpointArn ?? '',
    directoryUrl: AcmeEndpoint?.EndpointUrl ?? '',
    validationArn,
    /** The name of example.test's CNAME. */
    record,
    validate,
    publish,
    bind,
    binding: await bind(),
  };
}

export type AnEndpoint = Awaited<ReturnType<typeof anEndpoint>>;
