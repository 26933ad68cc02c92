import { type Change, isCreated } from '../changes/change.ts';
import type { CostLine } from './cost.ts';
import { HOURS_A_MONTH, INSTANCE_HOURS, PRICES } from './prices.ts';

/** What an instance that is created adds to the bill while it runs, and what of it goes on while it is stopped. */
export function instanceCost(changes: readonly Change[]): CostLine[] {
  const launch = changes.find((change) => isCreated(change, 'instance'));
  if (!launch) return [];
  const { type, diskGiB } = launch.after as { type: string; diskGiB: number };
  const keepsAddress = changes.some((change) => isCreated(change, 'elastic address'));
  const disk = cents(diskGiB * PRICES.diskGigabyteMonth);
  const address = cents(PRICES.publicAddressHour * HOURS_A_MONTH);
  const stopped = keepsAddress ? `${disk} for its disk and ${address} for its address` : `${disk} for its disk`;
  const hour = INSTANCE_HOURS[type];
  const running = `instance ${type} while it runs, without CPU credits; stopped it costs ${stopped} a month, and nothing once it is removed`;
  const unknown = `instance ${type}, whose price is at https://aws.amazon.com/ec2/pricing/on-demand/ and not counted here`;
  return [
    { what: hour === undefined ? unknown : running, quantity: 1, monthly: cents((hour ?? 0) * HOURS_A_MONTH), once: 0 },
    {
      what: `encrypted gp3 disk of ${diskGiB} GiB, also while the instance is stopped`,
      quantity: 1,
      monthly: disk,
      once: 0,
    },
    ...(keepsAddress
      ? []
      : [{ what: 'public IPv4 address of the instance while it runs', quantity: 1, monthly: address, once: 0 }]),
  ];
}

const cents = (amount: number): number => Math.round(amount * 100) / 100;
