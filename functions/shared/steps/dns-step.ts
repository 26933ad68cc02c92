import type { Route53Client } from '@aws-sdk/client-route-53';
import type { Context } from 'aws-lambda';
import { route53Of } from '../../../aws/zones/route53-of.ts';
import type { StepName, StepOutputs } from '../../../domain/ledger/outputs.ts';
import { isExternal, roleOf } from '../../../domain/sites/dns.ts';
import { roleDenial } from './role-denial.ts';
import { ledgerStep, type StepContext, type StepEvent, type StepResult, step } from './step.ts';

/** A step's two ways, by where the site's records are kept. */
interface Ways<Output> {
  /** In Route 53, ours or that of the account whose role is taken for every call: we write them ourselves. */
  inRoute53: (context: StepContext<StepEvent, Output> & { route53: Route53Client }) => Promise<StepResult<Output>>;
  /** With another provider: a person enters them, and we look. Nothing in Route 53 is asked for or touched. */
  elsewhere: (context: StepContext<StepEvent, Output>) => Promise<StepResult<Output>>;
}

/** A step about zones and records. Where the site keeps them is asked here and nowhere else. */
export function dnsStep<Name extends StepName>(name: Name, ways: Ways<StepOutputs[Name]>): Handler<Name> {
  return step(name, (context) => wayOf(context, ways));
}

/** One that changes nothing but the ledger, and goes on while all changes are stopped. */
export function dnsLedgerStep<Name extends StepName>(name: Name, ways: Ways<StepOutputs[Name]>): Handler<Name> {
  return ledgerStep(name, (context) => wayOf(context, ways));
}

type Handler<Name extends StepName> = (event: StepEvent, context: Context) => Promise<StepOutputs[Name]>;

function wayOf<Output>(
  context: StepContext<StepEvent, Output>,
  { inRoute53, elsewhere }: Ways<Output>,
): Promise<StepResult<Output>> {
  const { site, environment, item, now } = context;
  if (isExternal(site)) return elsewhere(context);
  const done = inRoute53({ ...context, route53: route53Of(site, environment) });
  if (!roleOf(site)) return done;
  return done.catch((error: unknown) => {
    throw roleDenial(error, { startedAt: item.operation?.startedAt, now });
  });
}
