import type { Reservation, RunInstancesRequest, TagSpecification } from '@aws-sdk/client-ec2';
import { passingRole } from '../../../wire/passing-role.ts';
import { AwsError, type Call, type Judged, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { newId, newIdOf } from '../ids.ts';
import { attachInterface } from '../interfaces/attach.ts';
import { addressesOf } from '../interfaces/network-interface.ts';
import { arnOf, created, existing } from '../permissions.ts';
import type { Region } from '../region.ts';
import { tagsOnCreate } from '../tags/tag-set.ts';
import type { Volume } from '../volumes/volume.ts';
import { shownReservation } from './describe-instances.ts';
import type { Instance } from './instance.ts';
import { type InstanceProfile, namedProfile } from './instance-profile.ts';
import { type Launch, readLaunch } from './launch-request.ts';
import { launch } from './lifecycle.ts';
import { readUserData } from './user-data.ts';
import { WebServer } from './web-server.ts';

/** Launches instances: small web servers, see `readUserData`. The same ClientToken launches nothing twice. */
export function runInstances(ec2: Ec2): Operation<RunInstancesRequest, Reservation> {
  return {
    resources({ TagSpecifications: tags, ...input }, call) {
      const [network] = input.NetworkInterfaces ?? [];
      const groups = input.SecurityGroupIds ?? network?.Groups;
      return [
        instanceOf(call, tags, namedProfile(ec2, input)),
        ...['network-interface', 'volume'].map((type) => created(call, type, tags)),
        // Images of any account can be launched: the owner's number is not in the ARN.
        { arn: `arn:aws:ec2:${call.region}::image/${input.ImageId}`, keys: {} },
        ...(input.KeyName === undefined ? [] : [arnOf(call, 'key-pair', input.KeyName)]),
        existing(ec2, call, { type: 'subnet', id: input.SubnetId ?? network?.SubnetId }),
        ...(groups?.length ? groups : [undefined]).map((id) => existing(ec2, call, { type: 'security-group', id })),
      ];
    },
    dependents(input) {
      const { roleArn } = namedProfile(ec2, input) ?? {};
      return roleArn === undefined ? [] : [passingRole(roleArn, 'ec2.amazonaws.com')];
    },
    run(input, call) {
      const region = ec2.region(call.region);
      const known = launchedBefore(ec2, region, input);
      if (known) return known;
      const wanted = readLaunch(ec2, region, input);
      const reservationId = newId(ec2.host.draws, 'r');
      if (input.ClientToken !== undefined) {
        region.launches.set(input.ClientToken, { request: fingerprint(input), reservationId });
      }
      for (let index = 0; index < wanted.count; index++)
        launchOne(ec2, region, { wanted, reservationId, index, input });
      return shownReservation(ec2, region, reservationId);
    },
  };
}

/** The instance that is launched is judged by its profile as well. */
function instanceOf(call: Call, tags: TagSpecification[] | undefined, profile: InstanceProfile | undefined): Judged {
  const { arn, keys } = created(call, 'instance', tags);
  return { arn, keys: { ...keys, ...(profile && { 'ec2:InstanceProfile': [profile.arn] }) } };
}

function launchedBefore(ec2: Ec2, region: Region, input: RunInstancesRequest): Reservation | undefined {
  const known = region.launches.get(input.ClientToken ?? '');
  if (!known) return undefined;
  if (known.request !== fingerprint(input)) {
    throw new AwsError(
      'IdempotentParameterMismatch',
      'Arguments on this idempotent request are inconsistent with arguments used in previous request(s).',
    );
  }
  return shownReservation(ec2, region, known.reservationId);
}

const fingerprint = (input: RunInstancesRequest): string =>
  JSON.stringify(Object.entries(input).toSorted(([a], [b]) => (a < b ? -1 : 1)));

function launchOne(
  ec2: Ec2,
  region: Region,
  {
    wanted,
    reservationId,
    index,
    input,
  }: { wanted: Launch; reservationId: string; index: number; input: RunInstancesRequest },
): void {
  const { clock, draws } = ec2.host;
  const instanceId = newIdOf(draws, 'instance');
  const tags = tagsOnCreate(input.TagSpecifications, 'instance', { alsoMade: ['interface', 'volume'] });
  const networkInterface = attachInterface(ec2, region, {
    subnet: wanted.subnet,
    groupIds: wanted.groupIds,
    description: wanted.interfaceDescription,
    privateAddress: wanted.privateAddress,
    ipv6Count: wanted.ipv6Count,
    instanceId,
  });
  networkInterface.wantsPublicAddress = wanted.publicAddress;
  networkInterface.up = false;
  const instance: Instance = {
    instanceId,
    reservationId,
    launchIndex: index,
    region,
    image: wanted.image,
    instanceType: wanted.type.name,
    keyName: input.KeyName,
    metadata: wanted.metadata,
    volume: makeVolume(ec2, region, { wanted, instanceId, input }),
    hasBooted: false,
    isInstalled: wanted.image.hasWebServer,
    clientToken: input.ClientToken,
    userData: input.UserData,
    profile: wanted.profile,
    monitored: input.Monitoring?.Enabled === true,
    protectedFromTermination: input.DisableApiTermination === true,
    launchedAt: clock.now(),
    state: 'pending',
    stateReason: undefined,
    transitionReason: '',
    checkedAt: undefined,
    networkInterface,
    web: new WebServer({
      instanceId,
      settings: readUserData(input.UserData, wanted.image),
      clock,
      internet: ec2.internet,
      addresses: () => addressesOf(networkInterface),
      changed: () => ec2.mayHaveChanged(),
    }),
    timers: [],
  };
  region.instances.set(instanceId, instance);
  region.tags.put(instanceId, tags);
  region.tags.put(
    networkInterface.interfaceId,
    tagsOnCreate(input.TagSpecifications, 'interface', { alsoMade: ['instance', 'volume'] }),
  );
  launch(ec2, instance);
}

function makeVolume(
  { host: { draws, clock } }: Ec2,
  region: Region,
  { wanted, instanceId, input }: { wanted: Launch; instanceId: string; input: RunInstancesRequest },
): Volume {
  const { TagSpecifications } = input;
  const volume: Volume = {
    ...wanted.volume,
    volumeId: newIdOf(draws, 'volume'),
    instanceId,
    zone: wanted.subnet.zone,
    createdAt: clock.now(),
    attached: true,
  };
  region.volumes.set(volume.volumeId, volume);
  region.tags.put(volume.volumeId, tagsOnCreate(TagSpecifications, 'volume', { alsoMade: ['instance', 'interface'] }));
  return volume;
}
