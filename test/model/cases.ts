import { type Command, does } from './commands.ts';
import { aWish } from './wishes.ts';

/** Stories that once ended badly, and stories that are too unlikely to be drawn. */
export const CASES: readonly [string, Command[]][] = [
  [
    'a worker of a held operation wakes when the site is live',
    [does.declare('hold'), does.wait(30), does.cancel(), does.resume(), does.settle(), does.wakeOld(9), does.repeat()],
  ],
  [
    'a site is changed from end to end, and asks for an approval once',
    [
      does.declare('hold', aWish({ aliases: ['www', 'shop'] })),
      does.settle(),
      does.change(aWish({ aliases: ['shop', 'blog'], http: 'reject', instance: 1 }), { approve: false }),
      does.settle(),
      does.change(aWish({ aliases: [], direct: false }), { approve: false }),
      does.change(aWish({ aliases: [], direct: false })),
      does.settle(),
    ],
  ],
  [
    'all changes are stopped in the middle of one',
    [
      does.declare('undo'),
      does.settle(),
      does.change(aWish({ aliases: ['www', 'shop'] }), { onFailure: 'undo' }),
      does.wait(30),
      does.stop(),
      does.settle(),
      does.resume(),
      does.cancel(),
      does.allow(),
      does.resume(),
      does.settle(),
    ],
  ],
  [
    'a site with a direct name is undone beside a wildcard',
    [does.declare('undo', aWish({ aliases: [] })), does.settle(), does.undo(), does.settle()],
  ],
  [
    'a site is deleted while a change of it is held',
    [
      does.declare('hold'),
      does.settle(),
      does.change(aWish({ aliases: ['shop'] })),
      does.wait(30),
      does.delete(),
      does.cancel(),
      does.delete(),
      does.repeat(),
      does.settle(),
      does.delete(),
    ],
  ],
  [
    'names that people have edited are dropped',
    [
      does.declare('hold', aWish({ aliases: ['www', 'shop'] })),
      does.settle(),
      does.deleteMarker('www'),
      does.lead('shop', 'ours'),
      does.lead('direct', 'inside'),
      does.change(aWish({ aliases: [], direct: false })),
      does.settle(),
    ],
  ],
];
