import type { ModifyVolumeRequest, ModifyVolumeResult } from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { find } from '../ids.ts';
import { notHere } from '../not-here.ts';
import { existing } from '../permissions.ts';
import { MOST_GIB } from './volume.ts';

/** Source: EC2 API Reference, ModifyVolume; checked 2026-11-30. */
const COOLDOWN_MS = 6 * 3_600_000;

/** Seconds until the new size is shown, drawn per volume. Seen with small volumes; AWS states none. Checked 2026-11-30. */
const MODIFYING = { min: 2, max: 10 };

/** Grows a volume, once in six hours. Its file system is the instance's own affair. */
export function modifyVolume(ec2: Ec2): Operation<ModifyVolumeRequest, ModifyVolumeResult> {
  return {
    resources: ({ VolumeId }, call) => [existing(ec2, call, { type: 'volume', id: VolumeId })],
    run({ VolumeId = '', Size, DryRun: _, ...others }, call) {
      const volume = find(ec2.region(call.region).volumes, 'volume', VolumeId);
      const [unknown] = Object.entries(others).filter(([, value]) => value !== undefined);
      if (unknown) throw notHere(`Modifying the ${unknown[0]} of a volume`);
      const { sizeGib, modifiedAt } = volume;
      const size = Size ?? sizeGib;
      if (size < sizeGib) {
        throw new AwsError('InvalidParameterValue', 'New size cannot be smaller than existing size');
      }
      if (size > MOST_GIB) {
        throw new AwsError('InvalidParameterValue', `Volume size ${size} is larger than the maximum of ${MOST_GIB}`);
      }
      const { clock, draws } = ec2.host;
      const now = clock.now();
      if (modifiedAt && now.getTime() - modifiedAt.getTime() < COOLDOWN_MS) {
        throw new AwsError(
          'VolumeModificationRateExceeded',
          "You've reached the maximum modification rate per volume limit. Wait at least 6 hours between modifications per EBS volume.",
        );
      }
      volume.modifiedAt = now;
      clock.after(1000 * draws.seconds('ec2:modified', VolumeId, MODIFYING), () => {
        volume.sizeGib = size;
      });
      return {
        VolumeModification: {
          VolumeId,
          ModificationState: 'modifying',
          OriginalSize: sizeGib,
          TargetSize: size,
          OriginalVolumeType: volume.type,
          TargetVolumeType: volume.type,
          Progress: 0,
          StartTime: now,
        },
      };
    },
  };
}
