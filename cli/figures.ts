import { seconds } from './live-lines.ts';
import type { Outage } from './outage.ts';
import { paint } from './paint.ts';

/** What a demo has measured: AWS time but for the wall clock, in seconds. */
export interface Measured {
  onboardingSeconds: number;
  scheme: 'http' | 'https';
  /** The least that the same draw of AWS's delays lets it take. */
  boundSeconds: number;
  outage?: Outage;
  wallSeconds: number;
}

/** The figures of a demo, each beside what it is held against: lines of at most 80 characters. */
export function figures({ onboardingSeconds, scheme, boundSeconds, outage, wallSeconds }: Measured): string {
  const rows = [
    [
      `Request to verified ${scheme.toUpperCase()}`,
      onboardingSeconds,
      against(onboardingSeconds, boundSeconds, `the lower bound, ${seconds(boundSeconds)}`),
    ],
    ...(outage ? outageRows(outage) : []),
    ['All of it, on the wall', wallSeconds, ''],
  ] as const;
  const lines = rows.map(([what, took, beside]) => `  ${what.padEnd(26)} ${seconds(took).padStart(10)}   ${beside}`);
  return [paint('bold', 'How long it took in AWS time'), ...lines.map((line) => line.trimEnd())].join('\n');
}

function outageRows({ pageSeconds, returnSeconds, arithmetic }: Outage): (readonly [string, number, string])[] {
  const held = (took: number): string =>
    arithmetic ? against(took, arithmetic.seconds, `(${arithmetic.words})`) : 'by CloudFront, without DNS';
  return [
    ['Outage to page', pageSeconds, held(pageSeconds)],
    ['Recovery to site', returnSeconds, held(returnSeconds)],
  ];
}

const against = (took: number, bound: number, words: string): string => `${(took / bound).toFixed(2)} × ${words}`;
