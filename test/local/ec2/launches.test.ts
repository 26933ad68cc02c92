import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type AnEc2, type AVpc, aGroup, anEc2, aVpc, cloudConfig, fetchOver, IMAGE, LAPTOP } from './an-ec2.ts';

let world: AnEc2;
let vpc: AVpc;
let webGroup: string;
beforeAll(async () => {
  world = await anEc2();
  vpc = await aVpc(world.ec2);
  webGroup = await aGroup(world.ec2, { vpcId: vpc.vpcId });
});
beforeEach(() => world.aws.clock.advance(3_000));
afterAll(() => world.aws.close());

const one = { MinCount: 1, MaxCount: 1 };

async function linux(architecture: 'arm64' | 'x86_64' = 'x86_64'): Promise<string> {
  const { Images } = await world.ec2.describeImages({
    Owners: ['amazon'],
    Filters: [{ Name: 'architecture', Values: [architecture] }],
  });
  return Images?.[0]?.ImageId as string;
}

/** An instance of Amazon Linux whose first boot is over. */
async function booted(config: object, { inPublic = true } = {}): Promise<{ instanceId: string; address: string }> {
  const { ec2, aws } = world;
  const { Instances } = await ec2.runInstances({
    ...one,
    ImageId: await linux('arm64'),
    InstanceType: 't4g.micro',
    UserData: cloudConfig(config),
    NetworkInterfaces: [
      { DeviceIndex: 0, SubnetId: vpc.subnetIds[0], Groups: [webGroup], AssociatePublicIpAddress: inPublic },
    ],
  });
  await aws.clock.advance(80_000);
  const [instance] = Instances ?? [];
  return { instanceId: instance?.InstanceId as string, address: instance?.PublicIpAddress ?? '' };
}

const APACHE = {
  packages: ['httpd'],
  write_files: [{ path: '/var/www/html/index.html', content: 'Hello' }],
  runcmd: [['systemctl', 'enable', '--now', 'httpd']],
};
const reach = (address: string) => world.internet.reach(LAPTOP, { address, port: 80 });

test('Amazon Linux has no web server, and user data installs one after the first boot', async () => {
  const bare = await booted({});
  expect(reach(bare.address)).toBe('refused');
  const { address, instanceId } = await booted(APACHE);
  expect(await fetchOver(world.internet, { to: address })).toMatchObject({ status: 200, body: 'Hello' });
  await world.ec2.rebootInstances({ InstanceIds: [instanceId] });
  expect(reach(address)).toBe('refused');
  await world.aws.clock.advance(31_000);
  expect(reach(address)).toBe('open');
});

test('a service that is started and not enabled is away after a reboot, and one that is installed alone never runs', async () => {
  const { address, instanceId } = await booted({ ...APACHE, runcmd: ['systemctl start httpd'] });
  expect(reach(address)).toBe('open');
  await world.ec2.rebootInstances({ InstanceIds: [instanceId] });
  await world.aws.clock.advance(80_000);
  expect(reach(address)).toBe('refused');
  expect(reach((await booted({ ...APACHE, runcmd: [] })).address)).toBe('refused');
});

test('nginx has its files elsewhere', async () => {
  const { address } = await booted({
    packages: ['nginx'],
    write_files: [{ path: '/usr/share/nginx/html/index.html', content: 'nginx' }],
    runcmd: ['systemctl enable --now nginx'],
  });
  expect((await fetchOver(world.internet, { to: address })).body).toBe('nginx');
});

test('nothing is installed where the instance does not reach the internet', async () => {
  const { ec2 } = world;
  const { instanceId } = await booted(APACHE, { inPublic: false });
  const { AllocationId, PublicIp } = await ec2.allocateAddress({});
  await ec2.associateAddress({ AllocationId, InstanceId: instanceId });
  expect(reach(PublicIp as string)).toBe('refused');
});

test('the root volume, the metadata service and the key are as the launch asks, and the volume goes with the instance', async () => {
  const { ec2, aws } = world;
  const { KeyMaterial } = await ec2.createKeyPair({ KeyName: 'mine', KeyType: 'ed25519' });
  expect(KeyMaterial).toMatch(/^-----BEGIN PRIVATE KEY-----/);
  const { Instances } = await ec2.runInstances({
    ...one,
    ImageId: IMAGE,
    SubnetId: vpc.subnetIds[0],
    KeyName: 'mine',
    MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
    BlockDeviceMappings: [
      {
        DeviceName: '/dev/xvda',
        Ebs: { VolumeSize: 20, VolumeType: 'gp3', Encrypted: true, DeleteOnTermination: true },
      },
    ],
    TagSpecifications: [{ ResourceType: 'volume', Tags: [{ Key: 'Name', Value: 'disk' }] }],
  });
  const [instance] = Instances ?? [];
  expect(instance).toMatchObject({
    KeyName: 'mine',
    Architecture: 'x86_64',
    MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
    BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { DeleteOnTermination: true } }],
  });
  const instanceId = instance?.InstanceId as string;
  const volumes = () => ec2.describeVolumes({ Filters: [{ Name: 'attachment.instance-id', Values: [instanceId] }] });
  expect((await volumes()).Volumes).toMatchObject([
    { Size: 20, Encrypted: true, VolumeType: 'gp3', State: 'in-use', Tags: [{ Key: 'Name', Value: 'disk' }] },
  ]);
  await ec2.terminateInstances({ InstanceIds: [instanceId] });
  await aws.clock.advance(60_000);
  expect((await volumes()).Volumes).toEqual([]);
});

test('Amazon Linux takes IMDSv2 alone unless it is told otherwise', async () => {
  const { Instances } = await world.ec2.runInstances({
    ...one,
    ImageId: await linux(),
    InstanceType: 't3.micro',
    SubnetId: vpc.subnetIds[0],
  });
  expect(Instances?.[0]?.MetadataOptions).toMatchObject({ HttpTokens: 'required', HttpPutResponseHopLimit: 2 });
});

test('key pairs are made, imported and deleted by their names', async () => {
  const { ec2 } = world;
  await ec2.createKeyPair({ KeyName: 'pair' });
  await expect(ec2.createKeyPair({ KeyName: 'pair' })).rejects.toMatchObject({ name: 'InvalidKeyPair.Duplicate' });
  const { publicKey } = generateKeyPairSync('ed25519');
  const material = Buffer.from(publicKey.export({ format: 'pem', type: 'spki' }));
  await ec2.importKeyPair({ KeyName: 'laptop', PublicKeyMaterial: material });
  const { KeyPairs } = await ec2.describeKeyPairs({ KeyNames: ['laptop'] });
  expect(KeyPairs).toMatchObject([{ KeyName: 'laptop', KeyType: 'ed25519' }]);
  await expect(ec2.importKeyPair({ KeyName: 'none', PublicKeyMaterial: Buffer.from('none') })).rejects.toMatchObject({
    name: 'InvalidKey.Format',
  });
  await ec2.deleteKeyPair({ KeyName: 'laptop' });
  await ec2.deleteKeyPair({ KeyName: 'laptop' });
  await expect(ec2.describeKeyPairs({ KeyNames: ['laptop'] })).rejects.toMatchObject({
    name: 'InvalidKeyPair.NotFound',
  });
});

test('types are described with their architecture, and an old zone does not offer those of today', async () => {
  const { ec2 } = world;
  const { InstanceTypes } = await ec2.describeInstanceTypes({ InstanceTypes: ['t4g.micro'] });
  expect(InstanceTypes).toMatchObject([
    { ProcessorInfo: { SupportedArchitectures: ['arm64'] }, VCpuInfo: { DefaultVCpus: 2 } },
  ]);
  await expect(ec2.describeInstanceTypes({ InstanceTypes: ['t9.nano' as never] })).rejects.toMatchObject({
    name: 'InvalidInstanceType',
    message: 'The following supplied instance types do not exist: [t9.nano]',
  });
  const { InstanceTypeOfferings } = await ec2.describeInstanceTypeOfferings({
    LocationType: 'availability-zone',
    Filters: [{ Name: 'instance-type', Values: ['t4g.micro'] }],
  });
  expect(InstanceTypeOfferings?.map(({ Location }) => Location?.slice(-1)).join('')).toBe('abcdf');
  const { Subnet } = await ec2.createSubnet({
    VpcId: vpc.vpcId,
    CidrBlock: '10.0.9.0/24',
    AvailabilityZone: 'us-east-1e',
  });
  await expect(
    ec2.runInstances({ ...one, ImageId: IMAGE, InstanceType: 't3.micro', SubnetId: Subnet?.SubnetId }),
  ).rejects.toMatchObject({ name: 'Unsupported', message: expect.stringContaining('choosing us-east-1a, us-east-1b') });
});

test('an account has one default VPC in a region, with a public subnet in each zone', async () => {
  const { ec2 } = world;
  const { Vpc } = await ec2.createDefaultVpc({});
  await expect(ec2.createDefaultVpc({})).rejects.toMatchObject({ name: 'DefaultVpcAlreadyExists' });
  const { Vpcs } = await ec2.describeVpcs({ Filters: [{ Name: 'is-default', Values: ['true'] }] });
  expect(Vpcs).toMatchObject([{ VpcId: Vpc?.VpcId, IsDefault: true, CidrBlock: '172.31.0.0/16' }]);
  const { Subnets } = await ec2.describeSubnets({ Filters: [{ Name: 'vpc-id', Values: [Vpc?.VpcId as string] }] });
  expect(Subnets?.map(({ MapPublicIpOnLaunch, DefaultForAz }) => MapPublicIpOnLaunch && DefaultForAz)).toEqual(
    Array.from({ length: 6 }, () => true),
  );
});

test('a root volume grows, once in six hours, and never shrinks', async () => {
  const { ec2, aws } = world;
  const { Instances } = await ec2.runInstances({ ...one, ImageId: IMAGE, SubnetId: vpc.subnetIds[0] });
  const VolumeId = Instances?.[0]?.BlockDeviceMappings?.[0]?.Ebs?.VolumeId as string;
  const sizeOf = async () => (await ec2.describeVolumes({ VolumeIds: [VolumeId] })).Volumes?.[0]?.Size;
  await expect(ec2.modifyVolume({ VolumeId, Size: 7 })).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message: 'New size cannot be smaller than existing size',
  });
  const { VolumeModification } = await ec2.modifyVolume({ VolumeId, Size: 20 });
  expect(VolumeModification).toMatchObject({ ModificationState: 'modifying', OriginalSize: 8, TargetSize: 20 });
  expect(await sizeOf()).toBe(8);
  await aws.clock.advance(10_000);
  expect(await sizeOf()).toBe(20);
  await expect(ec2.modifyVolume({ VolumeId, Size: 30 })).rejects.toMatchObject({
    name: 'VolumeModificationRateExceeded',
  });
  await aws.clock.advance(6 * 3_600_000);
  await ec2.modifyVolume({ VolumeId, Size: 30 });
});
